// A resource: what stands in a source, its kind and the input of ECS that it is.

import type { InputOperation } from "../api/apiModel";
import { type ParsedJson, parseJson } from "../source/json/parseJson";
import type { Need, Node } from "../source/node";
import type { Source } from "../source/source";
import type { Span } from "../text/span";
import type { Definitions } from "./hosts/choices";
import type { DocumentKind } from "./kinds/kindSigns";
import { isPlainText, kindOf, kinds } from "./kinds/registry";

/** What stands in a source: one input of ECS, one cluster file, one expression. */
export interface Resource {
  readonly source: Source;
  /** `undefined`: none of ours. */
  readonly kind: DocumentKind | undefined;
  /** The object that is the operation's input: the root, or what an answer's wrapper holds. */
  readonly input: Node | undefined;
  /** Where a file of another format describes the resource: its name there. */
  readonly hosted?: HostedAt;
  /** For task definitions and services; a service without `serviceName` but with `service` is an update. */
  readonly operation: InputOperation | undefined;
}

/** What describes an input where the file itself is not the JSON of the AWS CLI. */
export type HostKind = "cloudFormation" | "terraform" | "containerList" | "code" | "ansible" | "ecsParams";

export interface HostedAt {
  /** As the host names it: a logical id, a Terraform address. */
  readonly id: string;
  readonly host: HostKind;
  /** Where the resource is named. */
  readonly name: Span;
  /** Of a service: the resource that is its task definition, by its id. */
  readonly definitionId: string | undefined;
  /** Of a service: the resources of which a condition chooses its task definition. */
  readonly definitions?: Definitions;
  /** Where the host does not make the resource: the names whose values, or whose defaults, say so. */
  readonly absent?: readonly Need[];
  /** Of a definition in Terraform: the files that its list of containers is read from, from its folder. */
  readonly listFiles?: readonly string[];
  /** Of a resource that is read from a part of the text by itself. */
  readonly part?: PlacedPart;
}

/** A part of a text that was read by itself. */
export interface PlacedPart {
  /** The same object as long as the part, and all that it refers to, are the same, wherever the part is. */
  readonly read: object;
  /** Where the part begins in the text. */
  readonly start: number;
}

export interface OpenOptions {
  /** False: `$X` and its like are text. */
  readonly templates?: boolean;
  /** What the document was before its last change: while it is damaged it stays that. */
  readonly earlierKind?: DocumentKind | undefined;
  /** The kind that somebody has decided on, whatever name and content show. */
  readonly kind?: DocumentKind | undefined;
}

/** Reads a document. Never throws: what cannot be read is in its source's `problems`, and the tree is as whole as can be. */
export function openResource(file: string, text: string, options: OpenOptions = {}): Resource {
  const takesPlaceholders = options.templates ?? true;
  const parsed: ParsedJson = isPlainText(file)
    ? { root: undefined, problems: [], templates: [], isDamaged: false }
    : parseJson(text, takesPlaceholders, /\.jsonc$/i.test(file));
  const shown = options.kind ?? kindOf(file, parsed.root, parsed.isDamaged ? text : undefined);
  const kind = shown ?? (parsed.isDamaged ? options.earlierKind : undefined);
  const input = inputOf(kind, parsed.root);
  return {
    source: {
      file,
      text,
      root: parsed.root,
      problems: parsed.problems,
      placeholders: parsed.templates,
      takesPlaceholders,
      ...(parsed.repair && { repair: parsed.repair }),
      ...(parsed.lostFrom !== undefined && { lostFrom: parsed.lostFrom }),
    },
    kind,
    input,
    operation: operationOf(kind, input),
  };
}

/** The same document read as another kind. */
export function readAs(document: Resource, kind: DocumentKind): Resource {
  const input = inputOf(kind, document.source.root);
  return { ...document, kind, input, operation: operationOf(kind, input) };
}

function operationOf(kind: DocumentKind | undefined, input: Node | undefined): InputOperation | undefined {
  return kind === undefined ? undefined : kinds[kind].operationOf?.(input);
}

function inputOf(kind: DocumentKind | undefined, root: Node | undefined): Node | undefined {
  const find = kind === undefined ? undefined : kinds[kind].inputOf;
  return find === undefined ? root : find(root);
}
