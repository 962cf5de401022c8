// Decides the state of the chosen cluster, once for status bar, panel, lenses and messages. Pure: the client uses it too,
// until its server has started.

import { isLoopbackEndpoint, shownEndpoint } from "../../core/text/loopbackEndpoint";
import type {
  ClusterChoice,
  ClusterCondition,
  ClusterPlace,
  ClusterState,
  ClusterStep,
  Failure,
  ReadingProgress,
} from "./protocol";

type Problem = Failure["error"];

/** What came of the last look at the chosen cluster. Times in milliseconds since 1970. */
export interface ClusterOutcome {
  readonly problem?: Problem;
  /** When it was last read without a problem. */
  readonly readAt?: number;
  /** From the ARNs of its container instances. */
  readonly account?: string;
  readonly reading?: ReadingProgress;
  readonly region?: string;
}

export interface ClusterFacts {
  /** `aws` is resolved to the account of the settings before. */
  readonly choice: ClusterChoice | undefined;
  readonly isTrusted: boolean;
  readonly local: "notRunning" | "starting" | "running";
  readonly localUrl?: string | undefined;
  /** Absent: nobody has looked yet. */
  readonly outcome?: ClusterOutcome | undefined;
}

const signedOut: ReadonlySet<string> = new Set([
  "ExpiredSsoSession",
  "TokenProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "RequestExpired",
]);
const unreachable: ReadonlySet<string> = new Set([
  "Unreachable",
  "UnknownEndpoint",
  "ConnectionLost",
  "NotEcs",
  "TimeoutError",
]);

/** What helps after a failure that is about the cluster; empty for any other. */
export function nextSteps(problem: Problem): readonly ClusterStep[] {
  const { code } = problem;
  if (problem.signIn !== undefined) return ["signIn", "retry", "choose"];
  if (signedOut.has(code)) return ["retry", "choose", "showLog"];
  if (unreachable.has(code)) return ["retry", "choose"];
  const steps = Object.hasOwn(stepsByCode, code) ? stepsByCode[code] : undefined;
  return steps ?? [];
}

const stepsByCode: Readonly<Record<string, readonly ClusterStep[]>> = {
  "no-cluster": ["start", "choose"],
  "no-local-cluster": ["start", "choose"],
  "not-deployable": ["start", "choose"],
  "unreadable-cluster": ["choose", "retry", "showLog"],
  "untrusted-workspace": ["manageTrust", "choose"],
  ClusterNotFoundException: ["choose", "retry", "showLog"],
  NoCredentials: ["choose", "retry", "showLog"],
  RegionMissing: ["choose", "showLog"],
};

export function clusterState(facts: ClusterFacts): ClusterState {
  const { choice, outcome } = facts;
  const place = placeOf(choice);
  const condition = conditionOf(facts, place);
  const problem = condition === "restricted" ? undefined : outcome?.problem;
  const name = nameOf(choice);
  const staleSince = problem === undefined ? undefined : outcome?.readAt;
  return {
    place,
    condition,
    name,
    title: titleOf(facts, place, condition),
    detail: detailOf(facts, place, condition),
    next: stepsOf(condition, problem),
    ...(problem !== undefined && { problem }),
    ...(outcome?.reading !== undefined && { reading: outcome.reading }),
    ...(staleSince !== undefined && place !== "file" && { staleSince }),
    isReal: place === "account" || (place === "endpoint" && !isOnThisMachine(choice)),
  };
}

function placeOf(choice: ClusterChoice | undefined): ClusterPlace {
  if (choice === undefined) return "nowhere";
  if (choice === "local") return "local";
  if (choice === "aws") return "account";
  if (typeof choice === "string") return "file";
  return choice.endpointUrl === undefined ? "account" : "endpoint";
}

function conditionOf({ isTrusted, local, outcome }: ClusterFacts, place: ClusterPlace): ClusterCondition {
  if (place === "nowhere") return isTrusted ? "none" : "restricted";
  if (!isTrusted && place !== "file") return "restricted";
  if (place === "local") return local === "running" ? "ready" : local;
  const problem = outcome?.problem;
  if (problem === undefined) return outcome?.readAt === undefined ? "unread" : "ready";
  if (problem.code === "untrusted-workspace") return "restricted";
  if (problem.signIn !== undefined || signedOut.has(problem.code)) return "signedOut";
  return unreachable.has(problem.code) ? "unreachable" : "failed";
}

