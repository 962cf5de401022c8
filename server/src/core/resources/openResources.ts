// Everything of ours that a file holds: a JSON file is one document, a template or a Terraform file holds any number.

import { codeFamilyOf } from "../source/code/literals";
import type { Node } from "../source/node";
import type { Damage } from "../source/source";
import { spanOf } from "../source/tree";
import { mayBeTemplate, readTemplate } from "./hosts/cloudformation/readTemplate";
import { expressionsInCode, mayHaveExpressions } from "./hosts/code/readCode";
import { mayBeContainerList, readContainerList } from "./hosts/containerList";
import type { GivenValues } from "./hosts/givenValues";
import type { HostedInput } from "./hosts/hostedInput";
import { mayBeTaskFile, readTaskFile } from "./hosts/taskFiles";
import { mayBeConfiguration, readConfiguration } from "./hosts/terraform/readConfiguration";
import type { Names, ReadFile } from "./hosts/terraform/terraformHost";
import { kindByName } from "./kinds/kindSigns";
import { type OpenOptions, openResource, type Resource } from "./resource";

/** What is known besides the text. */
export interface FileOptions extends OpenOptions {
  /** Of a Terraform file: the names of the other files of its module. */
  readonly names?: Names;
  /** Of a Terraform file: what its calls of `file()` and `templatefile()` read. */
  readonly readFile?: ReadFile;
  /** Values of parameters, variables and attributes of resources. */
  readonly given?: GivenValues;
}

/** The documents of a file, in the order of its text; one of no kind where nothing is ours. Never throws. */
export function openResources(
  fileName: string,
  text: string,
  options: FileOptions = {},
): readonly Resource[] {
  if (mayBeConfiguration(fileName, text))
    return hosted(fileName, text, readConfiguration(text, options.names, options.given, options.readFile));
  if (mayBeTemplate(fileName, text)) {
    const found = hosted(fileName, text, readTemplate(text, options.given));
    if (found.length > 0 || !/\.json$/i.test(fileName)) return found;
  }
  if (mayBeTaskFile(fileName, text)) return hosted(fileName, text, readTaskFile(fileName, text));
  if (mayBeContainerList(fileName, text)) {
    const { inputs, damage } = readContainerList(text);
    if (inputs.length > 0) return hosted(fileName, text, inputs, damage);
  }
  if (codeFamilyOf(fileName) !== undefined) {
    const found = mayHaveExpressions(fileName, text) ? expressionsInCode(fileName, text) : [];
    return found.length > 0 ? inCode(fileName, text, found) : [unrelated(fileName, text)];
  }
  const isPlain =
    options.kind !== undefined || options.earlierKind !== undefined || mayBeJson(fileName, text);
  return [isPlain ? openResource(fileName, text, options) : unrelated(fileName, text)];
}

/**
 * Whether a text may be meant as JSON. Workflows, manifests, notes and templates of other files quote task definitions, and
 * are no damaged ones for it.
 */
function mayBeJson(fileName: string, text: string): boolean {
  if (kindByName(fileName) !== undefined || /\.jsonc?(?:\.\w+)*$/i.test(fileName)) return true;
  return !/\.ya?ml(?:\.\w+)*$/i.test(fileName) && /^\ufeff?\s*(?:\/[/*]|\[|\{(?![{%#]))/.test(text);
}

/** A file with nothing of ours. */
function unrelated(file: string, text: string): Resource {
  return {
    source: { file, text, root: undefined, problems: [], placeholders: [], takesPlaceholders: true },
    kind: undefined,
    input: undefined,
    operation: undefined,
  };
}

/** Expressions in a program, each named by its line. They are in the order of the text. */
function inCode(file: string, text: string, literals: readonly Node[]): readonly Resource[] {
  let [line, at] = [1, 0];
  return literals.map((literal) => {
    for (let end = text.indexOf("\n", at); end >= 0 && end < literal.offset; end = text.indexOf("\n", at)) {
      line += 1;
      at = end + 1;
    }
    return {
      source: { file, text, root: literal, problems: [], placeholders: [], takesPlaceholders: true },
      kind: "query",
      input: literal,
      operation: undefined,
      hosted: { id: `line ${line}`, host: "code", name: spanOf(literal), definitionId: undefined },
    };
  });
}

/** `FILE`, or `FILE#RESOURCE` for a resource in a file of another format. */
export function nameOfResource({ source: { file }, hosted }: Resource): string {
  return hosted === undefined || hosted.host === "containerList" ? file : `${file}#${hosted.id}`;
}

/** Templates and modules create what they describe. */
const hostedOperations = {
  taskDefinition: "registerTaskDefinition",
  service: "createService",
  daemonTaskDefinition: "registerDaemonTaskDefinition",
  daemon: "createDaemon",
  capacityProvider: "createCapacityProvider",
} as const;

function hosted(
  file: string,
  text: string,
  inputs: readonly HostedInput[],
  { problems, lostFrom }: Damage = { problems: [] },
): readonly Resource[] {
  return inputs.map(({ kind, input, ...at }) => ({
    source: {
      file,
      text,
      root: input,
      problems,
      placeholders: [],
      takesPlaceholders: true,
      ...(lostFrom !== undefined && { lostFrom }),
    },
    kind,
    input,
    operation: hostedOperations[kind],
    hosted: at,
  }));
}
