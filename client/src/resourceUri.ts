// URIs of resources: a template or Terraform file holds several, and each is named behind the `#` of its file's URI.

import { Uri } from "vscode";

/** The URI of the file, for whoever opens or compares it. */
export function fileUri(uri: string): string {
  const at = uri.indexOf("#");
  return at < 0 ? uri : uri.slice(0, at);
}

/** The same as VS Code has it. */
export function parsedFileUri(uri: string): Uri {
  return Uri.parse(fileUri(uri));
}
