// Templates and Terraform files on the command line: which resource of a file is meant, and the values that a call gives.

import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type GivenValues, givenText } from "../../core/resources/hosts/givenValues";
import { isModuleFile, moduleNames } from "../../core/resources/hosts/terraform/moduleNames";
import type { Names } from "../../core/resources/hosts/terraform/terraformHost";
import { readValuesFile } from "../../core/resources/hosts/valuesFile";
import { openResources } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import type { Node } from "../../core/source/node";
import { scanLimits } from "../../core/workspace/scan";
import { subjectsOf } from "../../core/workspace/subjects";
import { InputError, type OptionValues, UsageError } from "../command";
import { readTextFile, statOf, tryRead } from "./textFiles";

/** The options that give values, and what `--help` says about them. */
export const valueOptions = {
  set: { type: "string", multiple: true },
  values: { type: "string", multiple: true },
} as const;
export const valueSynopsis = "[--set NAME=VALUE]… [--values FILE]…";
export const valueHelp = `
  --set NAME=VALUE    the value of a parameter, a variable or anything else
                      that a template or Terraform file refers to, for example
                      AgentMemory=512 or aws_iam_role.agent.arn=ARN
  --values FILE       such values from a *.tfvars file, or from a file of
                      CloudFormation parameters`;

/** Those of `--set` count before those of files, later files before earlier ones. */
export async function readGivenValues(values: OptionValues): Promise<GivenValues> {
  const given = new Map<string, Node>();
  for (const path of listOf(values.values)) {
    const found = readValuesFile(path, await readTextFile(path));
    if (found === undefined) throw new InputError(`${path} is not a file of values.`);
    for (const [name, value] of found) given.set(name, value);
  }
  for (const text of listOf(values.set)) {
    const at = text.indexOf("=");
    if (at < 1) throw new UsageError("--set is NAME=VALUE; one of them has no name before an equals sign.");
    given.set(text.slice(0, at), givenText(text.slice(at + 1)));
  }
  return given;
}

const listOf = (value: OptionValues[string]): readonly string[] => (Array.isArray(value) ? value : []);

/** `FILE` or `FILE#RESOURCE`; a file whose name has the sign is that file. */
export function splitResource(argument: string): { readonly path: string; readonly id: string | undefined } {
  const at = argument.lastIndexOf("#");
  if (at < 1 || statOf(argument) !== undefined) return { path: argument, id: undefined };
  return { path: argument.slice(0, at), id: argument.slice(at + 1) };
}

/** What a text holds, with the names of its Terraform module and the given values. */
export function openTextOf(path: string, text: string, given?: GivenValues): readonly Resource[] {
  const names = isModuleFile(path) ? namesAround(path) : undefined;
  return openResources(path, text, {
    readFile: (name) => tryRead(join(dirname(path), name), largestList),
    ...(names && { names }),
    ...(given && { given }),
  });
}

/** Bytes of a file of containers that a Terraform file reads; a task definition may have 64 KiB. */
const largestList = 1_000_000;

const modules = new Map<string, Names>();

/** What was read of Terraform modules is read again: for a process that outlives a call. */
export function forgetModules(): void {
  modules.clear();
}

/** The names of all Terraform files of the folder. */
function namesAround(path: string): Names {
  const folder = dirname(resolve(path));
  const known = modules.get(folder);
  if (known !== undefined) return known;
  const texts = entriesOf(folder)
    .filter(isModuleFile)
    .flatMap((it) => tryRead(join(folder, it), scanLimits.fileSize) ?? []);
  const names = moduleNames(texts);
  modules.set(folder, names);
  return names;
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The resource as its file has it, whatever values it was read with. */
export function withoutGiven(resource: Resource): Resource {
  const { hosted, source } = resource;
  if (hosted === undefined) return resource;
  return openTextOf(source.file, source.text).find((it) => it.hosted?.id === hosted.id) ?? resource;
}

/** The resource again, with the given values. */
export function withGiven(resource: Resource, given: GivenValues): Resource {
  const { hosted, source } = resource;
  if (hosted === undefined || given.size === 0) return resource;
  const found = openTextOf(source.file, source.text, given).find((it) => it.hosted?.id === hosted.id);
  return found ?? resource;
}

/**
 * The resources of a file, or the one of that name. Rejects with an InputError where the file has none of that name.
 */
export async function readResources(argument: string, given?: GivenValues): Promise<readonly Resource[]> {
  const { path, id } = splitResource(argument);
  const resources = openTextOf(path, await readTextFile(path), given);
  if (id === undefined) return resources;
  const found = resources.filter((it) => it.hosted?.id === id);
  if (found.length > 0) return found;
  throw new InputError(`${path} has no resource ${id}${namesOf(resources, ". It has ", "")}.`);
}

/** The resource that a call is about: the only one of its file that can be. */
export async function readSubject(argument: string, given: GivenValues): Promise<Resource> {
  const subjects = subjectsOf(await readResources(argument, given));
  const [only, ...others] = subjects;
  if (only === undefined) throw new InputError(`${argument} has no task definition and no service.`);
  if (others.length === 0) return only;
  throw new InputError(
    `${argument} has several resources: ${namesOf(subjects, "", "")}. Name one: ${argument}#${only.hosted?.id}.`,
  );
}

function namesOf(resources: readonly Resource[], before: string, otherwise: string): string {
  const names = resources.flatMap((it) => it.hosted?.id ?? []);
  return names.length === 0 ? otherwise : `${before}${names.join(", ")}`;
}
