// The chosen cluster and every other one a request names: a snapshot or fleet file, the local endpoint, an account.

import { isDeepStrictEqual } from "node:util";
import { isLoopbackEndpoint } from "../../core/text/loopbackEndpoint";
import type { Environment } from "../base/environment";
import { failure, failureOf, isFailure, untrusted } from "../base/failure";
import type { AwsSettings } from "../base/settings";
import { type ClusterOutcome, hostOf } from "../protocol/clusterState";
import type { ClusterChoice, Failure } from "../protocol/protocol";
import type { DocumentStore } from "../workspace/documentStore";
import { isInsideFolders } from "../workspace/restrictedFiles";
import type { ResolvedCluster } from "./chosenCluster";
import { type ClusterFileReader, createClusterFileReader } from "./clusterFiles";
import type { LocalCluster } from "./localCluster";

export type AwsChoice = Exclude<ClusterChoice, string>;

export interface ClusterSource {
  choose(choice: ClusterChoice | undefined): void;
  chosen(): ClusterChoice | undefined;
  /** The chosen one with the account of the settings filled in. */
  target(): ClusterChoice | undefined;
  /** What came of the last look at the chosen cluster; `undefined` before the first. */
  outcome(): ClusterOutcome | undefined;
  /** Calls the listener after another choice, and after each look at the chosen cluster. */
  onOutcome(listener: () => void): void;
  /** The cluster of `choice`, else the chosen one, as it is now. Relative paths are looked for near the document. */
  resolve(choice: ClusterChoice | undefined, folders: readonly string[]): Promise<ResolvedCluster | Failure>;
  /** The chosen cluster as it was when last read; hints and diagnostics do not wait for another read. */
  current(): ResolvedCluster | undefined;
  /** The file of the chosen cluster, where it is one. */
  currentFile(): string | undefined;
  /** Reads the chosen cluster again. Where an account does not answer, what was known of it stays. */
  refresh(folders: readonly string[]): Promise<"changed" | "same" | "failed">;
  /** Forgets what was read of accounts, so that the next look asks again. */
  forgetAccounts(): void;
}

export interface ClusterSourceNeeds {
  readonly environment: Environment;
  readonly documents: DocumentStore;
  readonly local: LocalCluster;
  readonly trusted: () => boolean;
  /** The paths of the workspace folders. */
  readonly folders: () => readonly string[];
  readonly aws: () => AwsSettings;
}

/** An account is not asked again for every keystroke of a preview that follows the text. Milliseconds. */
const accountAge = { loopback: 1_000, remote: 30_000 } as const;

/** Looks that nobody asked for leave the rest of the rate that ECS grants the account to everybody else. */
const backgroundPercent = 50;

export function createClusterSource(needs: ClusterSourceNeeds): ClusterSource {
  const files: ClusterFileReader = createClusterFileReader(
    needs.environment,
    needs.documents,
    async (path) => needs.trusted() || isInsideFolders(needs.environment, path, needs.folders()),
  );
  const accounts = createAccountReader(needs.environment);
  let chosen: ClusterChoice | undefined;
  let current: ResolvedCluster | undefined;
  let outcome: ClusterOutcome | undefined;
  const listeners: (() => void)[] = [];
  const settle = (now: ClusterOutcome | undefined) => {
    outcome = now;
    for (const listener of listeners) listener();
  };

  const read = async (choice: ClusterChoice, folders: readonly string[], ratePercent?: number) => {
    if (choice === "local") {
      await needs.local.settled();
      return readLocal(needs.local);
    }
    if (choice !== "aws" && typeof choice === "string") return files.read(choice, folders);
    if (!needs.trusted()) return untrusted;
    const target = choice === "aws" ? awsChoice(needs.aws()) : choice;
    return isFailure(target) ? target : accounts.read(target, ratePercent);
  };

  /** Reads overlap; what an earlier one found does not count once a later one has been answered. */
  let lastAsked = 0;
  let lastAnswered = 0;
  const readInTurn = async (choice: ClusterChoice, folders: readonly string[], ratePercent?: number) => {
    lastAsked += 1;
    const turn = lastAsked;
    const answer = await read(choice, folders, ratePercent);
    const counts = choice === chosen && turn > lastAnswered;
    if (counts) {
      lastAnswered = turn;
      settle(outcomeOf(answer, outcome));
    }
    return { answer, counts };
  };

  return {
    choose: (choice) => {
      chosen = choice;
      current = undefined;
      accounts.forget();
      settle(undefined);
    },
    chosen: () => chosen,
    target: () => {
      if (chosen !== "aws") return chosen;
      const target = awsChoice(needs.aws());
      return isFailure(target) ? chosen : target;
    },
    outcome: () => outcome,
    onOutcome: (listener) => listeners.push(listener),
    resolve: async (choice, folders) => {
      const wanted = choice ?? chosen;
      if (wanted === undefined) return noCluster;
      const { answer, counts } = await readInTurn(wanted, folders);
      if (counts) current = isFailure(answer) ? undefined : answer;
      return answer;
    },
    refresh: async (folders) => {
      const wanted = chosen;
      if (wanted === undefined) return "same";
      accounts.forget();
      const { answer, counts } = await readInTurn(wanted, folders, backgroundPercent);
      if (!counts) return "same";
      const before = current;
      if (isFailure(answer)) {
        if (!isFile(wanted)) return "failed";
        current = undefined;
        return before === undefined ? "same" : "changed";
      }
      // What is equal stays the same object, so that nothing is computed anew.
      if (before?.cluster === answer.cluster || isDeepStrictEqual(before, answer)) return "same";
      current = answer;
      return "changed";
    },
    current: () => current,
    currentFile: () => (chosen === undefined ? undefined : files.pathOf(chosen)),
    forgetAccounts: accounts.forget,
  };
}

