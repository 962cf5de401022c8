// `ecs-daemon validate`: every diagnostic of every file.

import { traitsOf } from "../../core/resources/kinds/registry";
import { type Resource, readAs } from "../../core/resources/resource";
import { catalogue } from "../../core/rules/catalogue";
import { severities } from "../../core/rules/severity";
import { applySeveritySettings, type SeveritySetting } from "../../core/rules/severitySettings";
import { append } from "../../core/text/lists";
import { printable } from "../../core/text/printable";
import { validateInWorkspace } from "../../core/workspace/validateInWorkspace";
import { type Command, exitCodes, type OptionValues, UsageError } from "../command";
import { collectDocuments } from "../files/documentFiles";
import { readGivenValues, valueHelp, valueOptions, valueSynopsis, withGiven } from "../files/hostFiles";
import { createSenderLookup } from "../files/senderFiles";
import { createWorkspaceReader } from "../files/workspaceFiles";
import { choiceOption } from "../input/arguments";
import { readTaskDefinitionOption } from "../input/taskDefinitionOption";
import { type DiagnosticJson, diagnosticRows, diagnosticsJson } from "../output/diagnosticOutput";
import { sarifLog, type ValidatedFile } from "../output/sarif";
import type { Terminal } from "../output/terminal";
import { json, paint, plural } from "../output/textLayout";
import { productVersion } from "../productVersion";

export const validateCommand: Command = {
  name: "validate",
  synopsis: `PATH… [--kind KIND] [--task-definition FAMILY=FILE]… [--severity CODE=LEVEL]… [--skip-unknown] ${valueSynopsis} [--format text|lines|json|sarif]`,
  summary: "Reports what ECS would reject in task definitions and service files.",
  help: `
  PATH                a file, or a folder: the recognized files in it and below
  --kind KIND         task-definition or daemon-task-definition, for task
                      definitions whose content and name leave it open
  --task-definition FAMILY=FILE
                      the file of a family's task definition, where it cannot be
                      found by its family; may be given several times
  --severity CODE=LEVEL
                      another severity for a code, * for all: error, warning,
                      information, hint, or off; may be given several times
  --skip-unknown      passes over named files of other kinds: for a call
                      that names all files of a change${valueHelp}
  --format FORMAT     text (default), lines (FILE:LINE:COLUMN: SEVERITY: MESSAGE
                      [CODE]), json, or sarif for code scanning

A service file is checked together with its task definition: the one of its
family with the same name before the ending, else the nearest one, among the
given files, in their folders and in their repository, unless --task-definition
names it. Where several could be meant, only what is wrong with each of them is
reported.

Exit code 1 if anything is an error, 2 if a named file could not be checked.`,
  options: {
    format: { type: "string" },
    kind: { type: "string" },
    severity: { type: "string", multiple: true },
    "skip-unknown": { type: "boolean" },
    "task-definition": { type: "string", multiple: true },
    ...valueOptions,
  },
  run: async ({ values, positionals }, terminal) => {
    const format = choiceOption(values, "format", ["text", "lines", "json", "sarif"]);
    const settings = severitySettings(values);
    if (positionals.length === 0 || positionals.includes("")) throw new UsageError("Missing argument: PATH.");
    const byFamily = await readTaskDefinitionOption(values);
    const kind = choiceOption(values, "kind", ["", "task-definition", "daemon-task-definition"]);
    const given = await readGivenValues(values);
    const named = (await collectDocuments(positionals, terminal, values["skip-unknown"] === true)).map((it) =>
      inKind(withGiven(it, given), kind),
    );
    const documents = named.filter((it) => it.kind !== undefined);
    const senderOf = createSenderLookup();
    const workspaceOf = createWorkspaceReader(documents, byFamily);
    const files = documents.map((document) => {
      const context = {
        sender: senderOf(document),
        onRuleFault: (codes: readonly string[], fault: unknown) =>
          terminal.say(
            printable(`The rule for ${codes.join(", ")} failed on ${document.source.file}: ${String(fault)}`),
          ),
      };
      const found = validateInWorkspace(document, () => workspaceOf(document), context, kind !== "");
      return { document, diagnostics: applySeveritySettings(document, found, settings) };
    });
    if (format === "sarif") terminal.write(json(sarifLog(files, productVersion())));
    const results = byFile(files);
    if (format === "json") terminal.write(json(results));
    if (format === "lines") terminal.write(linesOf(results));
    const isIncomplete = documents.length < named.length && values["skip-unknown"] !== true;
    if (format === "text" && (results.length > 0 || !isIncomplete)) terminal.write(textOf(results, terminal));
    // Silence about a file means that nothing is wrong with it: one that was not checked is not silent.
    if (isIncomplete) return exitCodes.unusable;
    const isBad = files.some((it) => it.diagnostics.some(({ severity }) => severity === "error"));
    return isBad ? exitCodes.bad : exitCodes.good;
  },
};

