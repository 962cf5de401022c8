// Where ECS is, from the options of a call and the environment, and whether a person has agreed to change something there.

import { isLoopbackEndpoint, shownEndpoint } from "../../core/text/loopbackEndpoint";
import { printable } from "../../core/text/printable";
import { connectEcs } from "../../ecs/aws";
import { EcsError, type EcsPort, type EcsTarget } from "../../ecs/port";
import { InputError, type OptionValues, UsageError } from "../command";
import type { Terminal } from "../output/terminal";
import { textOption } from "./arguments";

export const targetOptions = {
  "endpoint-url": { type: "string" },
  profile: { type: "string" },
  region: { type: "string" },
} as const;

export const targetSynopsis = "[--endpoint-url URL] [--profile P] [--region R]";

/** The AWS CLI's variables for the endpoint count too: what is confirmed has to be where the call goes. */
export function targetOf(values: OptionValues, terminal: Terminal): EcsTarget {
  const { AWS_ENDPOINT_URL_ECS, AWS_ENDPOINT_URL } = terminal.environment;
  const endpointUrl =
    textOption(values, "endpoint-url") ?? (AWS_ENDPOINT_URL_ECS || AWS_ENDPOINT_URL || undefined);
  // What is before an @ may be a password.
  if (endpointUrl !== undefined && !(URL.canParse(endpointUrl) && /^https?:\/\//i.test(endpointUrl)))
    throw new UsageError(
      `--endpoint-url is an http or https URL${endpointUrl.includes("@") ? "" : `, not "${endpointUrl}"`}.`,
    );
  return { endpointUrl, profile: textOption(values, "profile"), region: textOption(values, "region") };
}

/** Runs `use` with a connection and closes it; `onCall` hears of every call to ECS before it is sent. */
export async function withEcs<T>(
  target: EcsTarget,
  terminal: Terminal,
  use: (ecs: EcsPort) => Promise<T>,
  onCall?: () => void,
): Promise<T> {
  const ecs = await connectEcs(target, { mfaCode: terminal.canAsk ? mfaCode(terminal) : undefined, onCall });
  try {
    return await use(ecs);
  } finally {
    ecs.close();
  }
}

function mfaCode(terminal: Terminal) {
  return async (device: string) => {
    const code = await terminal.ask(printable(`MFA code of ${device}:`));
    if (code === "") throw new EcsError("AbortError", "No MFA code was given.");
    return code;
  };
}

/** Refuses before anything is sent where nobody has agreed and nobody can be asked. A loopback endpoint needs neither. */
export function requireConsent(target: EcsTarget, values: OptionValues, terminal: Terminal): void {
  if (!needsConsent(target, values) || terminal.canAsk) return;
  throw new InputError(
    "This changes something in an AWS account: add --yes, or run it in a terminal to be asked. Nothing was sent.",
  );
}

/** Whether a person has to be asked first. */
export function needsConsent(target: EcsTarget, values: OptionValues): boolean {
  return values.yes !== true && !isLoopbackEndpoint(target.endpointUrl);
}

/**
 * The target in words for a question: `the cluster prod of account 123456789012 in eu-west-1`. Rejects with an
 * InputError where the account has no such cluster.
 */
export async function describeTarget(ecs: EcsPort, target: EcsTarget, cluster: string): Promise<string> {
  const clusters = await ecs.listClusters();
  const found = clusters.find((it) => it.name === cluster || it.arn === cluster);
  if (found === undefined)
    throw new InputError(`There is no cluster "${cluster}" in this account and Region.`);
  const [, , , region, account] = found.arn.split(":");
  const where = target.endpointUrl === undefined ? "" : ` (${shownEndpoint(target.endpointUrl)})`;
  return `the cluster ${found.name} of account ${account} in ${region}${where}`;
}
