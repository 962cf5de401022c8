// Log drivers and their options, FireLens routers.

import {
  type ContainerView,
  type TaskDefinitionView,
  taskDefinitionView,
} from "../../resources/taskDefinitionView";
import { add, rename } from "../../source/change";
import {
  get,
  isAssumed,
  isOpen,
  isTemplate,
  items,
  type JsonNode,
  keyOf,
  members,
  stringOf,
} from "../../source/tree";
import { nearest } from "../../text/spelling";
import { fix } from "../fix";
import type { Report, Rule } from "../rule";
import { advise, changeTo, given, isAbsent, placeOfMissing, related, removal } from "../ruleHelpers";

export const logging: Rule = {
  codes: [
    "log-options-missing",
    "log-option-unknown",
    "log-group-creation",
    "log-multiline-twice",
    "log-mode",
    "log-buffer-size",
    "firelens-router-missing",
    "firelens-driver-missing",
    "firelens-options",
    "firelens-option-unknown",
    "firelens-config-file",
    "firelens-config-arn",
    "firelens-reserved-path",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    for (const { node } of task.containers) {
      const configuration = given(node, "logConfiguration");
      if (configuration?.type === "object") checkLogOptions(configuration, report);
      checkFirelens(node, report);
    }
    checkRouters(task, report);
  },
};

const required: ReadonlyMap<string, readonly string[]> = new Map([
  ["awslogs", ["awslogs-group", "awslogs-region"]],
  ["splunk", ["splunk-token", "splunk-url"]],
  ["gelf", ["gelf-address"]],
]);

/** Checks the options of one log configuration: of a container, or of Service Connect. */
export function checkLogOptions(configuration: JsonNode, report: Report): void {
  const driver = stringOf(get(configuration, "logDriver"));
  const options = given(configuration, "options");
  // Options of another type have a diagnostic of their own.
  if (driver === undefined || (options && options.type !== "object")) return;
  const secretOptions = get(configuration, "secretOptions");
  const secret = new Set(items(secretOptions).map((it) => stringOf(get(it, "name"))));
  // One whose name is not known may be the one that is missing.
  const secretsAreOpen = isOpen(secretOptions) || secret.has(undefined);
  const missing = (required.get(driver) ?? []).filter((option) => {
    const absent = options ? isAbsent(options, option) : isAbsent(configuration, "options");
    // What stands beside 'options' has a diagnostic of its own.
    return absent && !get(configuration, option) && !secret.has(option) && !secretsAreOpen;
  });
  if (missing.length > 0) {
    const pairs = missing.map((option) => [option, suggested(option, configuration)] as const);
    const edits = options
      ? pairs.map(([option, value]) => add(options, option, value))
      : [add(configuration, "options", Object.fromEntries(pairs))];
    report(
      "log-options-missing",
      placeOfMissing(options ?? configuration),
      { driver, option: missing.join(", ") },
      {
        fixes: [fix(`Add ${missing.map((it) => `'${it}'`).join(" and ")}`, false, edits)],
        // Docker refuses it, and only when the container starts.
        ...(driver === "gelf" ? { severity: "warning" } : {}),
      },
    );
  }
  if (driver === "awslogs" && options) checkAwslogs(options, report);
  if (options) checkDelivery(options, report);
}

function suggested(option: string, configuration: JsonNode): string {
  if (option === "awslogs-region") return "us-east-1";
  if (option === "gelf-address") return "udp://localhost:12201";
  const name = stringOf(get(configuration.parent?.parent, "name"));
  return option === "awslogs-group" ? `/ecs/${name ?? "logs"}` : `<${option}>`;
}

const awslogsOptions = [
  "awslogs-create-group",
  "awslogs-datetime-format",
  "awslogs-group",
  "awslogs-multiline-pattern",
  "awslogs-region",
  "awslogs-stream-prefix",
  "max-buffer-size",
  "mode",
];
/** Docker's driver has them; whether ECS lets them pass is not documented, so nothing is said. */
const dockerOnly = new Set([
  "awslogs-endpoint",
  "awslogs-credentials-endpoint",
  "awslogs-force-flush-interval-seconds",
  "awslogs-max-buffered-events",
  "awslogs-format",
  "tag",
]);

function checkAwslogs(options: JsonNode, report: Report): void {
  for (const { name, key, value } of members(options)) {
    if (awslogsOptions.includes(name) || dockerOnly.has(name)) continue;
    const suggestion = nearest(name, awslogsOptions);
    report(
      "log-option-unknown",
      key,
      { option: name, advice: advise(suggestion, "Remove it.") },
      {
        fixes: [
          suggestion && !get(options, suggestion)
            ? fix(`Change to '${suggestion}'`, true, rename(value, suggestion))
            : removal(value),
        ],
      },
    );
  }
  const create = get(options, "awslogs-create-group");
  const value = stringOf(create);
  // ECS takes "True" as well, which many samples of AWS say.
  if (create && value !== undefined && !/^true$/i.test(value)) {
    report("log-group-creation", create, { value }, { fixes: [removal(create, value === "false")] });
  }
  const format = given(options, "awslogs-datetime-format");
  const pattern = given(options, "awslogs-multiline-pattern");
  if (format && pattern) {
    report(
      "log-multiline-twice",
      keyOf(pattern),
      {},
      {
        related: related("The other one.", keyOf(format)),
        fixes: [removal(pattern), removal(format)],
      },
    );
  }
}

