// What Windows containers and external instances do not have.

import { type TaskDefinitionView, taskDefinitionView } from "../../resources/taskDefinitionView";
import { booleanOf, get, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import type { Report, Rule } from "../rule";
import { changeTo, filled, given, related, removal } from "../ruleHelpers";

export const platforms: Rule = {
  codes: [
    "not-on-windows",
    "not-on-external",
    "not-on-managed-instances",
    "windows-network-mode",
    "volume-platform",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (task?.os === "windows") checkWindows(task, report);
    if (task?.requires.has("EXTERNAL")) checkExternal(task, report);
    if (task?.requires.has("MANAGED_INSTANCES") && !task.isFargate) checkManagedInstances(task, report);
    if (task?.os) checkVolumes(task, task.os, report);
  },
};

const windowsTask = ["pidMode", "ipcMode", "proxyConfiguration"];
const windowsContainer = [
  "links",
  "linuxParameters",
  "user",
  "dnsServers",
  "dnsSearchDomains",
  "extraHosts",
  "ulimits",
  "systemControls",
];
/** Only true asks for something. */
const windowsFlags = ["privileged", "readonlyRootFilesystem", "disableNetworking"];

const fileSystems = [
  { member: "efsVolumeConfiguration", what: "An EFS volume", wanted: "Linux", os: "linux" },
  { member: "s3filesVolumeConfiguration", what: "An S3 Files volume", wanted: "Linux", os: "linux" },
  {
    member: "fsxWindowsFileServerVolumeConfiguration",
    what: "FSx for Windows File Server",
    wanted: "Windows",
    os: "windows",
  },
] as const;

function checkVolumes({ input, volumes }: TaskDefinitionView, os: string, report: Report): void {
  const familyNode = get(get(input, "runtimePlatform"), "operatingSystemFamily");
  for (const volume of volumes) {
    for (const { member, what, wanted, os: needed } of fileSystems) {
      const value = given(volume, member);
      if (!value || needed === os) continue;
      report(
        "volume-platform",
        keyOf(value),
        { what, wanted, family: stringOf(familyNode) ?? "" },
        { related: related("The operating system.", familyNode) },
      );
    }
  }
}

function checkWindows(
  { input, containers, volumes, isFargate, mayBeFargate, networkMode }: TaskDefinitionView,
  report: Report,
): void {
  const modeNode = get(input, "networkMode");
  if (modeNode && !isFargate && (networkMode === "host" || networkMode === "none")) {
    report("windows-network-mode", modeNode, { mode: networkMode }, { fixes: [removal(modeNode)] });
  }
  const familyNode = get(get(input, "runtimePlatform"), "operatingSystemFamily");
  const family = stringOf(familyNode) ?? "Windows";
  const extras = (whole: JsonNode) => ({
    related: related("The operating system.", familyNode),
    fixes: [removal(whole)],
  });
  const say = (value: JsonNode | undefined) => {
    if (!value) return;
    const member = String(keyOf(value).value);
    report("not-on-windows", keyOf(value), { member, family }, extras(value));
  };
  for (const member of windowsTask) say(filled(input, member));
  const faults = get(input, "enableFaultInjection");
  if (booleanOf(faults) === true) say(faults);
  // Fargate needs them all the same.
  if (!mayBeFargate) for (const member of ["cpu", "memory"]) say(given(input, member));
  for (const { node } of containers) {
    for (const member of windowsContainer) say(filled(node, member));
    const router = filled(node, "firelensConfiguration");
    // Without it the containers that log to it would have nowhere to log to.
    if (router)
      report(
        "not-on-windows",
        keyOf(router),
        { member: "firelensConfiguration", family },
        { related: related("The operating system.", familyNode) },
      );
    for (const member of windowsFlags) {
      const flag = get(node, member);
      if (booleanOf(flag) === true) say(flag);
    }
    for (const requirement of items(get(node, "resourceRequirements"))) {
      const type = get(requirement, "type");
      if (type && stringOf(type) === "GPU")
        report("not-on-windows", type, { member: "GPU", family }, extras(requirement));
    }
  }
  for (const volume of volumes) checkDriver(volume, familyNode, report);
}

function checkDriver(volume: JsonNode, familyNode: JsonNode | undefined, report: Report): void {
  const driver = get(get(volume, "dockerVolumeConfiguration"), "driver");
  const name = stringOf(driver);
  if (!driver || name === undefined || name === "local") return;
  report(
    "volume-platform",
    driver,
    { what: `The volume driver '${name}'`, wanted: "Linux", family: stringOf(familyNode) ?? "Windows" },
    {
      related: related("The operating system.", familyNode),
      fixes: [changeTo(driver, "local", false)],
    },
  );
}

const ofContainers = ["dnsSearchDomains", "dockerLabels", "dockerSecurityOptions"];
/** In the network mode awsvpc they are refused everywhere. */
const ofDocker = ["dnsServers", "extraHosts", "hostname", "links"];
const ofLinux = ["maxSwap", "sharedMemorySize", "swappiness"];
const ofVolumes = ["dockerVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration"];

/**
 * Source: developer guide, task definition differences for Managed Instances. What it lists and other pages of AWS show in
 * use there (ipcMode, tmpfs, host paths) is left out.
 */
function checkManagedInstances(task: TaskDefinitionView, report: Report): void {
  const { input, networkMode, requires, containers, volumes } = task;
  const say = (value: JsonNode | undefined) => {
    if (!value) return;
    const what = `'${keyOf(value).value}'`;
    report("not-on-managed-instances", keyOf(value), { what }, { fixes: [removal(value)] });
  };
  say(filled(input, "proxyConfiguration"));
  // Where EC2 is required, too, it is refused for that.
  if (!requires.has("EC2")) say(filled(input, "ephemeralStorage"));
  const family = get(get(input, "runtimePlatform"), "operatingSystemFamily");
  if (family && task.os === "windows")
    report("not-on-managed-instances", family, { what: "A Windows container" });
  for (const { node } of containers) {
    for (const member of ofContainers) say(filled(node, member));
    if (networkMode !== "awsvpc") for (const member of ofDocker) say(filled(node, member));
    for (const member of ofLinux) say(given(get(node, "linuxParameters"), member));
  }
  for (const volume of volumes) for (const member of ofVolumes) say(filled(volume, member));
}

function checkExternal(
  { input, networkMode, volumes, containers }: TaskDefinitionView,
  report: Report,
): void {
  for (const { node } of containers) {
    for (const requirement of items(get(node, "resourceRequirements"))) {
      const sharing = given(requirement, "sharingStrategy");
      if (!sharing) continue;
      report("not-on-external", keyOf(sharing), {
        what: "Sharing a GPU",
        advice: "Require whole GPUs with 'value'.",
      });
    }
    for (const option of items(get(node, "dockerSecurityOptions"))) {
      if (!stringOf(option)?.startsWith("label")) continue;
      report(
        "not-on-external",
        option,
        { what: "SELinux", advice: "Remove the label." },
        { fixes: [removal(option)] },
      );
    }
  }
  const mode = get(input, "networkMode");
  if (mode && networkMode === "awsvpc") {
    report("not-on-external", mode, { what: "The network mode awsvpc", advice: "Use bridge, host or none." });
  }
  for (const volume of volumes) {
    const efs = given(volume, "efsVolumeConfiguration");
    if (efs)
      report("not-on-external", keyOf(efs), { what: "An EFS volume", advice: "Use a path of the instance." });
  }
  const proxy = given(input, "proxyConfiguration");
  if (proxy) {
    report(
      "not-on-external",
      keyOf(proxy),
      { what: "App Mesh", advice: "Remove 'proxyConfiguration'." },
      { fixes: [removal(proxy)] },
    );
  }
}
