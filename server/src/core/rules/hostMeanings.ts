// What a diagnostic means where another format describes the input: who converts, drops or names what.

import type { HostKind, Resource } from "../resources/resource";
import type { Code } from "./catalogue";
import type { Diagnostic } from "./diagnostic";
import { inHostSpelling } from "./hostSpelling";
import type { Severity } from "./severity";

interface Meaning {
  readonly severity: Severity;
  readonly message: string;
}

/** Nothing of these is reported in any other format: they are about files for the AWS CLI. */
const ofFiles: ReadonlySet<Code> = new Set<Code>([
  "cli-skeleton",
  "describe-answer",
  "null-value",
  "output-only-member",
  "service-without-name",
  "service-without-task-definition",
  "empty-tags",
  "filled-by-deploy",
  "log-volume-old-client",
]);

/** Terraform's AWS provider reads container_definitions into its own types, and sends what they know. */
const dropped: Meaning = {
  severity: "warning",
  message: "The AWS provider drops it without a message: plan and apply succeed, and ECS never gets it.",
};

const notSent: Meaning = {
  severity: "hint",
  message: "The AWS provider does not send it for a DAEMON service.",
};

const meanings: Readonly<Partial<Record<HostKind, Readonly<Partial<Record<Code, Meaning>>>>>> = {
  terraform: {
    "unknown-member": dropped,
    "misspelt-member": dropped,
    "misplaced-member": dropped,
    "daemon-desired-count": notSent,
    "daemon-maximum-percent": notSent,
  },
  containerList: {
    "unknown-member": dropped,
    "misspelt-member": dropped,
    "misplaced-member": dropped,
  },
};

/** The diagnostic as it holds for the host, in the host's names; `undefined` where it does not hold there. */
export function inHost(diagnostic: Diagnostic, resource: Resource): Diagnostic | undefined {
  if (ofFiles.has(diagnostic.code)) return undefined;
  const { hosted } = resource;
  const meaning = hosted && meanings[hosted.host]?.[diagnostic.code];
  const message = inHostSpelling(diagnostic.message, resource, diagnostic.span);
  if (meaning === undefined) return { ...diagnostic, message };
  return { ...diagnostic, severity: meaning.severity, message: `${message} ${meaning.message}` };
}