function checkDelivery(options: JsonNode, report: Report): void {
  const mode = get(options, "mode");
  const modeText = stringOf(mode);
  if (mode && modeText !== undefined && modeText !== "blocking" && modeText !== "non-blocking") {
    const suggestion = nearest(modeText, ["blocking", "non-blocking"]);
    report("log-mode", mode, { value: modeText }, { fixes: [changeTo(mode, suggestion)] });
  }
  const size = get(options, "max-buffer-size");
  const sizeText = stringOf(size);
  if (size && sizeText !== undefined && !/^\d+\s*([kmg]i?b?|b)?$/i.test(sizeText)) {
    report("log-buffer-size", size, { value: sizeText }, { fixes: [changeTo(size, "25m", false)] });
  }
}

const firelensValues: Readonly<Record<string, readonly string[]>> = {
  "enable-ecs-log-metadata": ["true", "false"],
  "config-file-type": ["s3", "file"],
};

const firelensOptions = ["enable-ecs-log-metadata", "config-file-type", "config-file-value"];

/** Where the agent puts what it writes for the router. Source: developer guide, FireLens configuration files. */
const reservedPaths = new Set(["/fluent-bit/etc/fluent-bit.conf", "/fluentd/etc/fluent.conf"]);

const switches: ReadonlyMap<string, string> = new Map([
  ["yes", "true"],
  ["on", "true"],
  ["no", "false"],
  ["off", "false"],
]);

function checkFirelens(container: JsonNode, report: Report): void {
  const configuration = given(container, "firelensConfiguration");
  const options = given(configuration, "options");
  if (!options) return;
  const routerType = get(configuration, "type");
  for (const [option, allowed] of Object.entries(firelensValues)) {
    const node = get(options, option);
    const value = stringOf(node);
    if (!node || value === undefined || allowed.includes(value)) continue;
    const words = allowed.map((it) => `"${it}"`).join(" or ");
    report(
      "firelens-options",
      node,
      { value, option, allowed: words },
      { fixes: [changeTo(node, nearest(value, allowed) ?? switches.get(value.toLowerCase()))] },
    );
  }
  for (const { name, key, value } of members(options)) {
    if (firelensOptions.includes(name)) continue;
    // Misplaced, which has been reported.
    if (name === "type" && routerType !== undefined && isAssumed(routerType)) continue;
    const suggestion = nearest(name, firelensOptions);
    const isFree = suggestion !== undefined && !get(options, suggestion);
    report(
      "firelens-option-unknown",
      key,
      {
        option: name,
        advice: advise(suggestion, "What the log driver needs belongs to 'logConfiguration'."),
      },
      {
        fixes: [isFree ? fix(`Change to '${suggestion}'`, true, rename(value, suggestion)) : removal(value)],
      },
    );
  }
  const type = given(options, "config-file-type");
  const value = given(options, "config-file-value");
  const place = stringOf(value);
  if (value && place !== undefined && stringOf(type) === "s3" && !/^arn:[\w-]+:s3:::?[^:]+/.test(place)) {
    const [, path] = /^s3:\/\/(.+)$/.exec(place) ?? [];
    const fixes = [changeTo(value, path && `arn:aws:s3:::${path}`)];
    report("firelens-config-arn", value, { value: place }, { fixes });
  }
  if (value && place !== undefined && reservedPaths.has(place))
    report("firelens-reserved-path", value, { path: place });
  if ((type === undefined) === (value === undefined) || isOpen(options)) return;
  const option = type ? "config-file-value" : "config-file-type";
  if (isAbsent(options, option)) report("firelens-config-file", placeOfMissing(options), { option });
}

function checkRouters({ input, containers }: TaskDefinitionView, report: Report): void {
  if (isOpen(get(input, "containerDefinitions"))) return;
  const routers = containers.flatMap(({ node }) => given(node, "firelensConfiguration") ?? []);
  const drivers = containers.flatMap(({ node }) => get(given(node, "logConfiguration"), "logDriver") ?? []);
  const sender = drivers.find((it) => stringOf(it) === "awsfirelens");
  const [router] = routers;
  const mayRoute = ({ node }: ContainerView) => isOpen(node) || isOpen(given(node, "firelensConfiguration"));
  if (sender && !router && !containers.some(mayRoute)) {
    report("firelens-router-missing", sender, {});
  }
  if (router && !sender && !containers.some(mayLogAnywhere)) {
    report("firelens-driver-missing", keyOf(router), {}, { fixes: [removal(router)] });
  }
}

/** Whether a placeholder hides where the container logs to. */
function mayLogAnywhere({ node }: ContainerView): boolean {
  const configuration = given(node, "logConfiguration");
  const driver = get(configuration, "logDriver");
  return isOpen(node) || isOpen(configuration) || (driver !== undefined && isTemplate(driver));
}
