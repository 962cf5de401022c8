// --daemon FILE: with it a command is about a managed daemon, and other options apply.

import { type OptionValues, UsageError } from "../command";
import { textOption } from "./arguments";
import { pairOptions } from "./daemonPair";

interface Applying {
  /** Options that apply with --daemon only. */
  readonly only: readonly string[];
  /** Options, besides those that choose a service, that never apply with it. */
  readonly never?: readonly string[];
}

/** The file of the managed daemon. Rejects options that would be ignored with a UsageError. */
export function daemonOption(values: OptionValues, { only, never = [] }: Applying): string | undefined {
  const daemon = textOption(values, "daemon");
  const others = daemon === undefined ? only : [...Object.keys(pairOptions), ...never];
  const ignored = others.find((it) => values[it] !== undefined);
  if (ignored === undefined) return daemon;
  throw new UsageError(
    daemon === undefined
      ? `--${ignored} is about a managed daemon: add --daemon FILE.`
      : `--${ignored} does not apply to a managed daemon, which --daemon names.`,
  );
}
