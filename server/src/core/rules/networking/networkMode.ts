// Container settings that the network mode excludes.

import { type TaskDefinitionView, taskDefinitionView } from "../../resources/taskDefinitionView";
import { booleanOf, get, isOpen, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import type { Report, Rule } from "../rule";
import { filled, isAbsent, makeRegister, placeOfMissing, related, removal } from "../ruleHelpers";

export const networkMode: Rule = {
  codes: [
    "awsvpc-links",
    "awsvpc-hostname",
    "awsvpc-extra-hosts",
    "awsvpc-dns-servers",
    "awsvpc-disable-networking",
    "links-outside-bridge",
    "managed-instances-network-mode",
    "system-control-namespace",
    "system-control-shared",
    "system-control-twice",
    "system-control-incomplete",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    const mode = task.networkMode;
    checkManagedInstances(task, report);
    const ipcMode = stringOf(get(task.input, "ipcMode"));
    for (const { node } of task.containers) {
      if (mode === "awsvpc") checkAwsvpc(node, report);
      const links = filled(node, "links");
      if (links && (mode === "host" || mode === "none")) {
        report("links-outside-bridge", keyOf(links), { mode }, { fixes: [removal(links)] });
      }
      const names = makeRegister();
      for (const control of items(get(node, "systemControls"))) {
        checkControl(control, mode, ipcMode, report);
        checkParameter(control, names, report);
      }
    }
  },
};

/** Only where Managed Instances are all that the task is for: elsewhere the mode may be meant for the others. */
function checkManagedInstances(
  { document, input, requires, networkMode: mode }: TaskDefinitionView,
  report: Report,
): void {
  const list = get(input, "requiresCompatibilities");
  if (document.operation !== "registerTaskDefinition" || isOpen(list)) return;
  if (requires.size !== 1 || !requires.has("MANAGED_INSTANCES")) return;
  const node = get(input, "networkMode");
  if (mode === "bridge" || mode === "none")
    report("managed-instances-network-mode", node ?? placeOfMissing(input), { mode });
  else if (isAbsent(input, "networkMode"))
    report("managed-instances-network-mode", placeOfMissing(input), { mode: "bridge, the default" });
}

const forbidden = [
  ["links", "awsvpc-links"],
  ["hostname", "awsvpc-hostname"],
  ["extraHosts", "awsvpc-extra-hosts"],
  ["dnsServers", "awsvpc-dns-servers"],
] as const;

function checkAwsvpc(container: JsonNode, report: Report): void {
  for (const [member, code] of forbidden) {
    const value = filled(container, member);
    if (value) report(code, keyOf(value), {}, { fixes: [removal(value)] });
  }
  const disabled = get(container, "disableNetworking");
  if (disabled && booleanOf(disabled) === true) {
    report("awsvpc-disable-networking", keyOf(disabled), {}, { fixes: [removal(disabled)] });
  }
}

/** A kernel parameter has a name of its own and a value. */
function checkParameter(control: JsonNode, names: ReturnType<typeof makeRegister>, report: Report): void {
  if (control.type !== "object") return;
  const node = get(control, "namespace");
  const name = stringOf(node);
  const missing = ["namespace", "value"].find((it) => isAbsent(control, it));
  if (missing !== undefined)
    report("system-control-incomplete", placeOfMissing(control), { member: missing });
  const earlier = node && name !== undefined ? names.note(name, node) : undefined;
  if (!node || name === undefined || !earlier) return;
  const extras = { related: related("The first one.", earlier), fixes: [removal(control)] };
  report("system-control-twice", node, { name }, extras);
}

const ipcControls = new Set(
  "msgmax msgmnb msgmni sem shmall shmmax shmmni shm_rmid_forced".split(" ").map((it) => `kernel.${it}`),
);

function checkControl(
  control: JsonNode,
  mode: string | undefined,
  ipcMode: string | undefined,
  report: Report,
): void {
  const node = get(control, "namespace");
  const name = stringOf(node);
  if (!node || name === undefined) return;
  const isIpc = ipcControls.has(name) || name.startsWith("fs.mqueue.");
  const isNet = name.startsWith("net.");
  const fixes = [removal(control)];
  if (!isIpc && !isNet) report("system-control-namespace", node, { name }, { fixes });
  else if (isNet && mode === "host")
    report("system-control-shared", node, { name, mode: "the network mode host" }, { fixes });
  else if (isIpc && ipcMode === "host")
    report("system-control-shared", node, { name, mode: "the IPC mode host" }, { fixes });
}
