import type { Cluster } from "../cluster/containerInstance";
import type { EcsDocument } from "../documents/document";
import type { Diagnostic } from "./diagnostic";

/** What the rules may look at beside the document itself. */
export interface ValidationContext {
  /** The task definition that a service refers to (`family`, `family:revision`, ARN), if the workspace has it. */
  readonly findTaskDefinition?: (reference: string) => EcsDocument | undefined;
  /** The DAEMON services of the workspace that refer to this task definition's family. */
  readonly findServices?: (family: string) => readonly EcsDocument[];
  /** The chosen cluster: attribute names and values that instances really have. */
  readonly cluster?: Cluster;
}

/** Every finding of every rule about one document, in the order of the text. Never throws. */
export function validateDocument(
  document: EcsDocument,
  context: ValidationContext = {},
): readonly Diagnostic[] {
  throw new Error(`not built yet: ${document.fileName} ${Object.keys(context)}`);
}
