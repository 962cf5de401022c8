// The rules of managed daemons' documents: those taken over from ordinary task definitions, and their own.

import type { Code } from "../catalogue";
import { contents, storageAndLogs } from "../definitionRules";
import type { Diagnostic } from "../diagnostic";
import { pasted } from "../pasted/pasted";
import type { Rule } from "../rule";
import { clientToken } from "../service/clientToken";
import { alarmNames } from "../service/references";
import type { Severity } from "../severity";
import { shape } from "../shape/shape";
import { tags } from "../taskDefinition/tags";
import { capacityProviderDiagnostics } from "./capacityProviderCatalogue";
import { managedDaemon } from "./daemonRules";
import { managedDefinition } from "./definitionRules";
import { managedHealth } from "./healthRules";
import { lostSettings } from "./lostSettings";
import { managedNetwork } from "./networkRules";
import { managedReferences } from "./referenceRules";
import { managedSize } from "./sizeRules";
import { managedVolumes } from "./volumeRules";

export const daemonDefinitionRules: readonly Rule[] = [
  ...contents,
  ...storageAndLogs,
  managedDefinition,
  managedHealth,
  managedVolumes,
  managedNetwork,
  managedSize,
];

export const daemonRules: readonly Rule[] = [
  pasted,
  shape,
  tags,
  clientToken,
  managedDaemon,
  alarmNames,
  managedReferences,
  lostSettings,
];

/** Diagnostics of rules taken over that speak of what daemons do not have: that they do not have it has been said. */
const notForDaemons: ReadonlySet<Code> = new Set<Code>([
  "inference-accelerators",
  "ephemeral-storage-range",
  "ephemeral-storage-on-ec2",
  "container-without-image",
  "links-cycle",
  "too-many-credential-specs",
  "credential-spec",
  "bad-extra-host",
  "bad-dns-server",
  "security-option",
  "swappiness-range",
  "swappiness-without-max-swap",
  "gpu-value",
  "neuron-value",
  "resource-twice",
  "gpu-twice",
  "resource-value-or-sharing",
  "unmounted-launch-volume",
  "too-many-launch-volumes",
  "volume-kinds",
  "efs-file-system-id",
  "efs-access-point-id",
  "efs-access-point-root",
  "fsx-file-system-id",
  "fsx-credentials",
  "s3-files-arn",
  "efs-relative-root",
  "efs-iam-encryption",
  "efs-port-encryption",
  "s3-files-role",
  "docker-volume-autoprovision",
]);

/** Rejections of ordinary task definitions of which nobody knows whether daemons' are rejected, too. */
const uncertain: Readonly<Partial<Record<Code, Severity>>> = {
  "memory-missing": "warning",
  "too-many-containers": "warning",
  "task-definition-too-large": "warning",
  "container-without-name": "warning",
};

/** The same diagnostic in a document of managed daemons: ECS's own words about those are not known. */
export function asManaged(diagnostic: Diagnostic): readonly Diagnostic[] {
  if (notForDaemons.has(diagnostic.code)) return [];
  // Of capacity providers they are.
  if (Object.hasOwn(capacityProviderDiagnostics, diagnostic.code)) return [diagnostic];
  const { server: _, ...own } = diagnostic;
  return [{ ...own, severity: uncertain[diagnostic.code] ?? diagnostic.severity }];
}
