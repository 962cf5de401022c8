// Linux capabilities, tmpfs, swap, GPUs and other devices of a container.

import { isTaskDefinition } from "../../resources/kinds/registry";
import { taskDefinitionView } from "../../resources/taskDefinitionView";
import { add, set } from "../../source/change";
import { get, items, type JsonNode, keyOf, numberOf, stringOf } from "../../source/tree";
import { nearest } from "../../text/spelling";
import { fix } from "../fix";
import { entry, title } from "../fixTitle";
import type { Report, Rule } from "../rule";
import {
  advise,
  changeTo,
  given,
  isAbsent,
  makeRegister,
  placeOfMissing,
  related,
  removal,
} from "../ruleHelpers";

export const linuxSettings: Rule = {
  codes: [
    "unknown-capability",
    "unknown-mount-option",
    "swappiness-range",
    "swappiness-without-max-swap",
    "gpu-value",
    "neuron-value",
    "neuron-elsewhere",
    "resource-twice",
    "gpu-twice",
    "resource-value-or-sharing",
  ],
  check({ document }, report) {
    let neuron: JsonNode | undefined;
    const task = taskDefinitionView(document);
    if (!task) return;
    const isElsewhere =
      task.requiresIsWhole && task.requires.size > 0 && !task.requires.has("MANAGED_INSTANCES");
    for (const { node } of task.containers) {
      const linux = given(node, "linuxParameters");
      for (const list of ["add", "drop"]) {
        for (const item of items(get(get(linux, "capabilities"), list)))
          checkCapability(item, isTaskDefinition(document), report);
      }
      for (const tmpfs of items(get(linux, "tmpfs"))) {
        for (const option of items(get(tmpfs, "mountOptions"))) checkMountOption(option, report);
      }
      checkSwap(linux, report);
      const own = makeRegister();
      for (const requirement of items(get(node, "resourceRequirements"))) {
        checkRequirement(requirement, report);
        const type = get(requirement, "type");
        if (!type || stringOf(type) === undefined) continue;
        // Neuron devices belong to one container of the task, which has a diagnostic of its own.
        const earlier = stringOf(type) === "GPU" ? own.note("GPU", type) : undefined;
        if (earlier) {
          report(
            "resource-twice",
            type,
            { type: "GPU" },
            { related: related("The first one.", earlier), fixes: [removal(requirement)] },
          );
        }
        if (stringOf(type) !== "NeuronDevice") continue;
        if (isElsewhere) report("neuron-elsewhere", type, {}, { fixes: [removal(requirement)] });
        if (neuron)
          report(
            "gpu-twice",
            type,
            {},
            { related: related("The first one.", neuron), fixes: [removal(requirement)] },
          );
        else neuron = type;
      }
    }
  },
};

const capabilities = (
  "ALL AUDIT_CONTROL AUDIT_WRITE BLOCK_SUSPEND CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK " +
  "IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST " +
  "NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE " +
  "SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM"
).split(" ");
/** Documented for managed daemons only. */
const daemonsOnly = new Set(["BPF", "PERFMON"]);
/** Newer than the list above. */
const newer = new Set([...daemonsOnly, "CHECKPOINT_RESTORE", "AUDIT_READ"]);

/** Whether ECS knows it. */
export const isCapability = (name: string): boolean => capabilities.includes(name) || newer.has(name);

function checkCapability(node: JsonNode, isOrdinary: boolean, report: Report): void {
  const value = stringOf(node);
  if (isOrdinary && value !== undefined && daemonsOnly.has(value)) {
    const advice = "It is documented for daemon task definitions only.";
    report("unknown-capability", node, { value, advice });
    return;
  }
  if (value === undefined || isCapability(value)) return;
  const bare = value.trim().toUpperCase().replace(/^CAP_/, "");
  const suggestion = capabilities.includes(bare) ? bare : nearest(bare, capabilities);
  const advice = advise(suggestion, "Remove it.");
  report(
    "unknown-capability",
    node,
    { value, advice },
    { fixes: [changeTo(node, suggestion), removal(node)] },
  );
}

const mountOptions = (
  "defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand atime noatime " +
  "diratime nodiratime bind rbind unbindable runbindable private rprivate shared rshared slave rslave relatime " +
  "norelatime strictatime nostrictatime mode uid gid nr_inodes nr_blocks mpol"
).split(" ");

function checkMountOption(node: JsonNode, report: Report): void {
  const value = stringOf(node);
  if (value === undefined || mountOptions.includes(value.split("=")[0] ?? "")) return;
  const suggestion = nearest(value, mountOptions);
  report(
    "unknown-mount-option",
    node,
    { value, advice: advise(suggestion, "Remove it.") },
    {
      fixes: [changeTo(node, suggestion), removal(node)],
    },
  );
}

function checkSwap(linux: JsonNode | undefined, report: Report): void {
  const node = given(linux, "swappiness");
  if (!linux || !node) return;
  const value = numberOf(node);
  if (value !== undefined && (value < 0 || value > 100)) {
    const closest = value < 0 ? 0 : 100;
    report(
      "swappiness-range",
      node,
      { value },
      { fixes: [fix(`Change to ${closest}`, false, set(node, closest))] },
    );
  }
  if (isAbsent(linux, "maxSwap"))
    report("swappiness-without-max-swap", keyOf(node), {}, { fixes: [removal(node)] });
}

function checkRequirement(requirement: JsonNode, report: Report): void {
  if (requirement.type !== "object") return;
  const type = stringOf(get(requirement, "type"));
  // It belongs to a service that is gone, which is said elsewhere.
  if (type === "InferenceAccelerator") return;
  const valueNode = given(requirement, "value");
  const sharing = given(requirement, "sharingStrategy");
  if (valueNode && sharing) {
    report(
      "resource-value-or-sharing",
      keyOf(sharing),
      { found: "both" },
      { fixes: [removal(sharing), removal(valueNode)] },
    );
  } else if (
    !valueNode &&
    !sharing &&
    isAbsent(requirement, "value") &&
    isAbsent(requirement, "sharingStrategy")
  ) {
    const value = type === "NeuronDevice" ? "ALL" : "1";
    const addition = fix(title`Add ${entry("value", value)}`, false, add(requirement, "value", value));
    report(
      "resource-value-or-sharing",
      placeOfMissing(requirement),
      { found: "neither" },
      { fixes: [addition] },
    );
  }
  const value = stringOf(valueNode);
  if (!valueNode || value === undefined) return;
  if (type === "GPU" && value !== "ALL" && !/^[1-9]\d{0,3}$/.test(value)) {
    report(
      "gpu-value",
      valueNode,
      { value },
      { fixes: [changeTo(valueNode, value.toUpperCase() === "ALL" ? "ALL" : "1", false)] },
    );
  }
  if (type === "NeuronDevice" && value !== "ALL") {
    report("neuron-value", valueNode, { value }, { fixes: [changeTo(valueNode, "ALL")] });
  }
}
