// Diagnostics as the command line shows them: as plain JSON, or as lines under the name of their file.

import type { Diagnostic } from "../../core/rules/diagnostic";
import type { Severity } from "../../core/rules/severity";
import { createRanges, type Range } from "../../core/text/positions";
import type { Terminal } from "./terminal";
import { type Color, columns } from "./textLayout";

/** One diagnostic in the JSON of `validate` and `match`. */
export interface DiagnosticJson {
  readonly code: string;
  /** Of a template or Terraform file: the resource that it is about. */
  readonly resource?: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly url: string;
  readonly related?: readonly { readonly message: string; readonly file?: string; readonly range?: Range }[];
}

/** Ranges are zero-based and count UTF-16 code units. `text` is what the spans are offsets of; `resource` names the part of it. */
export function diagnosticsJson(
  text: string,
  diagnostics: readonly Diagnostic[],
  resource?: string,
): readonly DiagnosticJson[] {
  const rangeOf = createRanges(text);
  return diagnostics.map(({ code, severity, message, span, url, related }) => ({
    code,
    ...(resource === undefined ? {} : { resource }),
    severity,
    message,
    range: rangeOf(span),
    url,
    ...(related === undefined
      ? {}
      : {
          related: related.map((it) =>
            // The offsets of another file are of no use without its text.
            it.file === undefined
              ? { message: it.message, range: rangeOf(it.span) }
              : { message: it.message, file: it.file },
          ),
        }),
  }));
}

const severityColors: Readonly<Record<Severity, Color>> = {
  error: "red",
  warning: "yellow",
  information: "blue",
  hint: "dim",
};

/** One aligned row per diagnostic: line:column from one, severity, message and code. */
export function diagnosticRows(terminal: Terminal, diagnostics: readonly DiagnosticJson[]): string {
  return columns(
    terminal,
    diagnostics.map(({ range, severity, message, code }) => [
      { text: `${range.start.line + 1}:${range.start.character + 1}`, color: "dim" },
      { text: severity, color: severityColors[severity] },
      { text: `${message} [${code}]` },
    ]),
  );
}
