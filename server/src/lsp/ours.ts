// Tells cheaply that a text is none of ours, so that nobody's package-lock.json is parsed at every keystroke.

import { kindByName } from "../core/documents/kinds";

/** Members of which every document that is recognized by its content has at least one. */
const ourMembers =
  /"(?:containerDefinitions|taskDefinition|schedulingStrategy|serviceName|serviceArn|containerInstances|daemonTaskDefinitionArn)"/;

/** False only where neither name nor content can make the file one of ours. */
export function mayBeOurs(fileName: string, text: string): boolean {
  return kindByName(fileName) !== undefined || ourMembers.test(text);
}
