// Which files of a folder tree belong to its workspace: bounds and names, for whoever reads the files.

/** A workspace can be a home folder: beyond these bounds the rest is not read. */
export const scanLimits = {
  folders: 4_000,
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
  return /\.(?:jsonc?|ecsquery)$/i.test(path);
}
