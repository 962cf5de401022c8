// An opened document: its kind, its text parsed once, and where templates stand in for values.

import type { InputOperation } from "../api/apiModel";
import { type ParsedJson, parseJson } from "../source/json/parseJson";
import type { Repair } from "../source/json/repair";
import type { SyntaxProblem } from "../source/json/syntaxProblem";
import type { Node } from "../source/node";
import { get } from "../source/tree";
import type { Span } from "../text/span";
import type { DocumentKind } from "./kinds/documentKind";
import { kindOf, serviceInside } from "./kinds/kinds";

export interface Resource {
  /** Path or URI; only its last part decides anything. */
  readonly fileName: string;
  readonly text: string;
  /** `undefined`: none of ours. */
  readonly kind: DocumentKind | undefined;
  /** The JSON tree of the text (templates read as values); `undefined` for a query document or empty text. */
  readonly root: Node | undefined;
  /** JSON syntax errors, those a placeholder causes left out. */
  readonly syntaxErrors: readonly SyntaxProblem[];
  /** Spans of placeholders outside and inside strings: `{{ x }}`, `${X}`, `$X`, `<x>`. */
  readonly templates: readonly Span[];
  /** Whether `$X` and its like are placeholders: in a file they are, in a request they are text. */
  readonly takesPlaceholders: boolean;
  /** The object that is the operation's input: the root, or what an answer's wrapper holds. */
  readonly input: Node | undefined;
  /** The edit that makes a damaged text JSON: the tree is the one behind it, with the offsets of the text. */
  readonly repair?: Repair;
  /** Where the document is a resource in a file of another format: its name there. */
  readonly resource?: HostedAt;
  /** For task definitions and services; a service without `serviceName` but with `service` is an update. */
  readonly operation: InputOperation | undefined;
}

/** What describes an input where the file itself is not the JSON of the AWS CLI. */
export type HostKind = "cloudFormation" | "terraform" | "containerList";

export interface HostedAt {
  /** As the host names it: a logical id, a Terraform address. */
  readonly id: string;
  readonly host: HostKind;
  /** Where the resource is named. */
  readonly name: Span;
  /** Of a service: the resource that is its task definition, by its id. */
  readonly definitionId: string | undefined;
}

export interface OpenOptions {
  /** False: `$X` and its like are text. */
  readonly templates?: boolean;
  /** What the document was before its last change: while it is damaged it stays that. */
  readonly earlierKind?: DocumentKind | undefined;
}

/** Reads a document. Never throws: what cannot be read is in `syntaxErrors`, and the tree is as whole as can be. */
export function openResource(fileName: string, text: string, options: OpenOptions = {}): Resource {
  const takesPlaceholders = options.templates ?? true;
  const parsed: ParsedJson = /\.ecsquery$/i.test(fileName)
    ? { root: undefined, problems: [], templates: [], isDamaged: false }
    : parseJson(text, takesPlaceholders, /\.jsonc$/i.test(fileName));
  const shown = kindOf(fileName, parsed.root, parsed.isDamaged ? text : undefined);
  const kind = shown ?? (parsed.isDamaged ? options.earlierKind : undefined);
  const input = inputOf(kind, parsed.root);
  return {
    fileName,
    text,
    kind,
    root: parsed.root,
    syntaxErrors: parsed.problems,
    templates: parsed.templates,
    takesPlaceholders,
    input,
    operation: operationOf(kind, input),
    ...(parsed.repair && { repair: parsed.repair }),
  };
}

function inputOf(kind: DocumentKind | undefined, root: Node | undefined): Node | undefined {
  if (kind === "taskDefinition") {
    const inner = get(root, "taskDefinition");
    return get(inner, "containerDefinitions") && !get(root, "containerDefinitions") ? inner : root;
  }
  return kind === "service" ? (serviceInside(root) ?? root) : root;
}

function operationOf(kind: DocumentKind | undefined, input: Node | undefined): InputOperation | undefined {
  if (kind === "taskDefinition") return "registerTaskDefinition";
  if (kind !== "service") return undefined;
  if (get(input, "serviceName")) return "createService";
  // Some tools pass the service's name beside the file; only an update can force a deployment.
  return get(input, "service") || get(input, "forceNewDeployment") ? "updateService" : "createService";
}
