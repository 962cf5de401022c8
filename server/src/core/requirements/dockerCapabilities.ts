// The part of the table of required capabilities that is about Docker: its security options and API versions.

import { member } from "../text/plainValue";
import {
  agentCapability,
  type CapabilityRow,
  containers,
  dockerApi,
  dockerCapability,
} from "./capabilityRow";
import { anyContainer, anySecurityOption, credentialSpec, isPresent } from "./definitionUsage";
import { at, hasEntries, textAt } from "./definitionView";

/** What asks for a version of the Docker API, or for a security module that Docker drives. */
export const dockerCapabilities: readonly CapabilityRow[] = [
  {
    because: "an SELinux label in dockerSecurityOptions",
    attributes: [dockerCapability("selinux")],
    uses: anySecurityOption(/^label:/),
    reads: [containers("dockerSecurityOptions")],
  },
  {
    because: "an AppArmor profile in dockerSecurityOptions",
    attributes: [dockerCapability("apparmor")],
    uses: anySecurityOption(/^apparmor:/),
    reads: [containers("dockerSecurityOptions")],
  },
  // ECS answered 1.17, 1.18, 1.23 and 1.32 for one definition with no-new-privileges, ulimits, ipcMode none and more: which
  // of them asks for which follows Docker's own history, but for 1.17, which is not separated.
  {
    because: "dockerSecurityOptions",
    attributes: [dockerApi(17)],
    uses: anyContainer((it) => hasEntries(member(it, "dockerSecurityOptions"))),
    reads: [containers("dockerSecurityOptions")],
  },
  {
    because: "no-new-privileges in dockerSecurityOptions",
    attributes: [dockerApi(23)],
    uses: anySecurityOption(/^no-new-privileges/),
    reads: [containers("dockerSecurityOptions")],
  },
  {
    because: "ulimits",
    attributes: [dockerApi(18)],
    uses: anyContainer((it) => hasEntries(member(it, "ulimits"))),
    reads: [containers("ulimits")],
  },
  {
    because: "ipcMode none",
    attributes: [dockerApi(32)],
    uses: (view) => textAt(view.task, "ipcMode") === "none",
    reads: ["ipcMode"],
  },
  {
    because: "a credential specification (gMSA)",
    attributes: [agentCapability("gmsa")],
    uses: credentialSpec("credentialspec:"),
    reads: [containers("credentialSpecs"), containers("dockerSecurityOptions")],
  },
  {
    because: "a credential specification without a domain-joined instance (gMSA)",
    attributes: [agentCapability("gmsa-domainless")],
    uses: credentialSpec("credentialspecdomainless:"),
    reads: [containers("credentialSpecs"), containers("dockerSecurityOptions")],
  },
  {
    // Swap settings ask for nothing: a real answer has them without 1.22.
    because: "tmpfs or sharedMemorySize in linuxParameters",
    attributes: [dockerApi(22)],
    uses: anyContainer(
      (it) =>
        hasEntries(at(it, "linuxParameters", "tmpfs")) ||
        isPresent(at(it, "linuxParameters", "sharedMemorySize")),
    ),
    reads: [containers("linuxParameters.tmpfs"), containers("linuxParameters.sharedMemorySize")],
  },
  {
    because: "initProcessEnabled",
    attributes: [dockerApi(25)],
    uses: anyContainer((it) => at(it, "linuxParameters", "initProcessEnabled") === true),
    reads: [containers("linuxParameters.initProcessEnabled")],
  },
  {
    because: "extraHosts in host network mode",
    attributes: [dockerApi(24)],
    uses: (view) =>
      view.networkMode === "host" && view.containers.some((it) => hasEntries(member(it, "extraHosts"))),
    reads: ["networkMode", containers("extraHosts")],
  },
];
