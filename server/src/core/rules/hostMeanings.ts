// What a diagnostic means where another format describes the input: who converts, drops or names what.

import { traitsOf } from "../resources/kinds/registry";
import type { HostKind, Resource } from "../resources/resource";
import { nodeAnywhere } from "../source/node";
import { get } from "../source/tree";
import type { Code } from "./catalogue";
import type { Diagnostic } from "./diagnostic";
import type { Severity } from "./severity";

interface Meaning {
  readonly severity?: Severity;
  /** What follows the message. */
  readonly message: string;
}

/** Nothing of these is reported in any other format: they are about files for the AWS CLI. */
const ofFiles: ReadonlySet<Code> = new Set<Code>([
  "cli-skeleton",
  "describe-answer",
  "output-only-member",
  "service-without-name",
  "service-without-task-definition",
  "empty-tags",
  "filled-by-deploy",
  "log-volume-old-client",
]);

/** Names that no property has: outside of containers terraform validate and others check them, as cfn-lint does. */
const ofNames: ReadonlySet<Code> = new Set<Code>(["unknown-member", "misspelt-member", "misplaced-member"]);

/**
 * Terraform's AWS provider reads container_definitions into its own types, and sends what they know (json.Decoder without
 * DisallowUnknownFields).
 */
const dropped: Meaning = {
  severity: "warning",
  message: "The AWS provider drops it without a message: plan and apply succeed, and ECS never gets it.",
};

const notSent: Meaning = {
  severity: "hint",
  message: "The AWS provider does not send it for a DAEMON service.",
};

const failsAtPlan: Meaning = { message: "terraform plan fails." };

const ofContainers = {
  "unknown-member": dropped,
  "misspelt-member": dropped,
  "misplaced-member": dropped,
  "wrong-type": failsAtPlan,
} as const;

/** Which tool reads a list of containers is not in its file. */
const droppedOrRefused: Meaning = {
  severity: "warning",
  message: "Terraform's AWS provider drops it without a message, and the AWS CLI refuses it.",
};

const ofLists = {
  "unknown-member": droppedOrRefused,
  "misspelt-member": droppedOrRefused,
  "misplaced-member": droppedOrRefused,
  "wrong-type": { message: "terraform plan fails, and the AWS CLI refuses it." },
} as const;

/** Source: internal/service/ecs of the AWS provider, validPlacementConstraint, and MaxItems of the blocks. */
const meanings: Readonly<Partial<Record<HostKind, Readonly<Partial<Record<Code, Meaning>>>>>> = {
  terraform: {
    ...ofContainers,
    "daemon-desired-count": notSent,
    "daemon-maximum-percent": notSent,
    "constraint-without-expression": {
      message: "The AWS provider refuses it: Expression cannot be nil for 'memberOf' type.",
    },
  },
  containerList: ofLists,
};

/** The diagnostic as it holds for the host; `undefined` where it does not hold there. */
export function inHost(diagnostic: Diagnostic, { hosted, input, kind }: Resource): Diagnostic | undefined {
  const { code, message, severity, span } = diagnostic;
  if (ofFiles.has(code) || hosted === undefined) return undefined;
  // The containers of a managed daemon are blocks in Terraform, whose arguments it checks.
  const hasBlocks = hosted.host === "terraform" && traitsOf({ kind }).isManaged;
  const isInContainer =
    !hasBlocks && nodeAnywhere(get(input, "containerDefinitions"), span.start) !== undefined;
  // cfn-lint's E3002 has them; a name that is nearly right is worth its fix.
  if (hosted.host === "cloudFormation") return code === "unknown-member" ? undefined : diagnostic;
  if (ofNames.has(code) && !isInContainer) {
    // A name that is nearly right is worth its fix; the ECS CLI passes over the others.
    if (code !== "misspelt-member") return undefined;
    if (hosted.host === "ecsParams") return diagnostic;
    return hosted.host === "terraform"
      ? { ...diagnostic, message: `${message} ${failsAtPlan.message}` }
      : undefined;
  }
  const meaning = meanings[hosted.host]?.[code];
  if (meaning === undefined || (code === "wrong-type" && !isInContainer)) return diagnostic;
  return { ...diagnostic, severity: meaning.severity ?? severity, message: `${message} ${meaning.message}` };
}
