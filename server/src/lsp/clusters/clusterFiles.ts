// Clusters from snapshot and fleet files. An open document wins over the file on disk; a file is read again only
// when its size or time of change differ (a snapshot of 5,000 instances is some 46 MB of text).

import { type ReadClusterText, readClusterText } from "../../core/cluster/readClusterText";
import type { Resource } from "../../core/resources/resource";
import type { Environment } from "../base/environment";
import { failure } from "../base/failure";
import { candidatePaths, pathOfUri, uriKey } from "../base/uris";
import type { ClusterChoice, ClusterSeen, Failure } from "../protocol/protocol";
import type { DocumentStore } from "../workspace/documentStore";
import type { ResolvedCluster } from "./chosenCluster";

export interface ClusterFileReader {
  read(pathOrUri: string, folders: readonly string[]): Promise<ResolvedCluster | Failure>;
  /** The path the choice was last read from. */
  pathOf(choice: ClusterChoice): string | undefined;
}

export function createClusterFileReader(
  environment: Environment,
  documents: DocumentStore,
  mayRead: (path: string) => Promise<boolean>,
): ClusterFileReader {
  const byPath = new Map<string, { readonly stamp: string; readonly answer: ResolvedCluster | Failure }>();
  const byDocument = new WeakMap<Resource, ResolvedCluster | Failure>();
  const paths = new Map<string, string>();

  const readDocument = (document: Resource) => {
    const known = byDocument.get(document);
    if (known !== undefined) return known;
    const answer = interpret(document.source.file, document.source.text);
    byDocument.set(document, answer);
    return answer;
  };

  const readFresh = async (path: string, modified: number): Promise<ResolvedCluster | Failure> => {
    try {
      return interpret(path, await environment.readFile(path), modified);
    } catch (error) {
      return unreadable(path, error instanceof Error ? error.message : String(error));
    }
  };

  const readPath = async (path: string): Promise<ResolvedCluster | Failure | undefined> => {
    const open = documents.uris().find((it) => uriKey(it) === path);
    const document = open === undefined ? undefined : documents.get(open);
    if (document !== undefined) return readDocument(document);
    if (!(await mayRead(path))) return restrictedFile;
    const found = await environment.fileStamp(path);
    if (found === undefined) return undefined;
    const stamp = `${found.modified} ${found.size}`;
    const known = byPath.get(path);
    if (known?.stamp === stamp) return known.answer;
    const answer = await readFresh(path, found.modified);
    // One file at a time: a second large snapshot must not keep the first one in memory.
    byPath.clear();
    byPath.set(path, { stamp, answer });
    return answer;
  };

  return {
    read: async (pathOrUri, folders) => {
      const openResource = documents.get(pathOrUri);
      if (openResource !== undefined) {
        paths.set(pathOrUri, pathOfUri(pathOrUri) ?? pathOrUri);
        return readDocument(openResource);
      }
      for (const path of candidatePaths(pathOrUri, folders)) {
        const answer = await readPath(path);
        if (answer === undefined) continue;
        paths.set(pathOrUri, path);
        return answer;
      }
      return unreadable(pathOrUri, "there is no such file");
    },
    pathOf: (choice) => (typeof choice === "string" ? paths.get(choice) : undefined),
  };
}

/** The same for a file that is there and for one that is not: nobody learns which of them there are. */
const restrictedFile = failure(
  "untrusted-workspace",
  "Not available in Restricted Mode: the cluster file is outside the workspace folder.",
);

/** `modified`: when the file was, in milliseconds since 1970; what is open in an editor is of now. */
function interpret(fileName: string, text: string, modified?: number): ResolvedCluster | Failure {
  const read = readClusterText(fileName, text);
  const empty = read.cluster.instances.length === 0;
  const problem = read.problems.find((it) => it.severity === "error" && (empty || it.offset !== undefined));
  if (problem !== undefined) return unreadable(fileName, problem.message);
  const seen = seenOf(read, modified);
  return {
    cluster: read.cluster,
    label: lastPart(fileName),
    kind: "file",
    ...(seen !== undefined && { seen }),
  };
}

/** Nobody has seen the cluster of a fleet file; a snapshot that names no time is as old as its file, or older. */
function seenOf(
  { kind, capturedAt }: ReadClusterText,
  modified: number | undefined,
): ClusterSeen | undefined {
  if (kind === "fleet") return undefined;
  if (capturedAt !== undefined) return { how: "captured", at: capturedAt };
  return modified === undefined ? undefined : { how: "written", at: modified };
}

function lastPart(fileName: string): string {
  const part = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function unreadable(fileName: string, why: string): Failure {
  return failure(
    "unreadable-cluster",
    `The cluster file ${lastPart(fileName)} cannot be read: ${why.replace(/\.$/, "")}.`,
    "Choose the output of 'aws ecs describe-container-instances' or a fleet file.",
  );
}
