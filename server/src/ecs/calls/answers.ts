// Checks that an answer of ECS carries what it must. A 200 without the thing that was asked for proves nothing: neither
// that a change was made nor that there is nothing.

import { EcsError } from "../port";

const incomplete = "IncompleteAnswer";

/** The value itself; throws an EcsError where the answer of `operation` lacks it. */
export function answered<T>(value: T | undefined | null, operation: string, what: string): T {
  if (value !== undefined && value !== null && value !== "") return value;
  throw incompleteAnswer(`The answer to ${operation} has no ${what}.`);
}

export function incompleteAnswer(message: string): EcsError {
  return new EcsError(incomplete, message, "Run the same command again: it continues from what was reached.");
}

/** Whether ECS may have carried out the call although its answer did not arrive, or said nothing. */
export function isAnswerLost(error: unknown): boolean {
  return (
    error instanceof EcsError && ["AnswerLost", "ConnectionLost", "NotEcs", incomplete].includes(error.name)
  );
}

/** Whether ECS certainly did not carry out the call; not so where an answer is lost or the wait for it was cancelled. */
export function isRefusal(error: unknown): error is EcsError {
  if (!(error instanceof EcsError)) return false;
  return (
    error.name === instanceRefused || (/Exception$/.test(error.name) && error.name !== "ServerException")
  );
}

/** Name of the error where ECS lists a container instance under the failures of its answer. */
export const instanceRefused = "ContainerInstanceRefused";

export interface Described<T> {
  readonly items: readonly T[];
  /** ECS's words about what it does not describe. */
  readonly reasons: readonly string[];
}

export interface Listing<T> {
  /** What is listed, in words: `container instances`. */
  readonly what: string;
  readonly list: () => Promise<readonly string[]>;
  /** Takes any number of ARNs. */
  readonly describe: (arns: readonly string[]) => Promise<Described<T>>;
  readonly arnOf: (item: T) => string | undefined;
}

/**
 * Describes everything that is listed. What is gone by the time it is described is not listed any more; what stays
 * listed and is not described even at the second attempt is an EcsError: half an answer is no answer.
 */
export async function describeListed<T>({ what, list, describe, arnOf }: Listing<T>): Promise<readonly T[]> {
  const arns = await list();
  const first = await describe(arns);
  const open = missing(arns, first.items, arnOf);
  if (open.length === 0) return first.items;
  const listed = new Set((await list()).map(idOf));
  const lasting = open.filter((it) => listed.has(idOf(it)));
  if (lasting.length === 0) return first.items;
  const second = await describe(lasting);
  const never = missing(lasting, second.items, arnOf);
  if (never.length === 0) return [...first.items, ...second.items];
  const reasons = [...new Set(second.reasons)].join(", ");
  throw incompleteAnswer(
    `ECS lists ${arns.length} ${what} and does not describe ${never.length} of them${reasons === "" ? "" : ` (${reasons})`}: ${shown(never)}.`,
  );
}

function missing<T>(
  arns: readonly string[],
  items: readonly T[],
  arnOf: (item: T) => string | undefined,
): readonly string[] {
  const described = new Set(items.map((it) => idOf(arnOf(it) ?? "")));
  return arns.filter((it) => !described.has(idOf(it)));
}

function shown(arns: readonly string[]): string {
  const most = 5;
  const ids = arns.slice(0, most).map(idOf).join(", ");
  return arns.length > most ? `${ids} and ${arns.length - most} more` : ids;
}

function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
