// Remedies in the words of the command line: its options, its calls, and commands to run.

import { posixCommand } from "../../ecs/deploy/awsCliCommands";
import { describeError as describe, type RemedyWords } from "../../ecs/remedy";

export const commandLineWords: RemedyWords = {
  text: ({ text }) => text,
  signIn: ({ profile, isCertain }) => {
    const command = posixCommand(["aws", "sso", "login", "--profile", profile]);
    return isCertain ? `Run "${command}".` : `Renew them; with SSO: run "${command}".`;
  },
  chooseProfile: () =>
    'Choose a profile with --profile, sign in ("aws configure sso", "aws sso login"), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  chooseRegion: () => "Choose one with --region, or set AWS_REGION.",
  startLocal: () => 'Start the local endpoint with "ecs-daemon local", or correct --endpoint-url.',
  findCluster: () => 'Run "aws ecs list-clusters" to see the clusters of an account and Region.',
  repeat: ({ later }) =>
    later
      ? "Wait a minute and run the same command again."
      : "Run the same command again: it continues from what was reached.",
};

/** Message and remedy of whatever was thrown, in one line for a terminal. */
export function describeError(error: unknown): string {
  return describe(error, commandLineWords);
}
