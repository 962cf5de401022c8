// Rejects unrelated JSON without parsing it.

import { kindByName } from "../core/documents/kinds";

/**
 * Names of which every document that is recognized by its content has at least one. A slip may cost one of their quotes,
 * or a letter of one of the two longest, of which the other half is then whole.
 */
const ourMembers =
  /\b(?:container_?\w*|\w*_?Definitions?|taskDefinition|schedulingStrategy|serviceName|serviceArn|containerInstances|daemonTaskDefinitionArn)\b["\s:]/i;

/** False only where neither name nor content can make the file one of ours. */
export function mayBeOurs(fileName: string, text: string): boolean {
  return kindByName(fileName) !== undefined || ourMembers.test(text);
}
