// Which cluster everything looks at, and how a person reads it. Pure, so that a test needs no VS Code.

import { isLoopbackEndpoint } from "../../../server/src/core/text/loopbackEndpoint";
import type { ClusterChoice } from "../../../server/src/lsp/protocol/protocol";

export interface ClusterSettings {
  readonly cluster: string;
  readonly aws: {
    readonly cluster: string;
    readonly profile: string;
    readonly region: string;
    readonly endpointUrl: string;
  };
}

/**
 * The cluster that the settings name, `undefined` where they name none. `resolve` turns a relative path into an
 * absolute one. In a workspace that is not trusted only files below the workspace folder count.
 */
export function clusterOfSettings(
  settings: ClusterSettings,
  trusted: boolean,
  resolve: (path: string) => string,
): ClusterChoice | undefined {
  const named = settings.cluster.trim();
  if (named === "") return undefined;
  if (named === "aws") return trusted ? awsChoice(settings.aws) : undefined;
  if (named === "local") return trusted ? "local" : undefined;
  if (!trusted && leavesTheFolder(named)) return undefined;
  return resolve(named);
}

/**
 * The endpoint that has to be agreed to first: one that is not on this machine, named by the settings of the workspace.
 * Whoever wrote them would get signed requests with the user's credentials. `undefined`: nothing has to be asked.
 */
export function endpointToApprove(
  choice: ClusterChoice | undefined,
  ofWorkspace: string | undefined,
  approved: readonly string[],
): string | undefined {
  if (typeof choice !== "object" || choice.endpointUrl === undefined) return undefined;
  const { endpointUrl } = choice;
  if (endpointUrl !== ofWorkspace || isLoopbackEndpoint(endpointUrl)) return undefined;
  return approved.includes(endpointUrl) ? undefined : endpointUrl;
}

/** A cluster of an account; empty texts are left to the SDK's own chain. */
export function awsChoice(aws: ClusterSettings["aws"]): ClusterChoice {
  return {
    kind: "aws",
    cluster: aws.cluster === "" ? "default" : aws.cluster,
    ...(aws.profile !== "" && { profile: aws.profile }),
    ...(aws.region !== "" && { region: aws.region }),
    ...(aws.endpointUrl !== "" && { endpointUrl: aws.endpointUrl }),
  };
}

/** A choice that came from a key binding or from stored state, `undefined` where it is none. */
export function readClusterChoice(value: unknown): ClusterChoice | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  if (typeof value !== "object" || value === null) return undefined;
  const { kind, cluster, profile, region, endpointUrl } = value as Record<string, unknown>;
  if (kind !== "aws" || typeof cluster !== "string") return undefined;
  const text = (it: unknown) => (typeof it === "string" ? it : "");
  return awsChoice({
    cluster,
    profile: text(profile),
    region: text(region),
    endpointUrl: text(endpointUrl),
  });
}

/** The form in which a choice is stored in the workspace's state. */
const storedVersion = 1;

/** What is stored: a value of a form that this program can read, or the version of one that it cannot. */
export type StoredChoice =
  | { readonly choice: ClusterChoice | undefined }
  /** In words: "2". */
  | { readonly unknownVersion: string };

export function storedChoice(choice: ClusterChoice): unknown {
  return { version: storedVersion, cluster: choice };
}

/** Before forms had versions a choice was stored as it is. */
export function readStoredChoice(value: unknown): StoredChoice {
  if (typeof value !== "object" || value === null || !("version" in value))
    return { choice: readClusterChoice(value) };
  const { version } = value;
  if (version !== storedVersion) return { unknownVersion: String(version) };
  return { choice: readClusterChoice("cluster" in value ? value.cluster : undefined) };
}

function leavesTheFolder(path: string): boolean {
  return /^([/\\]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(path) || path.split(/[/\\]/).includes("..");
}
