// Diagnostics as a SARIF 2.1.0 log, which code scanning services read. https://docs.oasis-open.org/sarif/sarif/v2.1.0/

import { isAbsolute, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Resource } from "../../core/resources/resource";
import { type Code, entryOf, urlOf } from "../../core/rules/catalogue";
import type { Diagnostic } from "../../core/rules/diagnostic";
import type { Severity } from "../../core/rules/severity";
import { createRanges, type Range } from "../../core/text/positions";

export interface ValidatedFile {
  readonly document: Resource;
  readonly diagnostics: readonly Diagnostic[];
}

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

/** One run over the files; the rules it lists are those that found something. */
export function sarifLog(files: readonly ValidatedFile[], version: string): object {
  const codes = [...new Set(files.flatMap((it) => it.diagnostics.map(({ code }) => code)))].sort();
  // A template is one artifact, however many resources it has.
  const paths = [...new Set(files.map(({ document }) => document.source.file))];
  const indexes = new Map(codes.map((code, index) => [code, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "ecs-daemon",
            informationUri: "https://github.com/ecs-daemon/ecs-daemon",
            ...(/^\d+\.\d+\.\d+/.test(version) ? { semanticVersion: version } : {}),
            rules: codes.map(ruleOf),
          },
        },
        columnKind: "utf16CodeUnits",
        artifacts: paths.map((path) => ({ location: { uri: uriOf(path) } })),
        results: files.flatMap((file) => resultsOf(file, paths.indexOf(file.document.source.file), indexes)),
      },
    ],
  };
}

function ruleOf(code: Code): object {
  const { title, why, severity } = entryOf(code);
  return {
    id: code,
    shortDescription: { text: plainMessage(title) },
    fullDescription: { text: plainMessage(why) },
    helpUri: urlOf(code),
    defaultConfiguration: { level: levels[severity] },
  };
}

function resultsOf(
  { document, diagnostics }: ValidatedFile,
  artifact: number,
  indexes: ReadonlyMap<Code, number>,
): readonly object[] {
  const rangeOf = createRanges(document.source.text);
  const artifactLocation = { uri: uriOf(document.source.file), index: artifact };
  return diagnostics.map(({ code, severity, message, span }) => ({
    ruleId: code,
    ruleIndex: indexes.get(code) ?? -1,
    level: levels[severity],
    message: { text: plainMessage(message) },
    locations: [
      {
        physicalLocation: { artifactLocation, region: regionOf(rangeOf(span)) },
        ...(document.hosted && {
          logicalLocations: [{ fullyQualifiedName: document.hosted.id, kind: "resource" }],
        }),
      },
    ],
  }));
}

/**
 * A text that means nothing but itself: in a SARIF message `[x](address)` is a link and `{0}` an argument.
 * SARIF 2.1.0, 3.11.5 and 3.11.6.
 */
function plainMessage(text: string): string {
  const withoutLinks = /\]\s*\(/.test(text) ? text.replace(/[[\]\\]/g, "\\$&") : text;
  return withoutLinks.replace(/(?<!\{)\{+\d+\}+/g, (it) => it.replaceAll("{", "{{").replaceAll("}", "}}"));
}

/** SARIF counts lines and columns from one. */
function regionOf({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function uriOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.split(sep).map(encodeURIComponent).join("/");
}
