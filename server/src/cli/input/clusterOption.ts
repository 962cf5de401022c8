// The cluster that `--cluster` means: a snapshot or fleet file, or a cluster of an account by its name.

import { stat } from "node:fs/promises";
import type { Cluster } from "../../core/cluster/containerInstance";
import { readClusterText } from "../../core/cluster/readClusterText";
import { printable } from "../../core/text/printable";
import { type EcsTarget, isCancellation } from "../../ecs/port";
import { InputError, type OptionValues } from "../command";
import { readTextFile } from "../files/textFiles";
import { describeError } from "../output/remedyText";
import type { Terminal } from "../output/terminal";
import { requiredOption } from "./arguments";
import { targetOf, withEcs } from "./target";

/** Reads it. What the reader had to assume is said on standard error; a cluster that cannot be read is an InputError. */
export async function readCluster(values: OptionValues, terminal: Terminal): Promise<Cluster> {
  const choice = requiredOption(values, "cluster", "FILE or NAME");
  const target = targetOf(values, terminal);
  const isNamed =
    target.endpointUrl !== undefined || target.profile !== undefined || target.region !== undefined;
  if (/\.jsonc?$/i.test(choice) || (!isNamed && (await isFile(choice)))) return readFile(choice, terminal);
  if (isNamed) return readNamed(choice, target, terminal);
  if (/[/\\]/.test(choice)) return readFile(choice, terminal);
  throw new InputError(
    `There is no file "${choice}". To read the cluster of that name add --profile, --region or --endpoint-url.`,
  );
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (it) => !it.isDirectory(),
    () => false,
  );
}

async function readFile(path: string, terminal: Terminal): Promise<Cluster> {
  const { cluster, problems } = readClusterText(path, await readTextFile(path));
  const errors = problems.filter((it) => it.severity === "error");
  const [first] = errors;
  if (first !== undefined) {
    const place = first.path === "" ? path : `${path} at ${first.path}`;
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
    throw new InputError(`${place}: ${first.message}${more}`);
  }
  for (const { path: place, message } of problems)
    terminal.say(printable(`${path}${place === "" ? "" : ` at ${place}`}: ${message}`));
  return cluster;
}

async function readNamed(name: string, target: EcsTarget, terminal: Terminal): Promise<Cluster> {
  const signal = terminal.interruption();
  try {
    return await withEcs(target, terminal, (ecs) => ecs.readCluster(name, signal));
  } catch (error) {
    if (isCancellation(error)) throw error;
    throw new InputError(`The cluster "${name}" cannot be read: ${describeError(error)}`);
  }
}
