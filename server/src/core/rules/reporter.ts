// Turns what a rule reports into diagnostics: fills the catalogue's texts, finds the span, drops fixes that cannot be applied.

import { areApart, type Change, type TextEdit } from "../source/change";
import { writeJson } from "../source/json/writer";
import { isAssumed, type JsonNode, spanOf } from "../source/tree";
import type { Span } from "../text/span";
import { type Code, entryOf, urlOf } from "./catalogue";
import type { Diagnostic, Fix } from "./diagnostic";
import type { ProposedFix } from "./fix";
import { type TitleWords, titleText } from "./fixTitle";
import type { Spelling } from "./hostSpelling";
import type { Report, ReportExtras } from "./rule";

/** A value from the document may be a megabyte long; a message may not. */
const longestParam = 120;

/** Fills the slots of a catalogue text; `problem` is a sentence of ours, whatever its length. */
function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => {
    if (!Object.hasOwn(params, name)) return slot;
    const value = String(params[name]);
    return value.length > longestParam && name !== "problem" ? `${value.slice(0, longestParam - 1)}…` : value;
  });
}

/** Writes changes of the source; `undefined` where one of them cannot be written. */
export type WriteChanges = (changes: readonly Change[]) => readonly TextEdit[] | undefined;

/**
 * A diagnostic of the catalogue; for codes and params that only come together at run time. `write` writes its fixes,
 * `spelling` has the names of the file.
 */
export function makeDiagnostic(
  code: Code,
  span: Span,
  params: Readonly<Record<string, string | number>>,
  extras: ReportExtras = {},
  write: WriteChanges = (changes) => writeJson("", changes),
  spelling?: Spelling,
): Diagnostic {
  const entry = entryOf(code);
  const fixes =
    extras.fixes
      ?.map((it) => it && written(it, spelling?.titleWords(span), write))
      .filter((it) => it !== undefined) ?? [];
  const server = extras.server ?? entry.server;
  return {
    code,
    severity: extras.severity ?? entry.severity,
    message: spelling
      ? fill(spelling.template(entry.message, span), spelling.params(code, params, span))
      : fill(entry.message, params),
    ...(extras.about === undefined ? {} : { about: extras.about }),
    span,
    url: urlOf(code),
    ...(extras.related && extras.related.length > 0 ? { related: extras.related } : {}),
    ...(fixes.length > 0 ? { fixes } : {}),
    ...(server ? { server: { ...server, message: fill(server.message, params) } } : {}),
  };
}

/**
 * A fix with its edits; `undefined` where it has none, or some that overlap: in a damaged text a node may lie where its
 * rule does not expect it, so this holds for all fixes here and no rule has to care.
 */
function written(
  { title, safe, changes }: ProposedFix,
  words: TitleWords | undefined,
  write: WriteChanges,
): Fix | undefined {
  const edits = write(changes);
  if (edits === undefined || edits.length === 0 || !areApart(edits)) return undefined;
  return { title: titleText(title, words), safe, edits };
}

/** More diagnostics of one rule than anybody reads; a hostile document could have millions. */
const most = 500;

/** Thrown by a report function that has heard enough; no fault of the rule. */
export const enough: unique symbol = Symbol("enough diagnostics");

/** A report function that collects into a list, and stops the rule at the five hundredth diagnostic. */
export function reportInto(found: Diagnostic[], write: WriteChanges, spelling?: Spelling): Report {
  return (code, place, params, extras) => {
    if (found.length >= most) throw enough;
    // A property that is not there as it is written has a diagnostic already.
    if (!("start" in place) && isAssumed(place as JsonNode)) return;
    found.push(
      makeDiagnostic(
        code,
        "start" in place ? place : spanOf(place as JsonNode),
        params,
        extras,
        write,
        spelling,
      ),
    );
  };
}
