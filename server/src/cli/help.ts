// The help texts, from what the commands say of themselves.

import type { Command } from "./command";

export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((it) => it.name.length));
  return [
    "ecs-daemon: write, check, preview and deploy Amazon ECS daemon services.",
    "",
    "Usage: ecs-daemon COMMAND …",
    "",
    ...commands.map((it) => `  ${it.name.padEnd(width)}  ${it.summary}`),
    "",
    `"ecs-daemon COMMAND --help" says more. The result goes to standard output,`,
    "progress and complaints to standard error. Exit code 2: wrong usage, or input",
    "that cannot be read.",
    "",
  ].join("\n");
}

export function commandHelp(command: Command): string {
  return [
    `Usage: ecs-daemon ${command.name} ${command.synopsis}`,
    "",
    command.summary,
    "",
    command.help.trim(),
    "",
  ].join("\n");
}

/** The lines about the options that say where ECS is. */
export const targetHelp = `
  --endpoint-url URL  another endpoint than the region's, the local one say
  --profile P         profile of the shared AWS configuration
  --region R          AWS Region
                      What is absent comes from the environment and the shared
                      configuration. A loopback endpoint needs neither.`;

export const clusterHelp = `
  --cluster CLUSTER   a snapshot (*.ecs-cluster.json, the output of "aws ecs
                      describe-container-instances"), a fleet (*.ecs-fleet.json),
                      or the NAME of a cluster together with target options${targetHelp}`;
