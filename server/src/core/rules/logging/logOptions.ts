// Where logs go and how: Regions and log groups that exist nowhere, options of another log driver.

import { taskDefinitionView } from "../../resources/taskDefinitionView";
import { removeAll, rename } from "../../source/change";
import { get, type JsonNode, keyOf, members, spanOf, stringOf } from "../../source/tree";
import { nearest } from "../../text/spelling";
import { fix } from "../fix";
import type { Report, Rule } from "../rule";
import { advise, changeTo, filled, given, related, removal } from "../ruleHelpers";

export const logOptions: Rule = {
  codes: [
    "log-region",
    "log-group-name",
    "log-stream-prefix",
    "log-buffer-blocking",
    "log-option-foreign",
    "firelens-two-routers",
  ],
  check({ document }, report) {
    const containers = taskDefinitionView(document)?.containers ?? [];
    for (const { node } of containers) {
      const configuration = given(node, "logConfiguration");
      const driver = stringOf(get(configuration, "logDriver"));
      const options = given(configuration, "options");
      if (!options || driver === undefined) continue;
      checkBuffer(options, report);
      if (driver === "awslogs") checkAwslogs(options, report);
      else checkNames(driver, options, report);
    }
    const [first, ...others] = containers.flatMap(({ node }) => filled(node, "firelensConfiguration") ?? []);
    for (const router of others) {
      const extras = { related: related("The first one.", first && keyOf(first)), fixes: [removal(router)] };
      report("firelens-two-routers", keyOf(router), {}, extras);
    }
  },
};

function checkAwslogs(options: JsonNode, report: Report): void {
  const regionNode = get(options, "awslogs-region");
  const region = stringOf(regionNode);
  const suggestion = region === undefined ? undefined : meantRegion(region);
  if (regionNode && region !== undefined && suggestion !== undefined) {
    report("log-region", regionNode, { region, suggestion }, { fixes: [changeTo(regionNode, suggestion)] });
  }
  const groupNode = get(options, "awslogs-group");
  const group = stringOf(groupNode);
  if (groupNode && group !== undefined && !/^[\w.\-/#]{1,512}$/.test(group) && !/[<>{}[\]%$]/.test(group)) {
    const cleaned = group.trim().replace(/[^\w.\-/#]+/g, "-");
    const fixes = [changeTo(groupNode, cleaned === "" ? undefined : cleaned.slice(0, 512), false)];
    report("log-group-name", groupNode, { group }, { fixes });
  }
  const prefixNode = get(options, "awslogs-stream-prefix");
  const prefix = stringOf(prefixNode);
  if (prefixNode && prefix !== undefined && /[:*]/.test(prefix) && !/[<>{}[\]%$]/.test(prefix)) {
    const fixes = [changeTo(prefixNode, prefix.replace(/[:*]+/g, "-"), false)];
    report("log-stream-prefix", prefixNode, { prefix }, { fixes });
  }
}

/** Without a mode ECS takes non-blocking (since 2025), or what the account says. */
function checkBuffer(options: JsonNode, report: Report): void {
  const size = given(options, "max-buffer-size");
  const mode = get(options, "mode");
  if (!size || !mode || stringOf(mode) !== "blocking") return;
  const fixes = [removal(size), changeTo(mode, "non-blocking", false)];
  report("log-buffer-blocking", keyOf(size), {}, { related: related("The mode.", mode), fixes });
}

/** The Region that was meant by an availability zone, or by a name without a hyphen or its number. */
function meantRegion(text: string): string | undefined {
  const pattern =
    /^([a-z]{2})-?(gov-?|iso[a-z]?-?)?((?:north|south)?(?:east|west)|north|south|central)(?:-?(\d)[a-f]?)?$/;
  const [, area, part, direction, number = "1"] = pattern.exec(text) ?? [];
  if (area === undefined) return undefined;
  const region = [area, ...(part ? [part.replace("-", "")] : []), direction, number].join("-");
  return region === text ? undefined : region;
}

const shared = ["tag", "labels", "labels-regex", "env", "env-regex"];
/** Of every driver, for the buffer between container and driver and for reading logs back. */
const ofDocker = [
  "mode",
  "max-buffer-size",
  "cache-disabled",
  "cache-max-size",
  "cache-max-file",
  "cache-compress",
];

/** What Docker's drivers take. Others, and FireLens, pass on what they are given. */
const known: Readonly<Record<string, readonly string[]>> = {
  "json-file": ["max-size", "max-file", "compress"],
  journald: [],
  syslog: [
    "syslog-address",
    "syslog-facility",
    "syslog-format",
    "syslog-tls-ca-cert",
    "syslog-tls-cert",
    "syslog-tls-key",
    "syslog-tls-skip-verify",
  ],
  gelf: [
    "gelf-address",
    "gelf-compression-level",
    "gelf-compression-type",
    "gelf-tcp-max-reconnect",
    "gelf-tcp-reconnect-delay",
  ],
  fluentd: [
    "fluentd-address",
    "fluentd-async",
    "fluentd-async-connect",
    "fluentd-async-reconnect-interval",
    "fluentd-buffer-limit",
    "fluentd-log-level",
    "fluentd-max-retries",
    "fluentd-read-timeout",
    "fluentd-request-ack",
    "fluentd-retry-wait",
    "fluentd-sub-second-precision",
    "fluentd-write-timeout",
  ],
};

function checkNames(driver: string, options: JsonNode, report: Report): void {
  const own = Object.hasOwn(known, driver) ? known[driver] : undefined;
  if (!own) return;
  const allowed = [...own, ...shared, ...ofDocker];
  const foreign: JsonNode[] = [];
  for (const { name, key, value } of members(options)) {
    if (allowed.includes(name)) continue;
    // Old versions of Docker had a tag of each driver's own.
    const suggestion = name === `${driver}-tag` ? "tag" : nearest(name, allowed);
    if (suggestion === undefined || get(options, suggestion)) {
      foreign.push(value);
      continue;
    }
    const change = fix(`Change to '${suggestion}'`, false, rename(value, suggestion));
    const params = { option: name, driver, advice: advise(suggestion, "Remove it.") };
    report("log-option-foreign", key, params, { fixes: [change] });
  }
  reportForeign(driver, foreign, report);
}

/** Who changes the driver leaves all options of the other one: that is one mistake. */
function reportForeign(driver: string, [first, ...others]: readonly JsonNode[], report: Report): void {
  if (!first) return;
  const option = String(keyOf(first).value);
  const advice = others.length === 0 ? "Remove it." : `Remove it and ${others.length} more.`;
  report(
    "log-option-foreign",
    keyOf(first),
    { option, driver, advice },
    {
      related: others.slice(0, 20).map((it) => ({ message: "Another one.", span: spanOf(keyOf(it)) })),
      fixes: [
        others.length === 0
          ? removal(first)
          : fix(`Remove all ${others.length + 1}`, false, removeAll([first, ...others])),
      ],
    },
  );
}
