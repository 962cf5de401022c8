// The chosen cluster and every other one a request names: a snapshot or fleet file, the local endpoint, an account.

import { isDeepStrictEqual } from "node:util";
import type { OnRead } from "../../ecs/port";
import type { Environment } from "../base/environment";
import { failure, isFailure, untrusted } from "../base/failure";
import type { AwsSettings } from "../base/settings";
import type { ClusterOutcome } from "../protocol/clusterState";
import type { ClusterChoice, Failure } from "../protocol/protocol";
import type { DocumentStore } from "../workspace/documentStore";
import { isInsideFolders } from "../workspace/restrictedFiles";
import { type AccountReader, type AwsChoice, createAccountReader } from "./accountReader";
import type { ResolvedCluster } from "./chosenCluster";
import { type ClusterFileReader, createClusterFileReader } from "./clusterFiles";
import type { LocalCluster } from "./localCluster";

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

/** Looks that nobody asked for leave the rest of the rate that ECS grants the account to everybody else. */
const backgroundPercent = 50;

export function createClusterSource(needs: ClusterSourceNeeds): ClusterSource {
  return new ChosenClusterSource(needs);
}

/**
 * Invariant: `outcome` and `current` are of the present choice, and of the read that was begun last among those that have
 * been answered. Reads overlap; what an earlier one found does not count once a later one has been answered.
 */
class ChosenClusterSource implements ClusterSource {
  readonly #needs: ClusterSourceNeeds;
  readonly #files: ClusterFileReader;
  readonly #accounts: AccountReader;
  readonly #listeners: (() => void)[] = [];
  #chosen: ClusterChoice | undefined;
  #current: ResolvedCluster | undefined;
  #outcome: ClusterOutcome | undefined;
  #lastBegun = 0;
  #lastAnswered = 0;

  constructor(needs: ClusterSourceNeeds) {
    this.#needs = needs;
    this.#files = createClusterFileReader(
      needs.environment,
      needs.documents,
      async (path) => needs.trusted() || isInsideFolders(needs.environment, path, needs.folders()),
    );
    this.#accounts = createAccountReader(needs.environment);
  }

  choose(choice: ClusterChoice | undefined): void {
    this.#chosen = choice;
    this.#current = undefined;
    this.#accounts.forget();
    this.#settle(undefined);
  }

  chosen(): ClusterChoice | undefined {
    return this.#chosen;
  }

  target(): ClusterChoice | undefined {
    if (this.#chosen !== "aws") return this.#chosen;
    const target = awsChoice(this.#needs.aws());
    return isFailure(target) ? this.#chosen : target;
  }

  outcome(): ClusterOutcome | undefined {
    return this.#outcome;
  }

  onOutcome(listener: () => void): void {
    this.#listeners.push(listener);
  }

  async resolve(
    choice: ClusterChoice | undefined,
    folders: readonly string[],
  ): Promise<ResolvedCluster | Failure> {
    const desired = choice ?? this.#chosen;
    if (desired === undefined) return noCluster;
    const { answer, counts } = await this.#readInTurn(desired, folders);
    if (counts) this.#current = isFailure(answer) ? undefined : answer;
    return answer;
  }

  async refresh(folders: readonly string[]): Promise<"changed" | "same" | "failed"> {
    const choice = this.#chosen;
    if (choice === undefined) return "same";
    this.#accounts.forget();
    const { answer, counts } = await this.#readInTurn(choice, folders, backgroundPercent);
    if (!counts) return "same";
    const before = this.#current;
    if (isFailure(answer)) {
      if (!isFile(choice)) return "failed";
      this.#current = undefined;
      return before === undefined ? "same" : "changed";
    }
    // What is equal stays the same object, so that nothing is computed anew.
    if (before?.cluster === answer.cluster || isDeepStrictEqual(before, answer)) return "same";
    this.#current = answer;
    return "changed";
  }

  current(): ResolvedCluster | undefined {
    return this.#current;
  }

  currentFile(): string | undefined {
    return this.#chosen === undefined ? undefined : this.#files.pathOf(this.#chosen);
  }

  forgetAccounts(): void {
    this.#accounts.forget();
  }

  #settle(outcome: ClusterOutcome | undefined): void {
    this.#outcome = outcome;
    for (const listener of this.#listeners) listener();
  }

  async #readInTurn(choice: ClusterChoice, folders: readonly string[], ratePercent?: number) {
    this.#lastBegun += 1;
    const turn = this.#lastBegun;
    const answer = await this.#read(choice, folders, ratePercent, (read, total) => {
      if (choice === this.#chosen) this.#settle({ ...this.#outcome, reading: { read, total } });
    });
    const counts = choice === this.#chosen && turn > this.#lastAnswered;
    if (counts) {
      this.#lastAnswered = turn;
      this.#settle(outcomeOf(answer, this.#outcome));
    }
    return { answer, counts };
  }

  async #read(
    choice: ClusterChoice,
    folders: readonly string[],
    ratePercent: number | undefined,
    onRead: OnRead,
  ) {
    if (choice === "local") {
      await this.#needs.local.settled();
      return readLocal(this.#needs.local);
    }
    if (choice !== "aws" && typeof choice === "string") return this.#files.read(choice, folders);
    if (!this.#needs.trusted()) return untrusted;
    const target = choice === "aws" ? awsChoice(this.#needs.aws()) : choice;
    return isFailure(target) ? target : this.#accounts.read(target, ratePercent, onRead);
  }
}

/** A look that failed keeps what was known of the time before. */
function outcomeOf(answer: ResolvedCluster | Failure, before: ClusterOutcome | undefined): ClusterOutcome {
  if (isFailure(answer)) {
    const { reading: _, ...known } = before ?? {};
    return { ...known, problem: answer.error };
  }
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
  "No cluster is selected.",
  "Choose a snapshot file, a fleet file, the local cluster or an account with the command 'ECS Daemon: Select Cluster'.",
);

function readLocal(local: LocalCluster): ResolvedCluster | Failure {
  const cluster = local.read();
  if (cluster !== undefined) return { cluster, label: `local (${cluster.name})`, kind: "local" };
  return failure(
    "no-local-cluster",
    "The local cluster is not running.",
    "Start it with the command 'ECS Daemon: Start Local Cluster'.",
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