/** A task definition as the kind that the call names; any other document as it is. */
function inKind(document: Resource, kind: "" | "task-definition" | "daemon-task-definition"): Resource {
  if (kind === "" || !traitsOf(document).hasContainers || document.hosted !== undefined) return document;
  return readAs(document, kind === "task-definition" ? "taskDefinition" : "daemonTaskDefinition");
}

function severitySettings({ severity }: OptionValues): readonly SeveritySetting[] {
  return (Array.isArray(severity) ? severity : []).map((setting: string) => {
    const [code = "", level = "", ...more] = setting.split("=");
    const known = ([...severities, "off"] as const).find((it) => it === level);
    if (known === undefined || more.length > 0)
      throw new UsageError(`--severity is CODE=${[...severities, "off"].join("|")}, not "${setting}".`);
    if (code !== "*" && !Object.hasOwn(catalogue, code))
      throw new UsageError(`There is no diagnostic "${code}".`);
    return { code, severity: known };
  });
}

/** One result for each file, whose diagnostics name the resource where it holds several. */
function byFile(documents: readonly ValidatedFile[]): readonly FileResult[] {
  const results = new Map<string, DiagnosticJson[]>();
  for (const { document, diagnostics } of documents) {
    const found = results.get(document.source.file) ?? [];
    results.set(document.source.file, found);
    append(found, diagnosticsJson(document.source.text, diagnostics, document.hosted?.id));
  }
  return [...results].map(([file, diagnostics]) => ({ file, diagnostics }));
}

interface FileResult {
  readonly file: string;
  readonly diagnostics: readonly DiagnosticJson[];
}

/** One line for each diagnostic, for problem matchers; a message is one line. */
function linesOf(results: readonly FileResult[]): string {
  return results
    .flatMap(({ file, diagnostics }) =>
      diagnostics.map(
        ({ range: { start }, severity, message, code }) =>
          `${printable(file)}:${start.line + 1}:${start.character + 1}: ${severity}: ${printable(message)} [${code}]\n`,
      ),
    )
    .join("");
}

function textOf(results: readonly FileResult[], terminal: Terminal): string {
  const parts = results
    .filter((it) => it.diagnostics.length > 0)
    .map(
      (it) => `${paint(terminal, "bold", printable(it.file))}\n${diagnosticRows(terminal, it.diagnostics)}\n`,
    );
  return `${parts.join("")}${summaryOf(results)}\n`;
}

function summaryOf(results: readonly FileResult[]): string {
  const all = results.flatMap((it) => it.diagnostics);
  const files = `in ${plural(results.length, "file")}`;
  const errors = all.filter((it) => it.severity === "error").length;
  const warnings = all.filter((it) => it.severity === "warning").length;
  const others = all.length - errors - warnings;
  if (all.length === 0) return `No problems found ${files}.`;
  const counts = [
    ...(errors === 0 ? [] : [plural(errors, "error")]),
    ...(warnings === 0 ? [] : [plural(warnings, "warning")]),
    ...(others === 0 ? [] : [plural(others, "hint")]),
  ];
  return `${counts.join(", ")} ${files}.`;
}
