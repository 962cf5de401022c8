// What the tools for assistants need of the door that offers them: files, clusters and accounts, always read-only.

import type { Cluster } from "../core/cluster/containerInstance";
import type { Resource } from "../core/resources/resource";
import type { Diagnostic } from "../core/rules/diagnostic";
import type { DaemonService } from "../core/scheduler/placement";
import type { CoverageReport } from "../ecs/coverage/fleetReport";

/** Input that a tool cannot use; the message is its answer. */
export class ToolError extends Error {}

/** A document and its diagnostics; `file` is its path as the answer shows it. */
export interface CheckedResource {
  readonly file: string;
  readonly document: Resource;
  readonly diagnostics: readonly Diagnostic[];
}

export interface NamedCluster {
  readonly cluster: Cluster;
  /** For the answer: a file, or a cluster and where it is. */
  readonly label: string;
}

/** A daemon service, and the documents that it was read from. */
export interface NamedDaemon {
  readonly daemon: DaemonService;
  readonly documents: readonly Resource[];
  /** What the reader had to decide, in sentences. */
  readonly notes: readonly string[];
}

/** Everything rejects with an error whose message says what is wrong with the input. */
export interface ToolPort {
  /** The recognized documents of a file or folder. */
  checkFile(path: string): Promise<readonly CheckedResource[]>;
  /** `name` says what the text is of, as a file's name does. */
  checkText(name: string, text: string): Promise<readonly CheckedResource[]>;
  /** A snapshot or fleet file, or the name of a cluster; without a choice that of the user, if there is one. */
  cluster(choice: string | undefined): Promise<NamedCluster | undefined>;
  daemon(taskDefinition: string, service: string | undefined): Promise<NamedDaemon>;
  /** Looks at the daemons of clusters of the account that the user has chosen. */
  coverage(request: CoverageRequest, signal?: AbortSignal): Promise<CoverageReport>;
}

export interface CoverageRequest {
  /** Names; empty: that of the user, or all. */
  readonly clusters: readonly string[];
  /** Names of daemon services; empty: all. */
  readonly daemons: readonly string[];
}
