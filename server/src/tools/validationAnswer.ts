// The answer of the tool `validate`: diagnostics with their places, errors first.

import type { Diagnostic } from "../core/rules/diagnostic";
import { type Severity, severities } from "../core/rules/severity";
import { counted } from "../core/text/counts";
import { createRanges } from "../core/text/positions";
import { bounded } from "./bounds";
import type { CheckedResource } from "./toolPort";

const mostDiagnostics = 100;

/** Lines and columns count from one. */
export function validationAnswer(checked: readonly CheckedResource[]): object {
  const files = new Set(checked.map((it) => it.file));
  const all = checked.flatMap(({ file, document, diagnostics }) =>
    diagnosticsOf(document.source.text, diagnostics).map((it) => ({
      file,
      ...(document.hosted !== undefined && { resource: document.hosted.id }),
      ...it,
    })),
  );
  const sorted = [...all].sort((left, right) => rank(left.severity) - rank(right.severity));
  const { items, leftOut } = bounded(sorted, mostDiagnostics);
  return {
    summary: all.length === 0 ? `No problems found in ${counted(files.size, "file")}.` : countsOf(all),
    files: bounded([...files], mostDiagnostics).items,
    diagnostics: items,
    ...(leftOut > 0 && { leftOut }),
  };
}

/** Diagnostics of a text, without what only an editor needs. */
export function diagnosticsOf(text: string, diagnostics: readonly Diagnostic[]) {
  const rangeOf = createRanges(text);
  return diagnostics.map(({ code, severity, message, span, fixes }) => {
    const { start } = rangeOf(span);
    return {
      line: start.line + 1,
      column: start.character + 1,
      severity,
      code,
      message,
      ...(fixes !== undefined && fixes.length > 0 && { fixes: fixes.map((it) => it.title) }),
    };
  });
}

const rank = (severity: Severity): number => severities.indexOf(severity);

function countsOf(all: readonly { readonly severity: Severity }[]): string {
  const counts = severities.map((severity) => ({
    severity,
    count: all.filter((it) => it.severity === severity).length,
  }));
  return counts.flatMap(({ severity, count }) => (count === 0 ? [] : [counted(count, severity)])).join(", ");
}
