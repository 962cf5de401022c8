// Which files of a folder tree belong to its workspace: bounds and names, for whoever reads the files.

import { isHostFile } from "../resources/kinds/kindSigns";

/** A workspace can be a home folder: beyond these bounds the rest is not read. */
export const scanLimits = {
  folders: 4_000,
  /** Of JSON files and queries, and as many of YAML and Terraform files: neither keeps the other from being found. */
  files: 3_000,
  depth: 12,
  /** Bytes. A task definition may have 64 KiB; a service is smaller. */
  fileSize: 512 * 1024,
} as const;

const skippedFolders = new Set(["node_modules", "dist", "out", "target", "vendor", "cdk.out"]);

/** Whether a folder of that name holds only what was generated or belongs to somebody else. */
export function isSkippedFolder(name: string): boolean {
  return skippedFolders.has(name) || name.startsWith(".");
}

/** Whether a file of that name can be a document of ours. */
export function isCandidateFile(path: string): boolean {
  return /\.(?:jsonc?|ecsquery)$/i.test(path) || isHostFile(path);
}

/** Paths of candidates within the bounds. */
export class CandidatePaths {
  readonly paths: string[] = [];
  private hosts = 0;

  add(path: string): void {
    if (!isCandidateFile(path)) return;
    const isHost = isHostFile(path);
    const count = isHost ? this.hosts : this.paths.length - this.hosts;
    if (count >= scanLimits.files) return;
    if (isHost) this.hosts += 1;
    this.paths.push(path);
  }

  get isFull(): boolean {
    return this.hosts >= scanLimits.files && this.paths.length >= 2 * scanLimits.files;
  }
}
