// A daemon task definition as a whole: roles, size, log drivers, what it opens of the instance.

import { type TaskDefinitionView, taskDefinitionView } from "../../resources/taskDefinitionView";
import { booleanOf, get, isOpen, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import type { Report, Rule } from "../rule";
import { isAbsent, placeOfMissing, related } from "../ruleHelpers";

export const managedDefinition: Rule = {
  codes: ["daemon-log-driver", "execution-role-missing", "size-not-declared", "host-namespace"],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    for (const { node } of task.containers) checkDriver(node, report);
    checkRole(task, report);
    if (isAbsent(task.input, "cpu") && isAbsent(task.input, "memory") && task.containers.length > 0)
      report("size-not-declared", placeOfMissing(task.input), {});
    checkAccess(task, report);
  },
};

/** Drivers that the guide names for daemons. */
const drivers = new Set(["awslogs", "splunk", "awsfirelens"]);

function checkDriver(container: JsonNode, report: Report): void {
  const node = get(get(container, "logConfiguration"), "logDriver");
  const driver = stringOf(node);
  const known = ["json-file", "syslog", "journald", "gelf", "fluentd"];
  // What is no driver at all has its own diagnostic.
  if (!node || driver === undefined || drivers.has(driver) || !known.includes(driver)) return;
  const severity = driver === "json-file" ? "information" : "warning";
  report("daemon-log-driver", node, { driver }, { severity });
}

const ecrImage = /^\d{12}\.dkr\.ecr\.[\w-]+\.amazonaws\.com/;

function checkRole({ input, containers }: TaskDefinitionView, report: Report): void {
  if (!isAbsent(input, "executionRoleArn")) return;
  for (const { node } of containers) {
    const image = get(node, "image");
    const driver = get(get(node, "logConfiguration"), "logDriver");
    if (image && ecrImage.test(stringOf(image) ?? "")) {
      report("execution-role-missing", image, { what: "Pulling this image from Amazon ECR" });
      return;
    }
    if (driver && stringOf(driver) === "awslogs") {
      report("execution-role-missing", driver, { what: "Writing to CloudWatch Logs" });
      return;
    }
  }
}

const strongCapabilities = new Set(["ALL", "SYS_ADMIN", "SYS_PTRACE", "SYS_MODULE", "BPF", "NET_ADMIN"]);

/** One diagnostic for all of it: what the daemon can see and do on every instance. */
function checkAccess({ input, containers }: TaskDefinitionView, report: Report): void {
  if (isOpen(input)) return;
  const found: { readonly place: JsonNode; readonly what: string; readonly opens: string }[] = [];
  for (const [member, opens] of [
    ["pidMode", "the daemon sees the processes of the daemons and of tasks with 'host'"],
    ["ipcMode", "the daemon shares memory with the daemons and with tasks with 'host'"],
  ] as const) {
    const node = get(input, member);
    if (node && stringOf(node) === "shared")
      found.push({ place: keyOf(node), what: `'${member}' is shared`, opens });
  }
  for (const { node, label } of containers) {
    const privileged = get(node, "privileged");
    if (privileged && booleanOf(privileged) === true) {
      const opens = "it can do on the instance whatever root can";
      found.push({ place: keyOf(privileged), what: `${label} is privileged`, opens });
    }
    for (const item of items(get(get(get(node, "linuxParameters"), "capabilities"), "add"))) {
      const name = stringOf(item) ?? "";
      if (!strongCapabilities.has(name)) continue;
      const opens = "it can change or watch the instance's kernel";
      found.push({ place: item, what: `${label} has the capability ${name}`, opens });
    }
  }
  const [first, ...others] = found;
  if (!first) return;
  report(
    "host-namespace",
    first.place,
    { what: first.what, opens: first.opens },
    {
      related: others.flatMap((it) => related(`${it.what}: ${it.opens}.`, it.place)),
    },
  );
}
