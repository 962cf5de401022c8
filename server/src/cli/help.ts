// The help texts, from what the commands say of themselves.

import { largestOf } from "../core/text/lists";
import type { Command } from "./command";
import { wrap } from "./output/textLayout";

/** Help is as wide as every terminal is. */
const columns = 80;

export function generalHelp(commands: readonly Command[]): string {
  const width = largestOf(commands.map((it) => it.name.length));
  return [
    "ecs-daemon: write, check, preview and deploy Amazon ECS daemon services.",
    "",
    "Usage: ecs-daemon COMMAND …",
    "",
    ...commands.flatMap((it) =>
      wrap(it.summary, columns - width - 4).map(
        (line, index) => `  ${(index === 0 ? it.name : "").padEnd(width)}  ${line}`,
      ),
    ),
    "",
    `"ecs-daemon COMMAND --help" shows more. The result goes to standard output,`,
    "progress and problems to standard error. Exit code 2: wrong usage, or input",
    "that cannot be read.",
    "",
  ].join("\n");
}

export function commandHelp(command: Command): string {
  return [...usage(command), "", command.summary, "", command.help.replace(/^\n+/, "").trimEnd(), ""].join(
    "\n",
  );
}

/** The usage within 80 columns; what stands in brackets stays on one line. */
function usage({ name, synopsis }: Command): readonly string[] {
  const lines = [`Usage: ecs-daemon ${name}`];
  for (const part of synopsis.match(/\[[^\]]*\]\S*|--\S+ \S+|\S+/g) ?? []) {
    const line = lines.at(-1) ?? "";
    if (line.length + 1 + part.length <= columns) lines[lines.length - 1] = `${line} ${part}`;
    else lines.push(`${" ".repeat(8)}${part}`);
  }
  return lines;
}

/** The lines about the options that say where ECS is. */
export const targetHelp = `
  --endpoint-url URL  another endpoint than AWS's, for example the local one
  --profile P         profile of the shared AWS configuration
  --region R          AWS Region
                      What is absent comes from the environment and the shared
                      configuration. A loopback endpoint needs neither.`;

export const clusterHelp = `
  --cluster CLUSTER   a snapshot (*.ecs-cluster.json, the output of "aws ecs
                      describe-container-instances"), a fleet
                      (*.ecs-fleet.json), or the NAME of a cluster together
                      with target options${targetHelp}`;
