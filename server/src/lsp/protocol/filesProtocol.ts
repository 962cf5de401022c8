// What a server without a file system of its own asks of the client, which reads by the means of the editor.

export interface FileParams {
  readonly uri: string;
}
export interface FileEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Answers the text; `null` where there is no such file. */
export const readFileMethod = "ecsDaemon/files/read";
/** Answers `{ modified, size }` of a file, in milliseconds since 1970 and bytes; `null` where there is none. */
export const fileStampMethod = "ecsDaemon/files/stamp";
/** Answers a list of `FileEntry`; empty where there is no such folder. */
export const listFolderMethod = "ecsDaemon/files/list";
