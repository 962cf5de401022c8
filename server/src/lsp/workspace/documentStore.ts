// The documents the client has open. Each version is read once, when something first asks for it.

import type { Connection } from "vscode-languageserver/node";
import { TextDocuments } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { mayHaveExpressions } from "../../core/resources/hosts/code/readCode";
import type { ModuleContext } from "../../core/resources/hosts/terraform/moduleNames";
import { kindByName, mayBeOurs } from "../../core/resources/kinds/kindSigns";
import { traitsOf } from "../../core/resources/kinds/registry";
import { openResources } from "../../core/resources/openResources";
import { openResource, type Resource } from "../../core/resources/resource";
import { inSetKind, type KindSetting } from "../../core/workspace/kindSettings";
import { fileUri, resourceIdOf } from "../base/uris";

export interface DocumentStore {
  /**
   * The newest text of an open document; `undefined` where it is not open. A URI with a resource's name gives that
   * resource; one without gives the first of a file with several.
   */
  get(uri: string): Resource | undefined;
  /** Everything of ours in an open file, in the order of its text; never empty for an open one. */
  all(uri: string): readonly Resource[];
  version(uri: string): number | undefined;
  /** The text of an open document, without reading it. */
  text(uri: string): string | undefined;
  uris(): readonly string[];
  /** Where what the other files of a Terraform module give comes from. */
  setModules(moduleOf: (uri: string) => ModuleContext | undefined): void;
  /** Which kind files are of where nothing else decides. */
  setKinds(settings: () => readonly KindSetting[]): void;
  onOpened(listener: (uri: string) => void): void;
  onChanged(listener: (uri: string) => void): void;
  /** `kind` is what the document was, where anything has asked for it. */
  onClosed(listener: (uri: string, kind: Resource["kind"]) => void): void;
}

interface Read {
  readonly version: number;
  readonly module: ModuleContext | undefined;
  readonly kinds: readonly KindSetting[];
  readonly resources: readonly Resource[];
}

/** Listens to the client's open, change and close notifications (incremental synchronization). */
export function createDocumentStore(connection: Connection): DocumentStore {
  const texts = new TextDocuments({ create: createText, update: TextDocument.update });
  const read = new Map<string, Read>();
  const opened: ((uri: string) => void)[] = [];
  const changed: ((uri: string) => void)[] = [];
  const closed: ((uri: string, kind: Resource["kind"]) => void)[] = [];
  let moduleOf: (uri: string) => ModuleContext | undefined = () => undefined;
  let kindsOf: () => readonly KindSetting[] = () => noKinds;

  texts.onDidOpen(({ document }) => {
    for (const listener of opened) listener(document.uri);
  });
  texts.onDidChangeContent(({ document }) => {
    for (const listener of changed) listener(document.uri);
  });
  texts.onDidClose(({ document }) => {
    const kind = read.get(document.uri)?.resources[0]?.kind;
    read.delete(document.uri);
    for (const listener of closed) listener(document.uri, kind);
  });
  texts.listen(connection);

  const all = (uri: string): readonly Resource[] => {
    const text = texts.get(uri);
    if (text === undefined) return [];
    const known = read.get(uri);
    const module = moduleOf(uri);
    const kinds = kindsOf();
    if (known?.version === text.version && known.module === module && known.kinds === kinds)
      return known.resources;
    const resources = openText(text, known?.resources, module).map((it) => inSetKind(it, kinds));
    read.set(uri, { version: text.version, module, kinds, resources });
    return resources;
  };

  return {
    get: (uri) => {
      const id = resourceIdOf(uri);
      const resources = all(id === undefined ? uri : fileUri(uri));
      return id === undefined ? resources[0] : resources.find((it) => it.hosted?.id === id);
    },
    all: (uri) => all(fileUri(uri)),
    version: (uri) => texts.get(uri)?.version,
    text: (uri) => texts.get(uri)?.getText(),
    uris: () => texts.keys(),
    setModules: (modules) => {
      moduleOf = modules;
    },
    setKinds: (settings) => {
      kindsOf = settings;
    },
    onOpened: (listener) => opened.push(listener),
    onChanged: (listener) => changed.push(listener),
    onClosed: (listener) => closed.push(listener),
  };
}

const noKinds: readonly KindSetting[] = [];

/** Rejects what no client should send, so that it is logged and not kept: every request reads all open documents. */
function createText(uri: unknown, language: unknown, version: number, text: unknown): TextDocument {
  if (typeof uri !== "string" || typeof language !== "string" || typeof text !== "string")
    throw new Error("A document is opened by its URI, language and text.");
  return TextDocument.create(uri, language, version, text);
}

/** UTF-16 units. A snapshot is never edited with help, so its tree is not worth its memory; a reader of its own reads it. */
const largestWithTree = { cluster: 1 << 20, other: 1 << 24 } as const;

/** Of an unsaved document, which has no file name that would tell what it is, but a language. */
const endings: Readonly<Record<string, string>> = {
  "ecs-query": ".ecsquery",
  terraform: ".tf",
  opentofu: ".tf",
  yaml: ".yaml",
  cloudformation: ".yaml",
};

function openText(
  document: TextDocument,
  earlier: readonly Resource[] | undefined,
  module: ModuleContext | undefined,
): readonly Resource[] {
  const { uri, languageId } = document;
  if (languageId === "ecs-query") return [named(openResource("untitled.ecsquery", document.getText()), uri)];
  const ending = endings[languageId];
  const name = ending === undefined || uri.toLowerCase().endsWith(ending) ? uri : nameFor(uri, ending);
  const found = openWithinBounds(name, document.getText(), earlier, module);
  return name === uri ? found : found.map((it) => named(it, uri));
}

/** A file of another ending than its language has, `stack.yml` for example, keeps its name. */
function nameFor(uri: string, ending: string): string {
  return /\.(?:ya?ml|template|tofu|ya?ml\.\w+)$/i.test(uri) ? uri : `untitled${ending}`;
}

function openWithinBounds(
  uri: string,
  text: string,
  earlier: readonly Resource[] | undefined,
  module: ModuleContext | undefined,
): readonly Resource[] {
  const promised = kindByName(uri);
  const { isCluster = false } = traitsOf({ kind: promised });
  const isSmall = text.length <= (isCluster ? largestWithTree.cluster : largestWithTree.other);
  const [first] = earlier ?? [];
  const earlierKind = first?.hosted === undefined ? first?.kind : undefined;
  const found =
    isSmall && (earlierKind !== undefined || mayBeOurs(uri, text) || mayHaveExpressions(uri, text))
      ? openResources(uri, text, { earlierKind, ...module })
      : [];
  return found.length > 0 ? found : [strange(uri, text, isCluster ? promised : undefined)];
}

/** A text without a tree. */
function strange(uri: string, text: string, kind: Resource["kind"]): Resource {
  return {
    source: { file: uri, text, root: undefined, problems: [], placeholders: [], takesPlaceholders: true },
    kind,
    input: undefined,
    operation: undefined,
  };
}

/** The same resource under the URI of its document. */
function named(resource: Resource, uri: string): Resource {
  return { ...resource, source: { ...resource.source, file: uri } };
}
