// The capacity providers that a daemon's file means: ARNs as they are, names and placeholders by what the cluster has.

import { asText, objectsOf } from "../../core/text/plainValue";
import { EcsError, type JsonObject } from "../port";

/** What is known of the cluster's capacity providers; `undefined` where the account does not allow to read them. */
export type KnownProviders = readonly JsonObject[] | undefined;

const arnOf = (provider: JsonObject): string => asText(provider.capacityProviderArn) ?? "";
export const nameOfArn = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** ARNs for an input; throws an EcsError where a daemon cannot run there, or nobody can know what is meant. */
export function findProviders(
  written: readonly string[],
  running: readonly string[],
  known: KnownProviders,
): readonly string[] {
  if (written.length > 0) return written.map((it) => resolved(it, known));
  if (running.length > 0) return running;
  const managed = (known ?? []).filter((it) => it.managedInstancesProvider !== undefined);
  const [only] = managed;
  if (only !== undefined && managed.length === 1) return [arnOf(only)];
  const names = managed.map((it) => nameOfArn(arnOf(it))).join(", ");
  throw refusal(
    known === undefined || managed.length === 0
      ? "The file has no 'capacityProviderArns', and no Managed Instances capacity provider of the cluster is known."
      : `The file has no 'capacityProviderArns', and the cluster has several capacity providers: ${names}. Add those that are meant.`,
  );
}

function resolved(text: string, known: KnownProviders): string {
  const isArn = /^arn:[\w-]+:ecs:[\w-]+:\d{12}:capacity-provider\/[\w-]+$/.test(text);
  if (known === undefined) {
    if (isArn) return text;
    throw refusal(`"${text}" is not the ARN of a capacity provider, and the cluster's cannot be read.`);
  }
  const name = nameOfArn(text);
  const found = known.find((it) => (isArn ? arnOf(it) === text : nameOfArn(arnOf(it)) === name));
  if (found === undefined)
    throw refusal(`The cluster has no capacity provider "${isArn ? text : name}": it has ${namesOf(known)}.`);
  if (found.managedInstancesProvider === undefined)
    throw refusal(
      `The capacity provider "${name}" has no Managed Instances: a managed daemon does not run there.`,
    );
  return arnOf(found);
}

function namesOf(known: readonly JsonObject[]): string {
  return known.length === 0 ? "none" : known.map((it) => nameOfArn(arnOf(it))).join(", ");
}

function refusal(message: string): EcsError {
  return new EcsError("CapacityProviders", message);
}

/** The capacity providers of the revisions that a daemon runs. */
export function runningProviders(described: JsonObject | undefined): readonly string[] {
  const revisions = objectsOf(described?.currentRevisions);
  const arns = revisions.flatMap((it) => objectsOf(it.capacityProviders)).map((it) => asText(it.arn) ?? "");
  return [...new Set(arns.filter((it) => it !== ""))];
}
