// The AWS CLI commands that do what deploying a managed daemon would do.

import { cliLine, type Shell } from "../deploy/awsCliCommands";
import { registrationInput } from "../deploy/sameDefinition";
import type { EcsTarget } from "../port";
import type { ManagedPlan } from "./managedReport";

/** One command per line of a POSIX shell. `file`: holds exactly the input of the definition. */
export function managedCommands(
  { definition, daemon }: ManagedPlan,
  cluster: string,
  target: EcsTarget = {},
  file?: string,
): readonly string[] {
  const lines: string[] = [];
  const registers = definition.kind === "register";
  if (registers) {
    const register = cliLine(
      ["register-daemon-task-definition"],
      registrationInput(definition.input),
      target,
      file,
    );
    lines.push(`DEFINITION="$(${register} --query daemonTaskDefinitionArn --output text)"`);
  }
  if (daemon.kind !== "unchanged") {
    const { clientToken: _token, ...input } = daemon.input;
    const command = daemon.kind === "create" ? "create-daemon" : "update-daemon";
    const shell: readonly Shell[] = registers
      ? ["--daemon-task-definition-arn", { quoted: '"$DEFINITION"' }]
      : [];
    const line = cliLine([command], input, target, undefined, shell);
    lines.push(`DEPLOYMENT="$(${line} --query deploymentArn --output text)"`);
    const describe = cliLine(["describe-daemon-deployments"], undefined, target, undefined, [
      "--daemon-deployment-arns",
      { quoted: '"$DEPLOYMENT"' },
    ]);
    // The waiter gives up after two minutes; a deployment replaces instances.
    lines.push(
      `until ${describe} --query 'daemonDeployments[0].status' --output text | grep -E 'SUCCESSFUL|STOPPED|FAILED'; do sleep 15; done`,
    );
  }
  lines.push(cliLine(["list-tasks", "--cluster", cluster, "--daemon-name", daemon.name], undefined, target));
  return lines;
}
