// What the page of a panel kept, perhaps under another version or changed by hand. Page and host read it alike, value by
// value: what has another form is left out.

import type { ClusterChange } from "../../../server/src/lsp/protocol/protocol";
import { storedTexts, storedValues } from "../storedValues";
import type { PanelState, PreviewedDocument } from "./messages";

/** The state without its version. */
export function readPanelState(stored: unknown): Omit<Partial<PanelState>, "version"> {
  const { document, changes, trial, values, valuesFiles, locked } = storedValues(stored);
  const read = { document: readDocument(document), trial: readTrial(trial) };
  const texts = Object.entries(storedValues(values)).filter((it): it is [string, string] => isText(it[1]));
  return {
    ...(read.document !== undefined && { document: read.document }),
    ...(read.trial !== undefined && { trial: read.trial }),
    // What is in a change is for the language server to judge, which says what it cannot use.
    changes: Array.isArray(changes) ? (changes as readonly ClusterChange[]) : [],
    values: Object.fromEntries(texts),
    valuesFiles: storedTexts(valuesFiles),
    locked: locked === true,
  };
}

function readDocument(stored: unknown): PreviewedDocument | undefined {
  const { uri, name, service } = storedValues(stored);
  if (!isText(uri) || !isText(name)) return undefined;
  return { uri, name, ...((service === null || isText(service)) && { service }) };
}

function readTrial(stored: unknown): PanelState["trial"] {
  const { expression, replaces } = storedValues(stored);
  return isText(expression) ? { expression, ...(replaces === true && { replaces }) } : undefined;
}

const isText = (value: unknown): value is string => typeof value === "string";