/** A look that failed keeps what was known of the time before. */
function outcomeOf(answer: ResolvedCluster | Failure, before: ClusterOutcome | undefined): ClusterOutcome {
  if (isFailure(answer)) return { ...before, problem: answer.error };
  const [, , , region = "", account = ""] = (answer.cluster.instances[0]?.arn ?? "").split(":");
  return {
    readAt: answer.seen?.at ?? Date.now(),
    ...(account !== "" && { account }),
    ...(region !== "" && { region }),
  };
}

/** A snapshot or fleet file. */
export function isFile(choice: ClusterChoice | undefined): choice is string {
  return typeof choice === "string" && choice !== "local" && choice !== "aws";
}

const noCluster = failure(
  "no-cluster",
  "No cluster is chosen.",
  "Choose a snapshot file, a fleet file, the local cluster or an account with the command “ECS Daemon: Select Cluster”.",
);

function readLocal(local: LocalCluster): ResolvedCluster | Failure {
  const cluster = local.read();
  if (cluster !== undefined) return { cluster, label: `local (${cluster.name})`, kind: "local" };
  return failure(
    "no-local-cluster",
    "The local cluster is not running.",
    "Start it with the command “ECS Daemon: Start Local Cluster”.",
  );
}

function awsChoice(settings: AwsSettings): AwsChoice | Failure {
  const { cluster, profile, region, endpointUrl } = settings;
  if (cluster === undefined)
    return failure(
      "no-cluster",
      "No cluster of the account is named.",
      "Set ecsDaemon.aws.cluster to the cluster's name.",
    );
  return {
    kind: "aws",
    cluster,
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
  };
}

function createAccountReader(environment: Environment) {
  let last:
    | { readonly key: string; readonly at: number; readonly answer: Promise<ResolvedCluster | Failure> }
    | undefined;
  const ask = async (
    choice: AwsChoice,
    ratePercent: number | undefined,
  ): Promise<ResolvedCluster | Failure> => {
    try {
      const port = await environment.connectEcs({ ...choice, ratePercent });
      try {
        const cluster = await port.readCluster(choice.cluster);
        return {
          cluster,
          label: labelOf(choice),
          kind: choice.endpointUrl === undefined ? "aws" : "endpoint",
          seen: { how: "read", at: Date.now() },
        };
      } finally {
        port.close();
      }
    } catch (error) {
      return failureOf(error);
    }
  };
  return {
    read: (choice: AwsChoice, ratePercent?: number): Promise<ResolvedCluster | Failure> => {
      const key = JSON.stringify(choice);
      const age = isLoopbackEndpoint(choice.endpointUrl) ? accountAge.loopback : accountAge.remote;
      if (last?.key === key && Date.now() - last.at < age) return last.answer;
      last = { key, at: Date.now(), answer: ask(choice, ratePercent) };
      return last.answer;
    },
    forget: () => {
      last = undefined;
    },
  };
}

function labelOf({ cluster, profile, region, endpointUrl }: AwsChoice): string {
  const where = [profile, region, hostOf(endpointUrl)].filter((it) => it !== undefined);
  return where.length === 0 ? cluster : `${cluster} (${where.join(", ")})`;
}
