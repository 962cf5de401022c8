// Kernel parameters of containers: names, values, and which containers share them.

import { taskDefinitionView } from "../../resources/taskDefinitionView";
import { get, items, type JsonNode, stringOf } from "../../source/tree";
import type { Report, Rule } from "../rule";
import { isAbsent, makeRegister, placeOfMissing, related, removal } from "../ruleHelpers";

export const systemControls: Rule = {
  codes: [
    "system-control-namespace",
    "system-control-shared",
    "system-control-twice",
    "system-control-conflict",
    "system-control-incomplete",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    const ipcMode = stringOf(get(task.input, "ipcMode"));
    const set: Setting[] = [];
    for (const { node } of task.containers) {
      const names = makeRegister();
      for (const control of items(get(node, "systemControls"))) {
        checkControl(control, task.networkMode, ipcMode, report);
        checkParameter(control, names, report);
        const name = stringOf(get(control, "namespace"));
        const value = get(control, "value");
        if (name === undefined || !value || !isOfTask(name, task.networkMode, ipcMode)) continue;
        checkConflict({ name, value, container: node }, set, report);
      }
    }
  },
};

/** A kernel parameter of the task, and the container that sets it. */
interface Setting {
  readonly name: string;
  readonly value: JsonNode;
  readonly container: JsonNode;
}

/** Whether the containers of a task share the parameter. Source: developer guide, systemControls. */
function isOfTask(name: string, networkMode: string | undefined, ipcMode: string | undefined): boolean {
  return name.startsWith("net.") ? networkMode === "awsvpc" : isIpc(name) && ipcMode === "task";
}

function checkConflict(own: Setting, earlier: Setting[], report: Report): void {
  const value = stringOf(own.value);
  const rival = earlier.find(
    (it) => it.name === own.name && it.container !== own.container && stringOf(it.value) !== value,
  );
  const other = stringOf(rival?.value);
  earlier.push(own);
  if (value === undefined || other === undefined) return;
  report(
    "system-control-conflict",
    own.value,
    { name: own.name, value, other },
    { related: related("The other value.", rival?.value) },
  );
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

const isIpc = (name: string) => ipcControls.has(name) || name.startsWith("fs.mqueue.");

function checkControl(
  control: JsonNode,
  mode: string | undefined,
  ipcMode: string | undefined,
  report: Report,
): void {
  const node = get(control, "namespace");
  const name = stringOf(node);
  if (!node || name === undefined) return;
  const isOfIpc = isIpc(name);
  const isNet = name.startsWith("net.");
  const fixes = [removal(control)];
  if (!isOfIpc && !isNet) report("system-control-namespace", node, { name }, { fixes });
  else if (isNet && mode === "host")
    report("system-control-shared", node, { name, mode: "the network mode host" }, { fixes });
  else if (isOfIpc && ipcMode === "host")
    report("system-control-shared", node, { name, mode: "the IPC mode host" }, { fixes });
}