function stepsOf(condition: ClusterCondition, problem: Problem | undefined): readonly ClusterStep[] {
  switch (condition) {
    case "none":
      return ["start", "choose"];
    case "notRunning":
      return ["start", "choose"];
    case "restricted":
      return ["manageTrust", "choose"];
    case "ready":
    case "unread":
    case "starting":
      return ["choose"];
    case "unreachable":
    case "signedOut":
    case "failed": {
      const steps = problem === undefined ? [] : nextSteps(problem);
      return steps.length > 0 ? steps : ["retry", "choose", "showLog"];
    }
  }
}

function nameOf(choice: ClusterChoice | undefined): string {
  if (choice === undefined) return "no cluster";
  if (typeof choice !== "string") return choice.cluster;
  if (choice === "local" || choice === "aws") return choice === "aws" ? "default" : choice;
  const path = decoded(choice);
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

const conditionWords: Readonly<Record<ClusterCondition, string>> = {
  none: "",
  unread: "",
  starting: "starting",
  ready: "",
  notRunning: "not running",
  unreachable: "not reachable",
  signedOut: "signed out",
  failed: "not readable",
  restricted: "Restricted Mode",
};

function titleOf(facts: ClusterFacts, place: ClusterPlace, condition: ClusterCondition): string {
  const words = conditionWords[condition];
  const subject = subjectOf(facts, place);
  return words === "" ? subject : `${subject} (${words})`;
}

function subjectOf({ choice, outcome }: ClusterFacts, place: ClusterPlace): string {
  const name = nameOf(choice);
  if (place === "nowhere") return "no cluster";
  if (place === "local" || place === "file" || choice === undefined || typeof choice === "string")
    return name;
  if (place === "endpoint") return `${name} on ${hostOf(choice.endpointUrl) ?? ""}`;
  const region = outcome?.region ?? choice.region;
  return region === undefined ? name : `${name}, ${region}`;
}

/** The kind of the cluster in a sentence, then what is the matter with it. */
function detailOf(facts: ClusterFacts, place: ClusterPlace, condition: ClusterCondition): string {
  const { outcome } = facts;
  const kind = kindOf(facts, place);
  const problem = outcome?.problem;
  switch (condition) {
    case "none":
      return "No cluster is selected.";
    case "starting":
      return `${kind} It is starting.`;
    case "notRunning":
      return `${kind} It is not running.`;
    case "restricted":
      return place === "file"
        ? `${kind} Restricted Mode reads only files inside the workspace folder.`
        : "Restricted Mode: files of the workspace folder can be previewed; nothing is started and no account is read.";
    case "unreachable":
    case "signedOut":
    case "failed":
      return problem === undefined ? kind : `${kind} ${problem.message}`;
    case "unread":
    case "ready":
      return kind;
  }
}

function kindOf({ choice, localUrl, outcome }: ClusterFacts, place: ClusterPlace): string {
  if (place === "local")
    return `The local cluster of this extension${localUrl === undefined ? "" : ` at ${localUrl}`}.`;
  if (place === "file") return `Cluster file ${nameOf(choice)}.`;
  if (choice === undefined || typeof choice === "string") return "A cluster of your AWS account.";
  const { profile, endpointUrl } = choice;
  const region = outcome?.region ?? choice.region;
  if (place === "endpoint")
    return `Cluster ${choice.cluster} of the endpoint ${shownEndpoint(endpointUrl ?? "")}${isOnThisMachine(choice) ? " on this machine" : ""}.`;
  const where = [
    ...(outcome?.account === undefined ? [] : [`account ${outcome.account}`]),
    region ?? "the default Region",
    profile === undefined ? "default credentials" : `profile ${profile}`,
  ];
  return `Cluster ${choice.cluster} of an AWS account (${where.join(", ")}).`;
}

function isOnThisMachine(choice: ClusterChoice | undefined): boolean {
  return typeof choice === "object" && isLoopbackEndpoint(choice.endpointUrl);
}

/** What a person calls an endpoint: `127.0.0.1:4566`. */
export function hostOf<Url extends string | undefined>(url: Url): Url | string {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : url && shownEndpoint(url);
}

function decoded(uri: string): string {
  try {
    return uri.startsWith("file:") ? decodeURIComponent(uri) : uri;
  } catch {
    return uri;
  }
}
