// The files of values that a request names: Terraform's `*.tfvars`, and parameters of CloudFormation.

import type { GivenValues } from "../../core/resources/hosts/givenValues";
import { readValuesFile } from "../../core/resources/hosts/valuesFile";
import type { Node } from "../../core/source/node";
import { scanLimits } from "../../core/workspace/scan";
import type { ServerContext } from "../base/context";
import { pathOfUri } from "../base/uris";
import type { PreviewedValuesFile } from "../protocol/protocol";

export interface FileValues {
  /** By name, as the files have them: `memory` is Terraform's `var.memory`. Later files count before earlier ones. */
  readonly given: GivenValues;
  /** By the same names, the URI of the file that gives the value. */
  readonly from: ReadonlyMap<string, string>;
  /** In the order of the request. */
  readonly files: readonly PreviewedValuesFile[];
}

/** What cannot be read gives no values, and the reason. */
export async function readFileValues(
  { environment }: Pick<ServerContext, "environment">,
  uris: readonly string[],
): Promise<FileValues> {
  const given = new Map<string, Node>();
  const from = new Map<string, string>();
  const files: PreviewedValuesFile[] = [];
  for (const uri of uris) {
    const found = await valuesIn(environment, uri);
    files.push(typeof found === "string" ? { uri, problem: found } : { uri });
    if (typeof found === "string") continue;
    for (const [name, value] of found) {
      given.set(name, value);
      from.set(name, uri);
    }
  }
  return { given, from, files };
}

async function valuesIn(
  environment: ServerContext["environment"],
  uri: string,
): Promise<GivenValues | string> {
  const path = pathOfUri(uri);
  const stamp = path === undefined ? undefined : await environment.fileStamp(path);
  if (path === undefined || stamp === undefined) return "The file was moved or deleted.";
  if (stamp.size > scanLimits.fileSize) return "The file is too large.";
  const text = await environment.readFile(path).catch(() => undefined);
  if (text === undefined) return "The file cannot be read.";
  return readValuesFile(path, text) ?? "The file has no values of a template or module.";
}
