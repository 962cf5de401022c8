// The setting `ecsDaemon.documentKinds`: what a file is whose name and content leave it open.

import { isForDaemons } from "../resources/kinds/daemonMarks";
import { type DocumentKind, kindSigns } from "../resources/kinds/kindSigns";
import { isTaskDefinition } from "../resources/kinds/registry";
import { type Resource, readAs } from "../resources/resource";
import { fileGlob } from "../rules/fileGlob";

/** One entry of the setting. */
export interface KindSetting {
  /** A glob, as in `ecsDaemon.diagnostics`. */
  readonly files: string;
  readonly kind: DocumentKind;
}

/** More entries than anybody writes; each is compared with every file. */
const mostEntries = 500;

/** The entries of the setting's value, whatever it is; what is not an entry is left out. */
export function readKindSettings(value: unknown): readonly KindSetting[] {
  if (!Array.isArray(value)) return [];
  return value.slice(-mostEntries).flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    const { files, kind } = entry as { readonly files?: unknown; readonly kind?: unknown };
    const known = kindSigns.find((it) => it.kind === kind)?.kind;
    return typeof files === "string" && files !== "" && known !== undefined ? [{ files, kind: known }] : [];
  });
}

/**
 * The document as the kind that the settings give its file. Content that only one kind can have and a name that only
 * daemon task definitions have come first: an entry decides for task definitions that could be of either kind, and for
 * files that are recognized as nothing. The last entry that fits counts. The same object for the same arguments.
 */
export function inSetKind(document: Resource, settings: readonly KindSetting[]): Resource {
  if (settings.length === 0 || !isLeftOpen(document)) return document;
  const known = decided.get(document);
  if (known?.settings === settings) return known.resource;
  const kind = settings.findLast(({ files }) => fileGlob(files)(document.source.file))?.kind;
  const resource = kind === undefined || kind === document.kind ? document : readAs(document, kind);
  decided.set(document, { settings, resource });
  return resource;
}

const decided = new WeakMap<
  Resource,
  { readonly settings: readonly KindSetting[]; readonly resource: Resource }
>();

function isLeftOpen({ kind, input, source: { root, problems }, hosted }: Resource): boolean {
  if (hosted !== undefined || root?.type !== "object" || problems.length > 0) return false;
  if (kind === undefined) return true;
  return isTaskDefinition({ kind }) && input === root && isForDaemons(root) === undefined;
}
