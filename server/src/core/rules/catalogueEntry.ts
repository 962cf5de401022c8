// What the catalogue says about a code. Messages have slots in braces that the rule fills: `{volume}`.

import type { ServerRejection, Severity } from "./severity";

export interface CatalogueEntry {
  /**
   * error: the AWS CLI or ECS refuses the input; warning: accepted and almost surely wrong;
   * information, hint: worth knowing.
   */
  readonly severity: Severity;
  /** The diagnostic in a few words, for lists. */
  readonly title: string;
  /** What is wrong, with the value, and what to do. */
  readonly message: string;
  /** Why ECS (or the CLI, or Docker) is like that. */
  readonly why: string;
  /** What ECS answers, with the same slots. */
  readonly server?: ServerRejection;
}

/** Names of the slots of a text. */
export type Slots<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Slots<Rest>
  : never;

/** A rejection by RegisterTaskDefinition. */
export function client<const Message extends string>(message: Message) {
  return { exception: "ClientException", message } as const;
}

/** A rejection by CreateService or UpdateService. */
export function invalid<const Message extends string>(message: Message) {
  return { exception: "InvalidParameterException", message } as const;
}
