// The GitHub Action: validates the files of a change, and writes annotations, a SARIF log and a job summary. Reads its
// inputs from variables (action.yml), runs the command line, and needs nothing but Node, npm and git.
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** GitHub shows ten annotations of a kind for each step, and a summary of 1 MiB. */
const mostAnnotations = 50;
const mostRows = 100;

/** @typedef {{ file: string, code: string, severity: string, message: string, resource?: string, range: { start: { line: number, character: number }, end: { line: number, character: number } } }} Diagnostic */

const input = {
  paths: linesOf("PATHS"),
  severities: linesOf("SEVERITY"),
  failOn: process.env.INPUT_FAIL_ON || "error",
  sarif: process.env.INPUT_SARIF || "ecs-daemon.sarif",
  previews: linesOf("PREVIEW"),
  base: process.env.INPUT_BASE || "",
  coverage: wordsOf(process.env.INPUT_COVERAGE),
  command: wordsOf(process.env.INPUT_COMMAND),
};
if (input.command.length === 0) input.command = ownCommand();

if (!["error", "warning", "never"].includes(input.failOn)) fail(`fail-on is error, warning or never.`);
const diagnostics = validate();
annotate(diagnostics);
const counts = { errors: countOf("error"), warnings: countOf("warning") };
for (const [name, value] of Object.entries({ ...counts, sarif: input.sarif })) output(name, value);
summarize(diagnosticsSummary(diagnostics));
if (input.previews.length > 0) summarize(placementSummary());
const isCovered = input.coverage.length === 0 || summarizeCoverage();
const isBad = counts.errors > 0 || (input.failOn === "warning" && counts.warnings > 0);
process.exitCode = input.failOn !== "never" && (isBad || !isCovered) ? 1 : 0;

// Validation ---------------------------------------------------------------------------------------------------------

function validate() {
  const severities = input.severities.flatMap((it) => ["--severity", it]);
  const words = ["validate", ...(input.paths.length === 0 ? ["."] : input.paths), ...severities];
  const found = ecsDaemon([...words, "--skip-unknown", "--format", "json"]);
  if (found.status > 1) fail(`ecs-daemon ended with ${found.status}: ${found.stderr}`);
  writeFileSync(input.sarif, ecsDaemon([...words, "--skip-unknown", "--format", "sarif"]).stdout);
  /** @type {{ file: string, diagnostics: Diagnostic[] }[]} */
  const files = JSON.parse(found.stdout);
  return files.flatMap((it) => it.diagnostics.map((one) => ({ ...one, file: it.file })));
}

/** @param {string} severity */
function countOf(severity) {
  return diagnostics.filter((it) => it.severity === severity).length;
}

/** Errors first: of more than GitHub shows, the others are in the SARIF log. @param {Diagnostic[]} all */
function annotate(all) {
  const order = ["error", "warning", "information", "hint"];
  const sorted = [...all].sort((left, right) => order.indexOf(left.severity) - order.indexOf(right.severity));
  for (const { file, code, severity, message, range } of sorted.slice(0, mostAnnotations)) {
    const kind = severity === "error" || severity === "warning" ? severity : "notice";
    const properties = {
      file,
      line: range.start.line + 1,
      endLine: range.end.line + 1,
      // GitHub takes columns within one line only.
      ...(range.start.line === range.end.line && {
        col: range.start.character + 1,
        endColumn: range.end.character + 1,
      }),
      title: code,
    };
    const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
    console.log(`::${kind} ${written.join(",")}::${escapeData(message)}`);
  }
}

/** @param {Diagnostic[]} all */
function diagnosticsSummary(all) {
  const title = "## Amazon ECS files\n\n";
  if (all.length === 0) return `${title}No problems found.\n`;
  const rows = all
    .slice(0, mostRows)
    .map(
      (it) =>
        `| ${it.severity} | ${cell(`${it.file}:${it.range.start.line + 1}`)} | ${cell(it.message)} | ${cell(it.code)} |`,
    );
  const more = all.length > mostRows ? `\n${all.length - mostRows} more are in the SARIF log.\n` : "";
  const hints = all.length - counts.errors - counts.warnings;
  const sum = `${counted(counts.errors, "error")}, ${counted(counts.warnings, "warning")}, ${counted(hints, "hint")}`;
  return `${title}${sum}.\n\n| severity | place | message | code |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n${more}`;
}

/** @param {number} count @param {string} noun */
function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

// Placement ----------------------------------------------------------------------------------------------------------

/** The placement of each definition, compared with that of the base, whose files are checked out beside. */
function placementSummary() {
  const before = checkOutBase();
  try {
    const parts = input.previews.map((line) => {
      const [definition = "", cluster = "", service] = wordsOf(line);
      return placementOf({ definition, cluster, service }, before);
    });
    return `## Placement\n\n${parts.join("\n")}`;
  } finally {
    if (before !== undefined) git("worktree", "remove", "--force", before);
    if (before !== undefined) rmSync(before, { recursive: true, force: true });
  }
}

/** The folder with the files of the base; `undefined` where the base is not known or cannot be fetched. */
function checkOutBase() {
  if (!/^[0-9a-f]{40}$/.test(input.base) || /^0+$/.test(input.base)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "ecs-daemon-base-"));
  if (git("cat-file", "-e", `${input.base}^{commit}`).status !== 0)
    git("fetch", "--depth=1", "origin", input.base);
  if (git("worktree", "add", "--detach", folder, input.base).status === 0) return folder;
  rmSync(folder, { recursive: true, force: true });
  return undefined;
}

/** @param {{ definition: string, cluster: string, service: string | undefined }} subject @param {string | undefined} before */
function placementOf(subject, before) {
  const title = `### ${code(subject.definition)} on ${code(subject.cluster)}\n\n`;
  const now = previewOf(subject, process.cwd());
  if (typeof now === "string") return `${title}Not available: ${code(now)}\n`;
  if (before === undefined) return `${title}${code(now.sentence)}\n\nThere is no base to compare with.\n`;
  const past = previewOf(subject, before);
  if (typeof past === "string")
    return `${title}${code(now.sentence)}\n\nNew: the base has no such placement.\n`;
  const verdicts = new Map(past.instances.map((it) => [it.id, it.verdict]));
  const changed = now.instances.filter((it) => verdicts.get(it.id) !== it.verdict);
  const gone = past.instances.filter((it) => !now.instances.some(({ id }) => id === it.id));
  if (changed.length + gone.length === 0) return `${title}${code(now.sentence)}\n\nUnchanged.\n`;
  const rows = [
    ...changed.map((it) => [
      it.id,
      verdicts.get(it.id) ?? "(new)",
      it.verdict,
      it.reasons.map(({ message }) => message).join(" "),
    ]),
    ...gone.map((it) => [it.id, it.verdict, "(gone)", ""]),
  ];
  const shown = rows.slice(0, mostRows).map((it) => `| ${it.map(cell).join(" | ")} |`);
  const more = rows.length > mostRows ? `\n${rows.length - mostRows} more.\n` : "";
  return `${title}Before: ${code(past.sentence)}\n\nNow: ${code(now.sentence)}\n\n| instance | before | now | reasons |\n| --- | --- | --- | --- |\n${shown.join("\n")}\n${more}`;
}

/**
 * @param {{ definition: string, cluster: string, service: string | undefined }} subject @param {string} cwd
 * @returns {{ sentence: string, instances: { id: string, verdict: string, reasons: { message: string }[] }[] } | string}
 */
function previewOf({ definition, cluster, service }, cwd) {
  const words = ["preview", definition, "--cluster", cluster, "--format", "json"];
  const { status, stdout, stderr } = ecsDaemon([...words, ...(service ? ["--service", service] : [])], cwd);
  return status > 1 ? stderr.trim() : JSON.parse(stdout);
}

// Coverage -----------------------------------------------------------------------------------------------------------

/** Whether every daemon runs everywhere; what could not be read is in the summary, too. */
function summarizeCoverage() {
  const { status, stdout, stderr } = ecsDaemon(["coverage", ...input.coverage, "--format", "markdown"]);
  summarize(stdout === "" ? `## Daemon coverage\n\nNot available: ${code(stderr.trim())}\n` : stdout);
  if (status === 2) console.log(`::error title=coverage::${escapeData(stderr.trim())}`);
  return status === 0;
}

// The command line, git and GitHub -----------------------------------------------------------------------------------

/** @param {string[]} words */
function ecsDaemon(words, cwd = process.cwd()) {
  const [program = "", ...before] = input.command;
  const run = spawnSync(program, [...before, ...words], { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.error !== undefined) fail(`${program} cannot be run: ${run.error.message}`);
  return { status: run.status ?? 2, stdout: run.stdout, stderr: run.stderr };
}

/** The command line of this revision, built where it is missing: no registry decides what runs. */
function ownCommand() {
  const root = join(import.meta.dirname, "..", "..", "..");
  const program = join(root, "dist", "cli.js");
  if (existsSync(program)) return [process.execPath, program];
  const isWindows = process.platform === "win32";
  const options = { cwd: root, encoding: /** @type {const} */ ("utf8"), maxBuffer: 1 << 28 };
  if (!existsSync(join(root, "node_modules"))) {
    const words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    const installed = spawnSync("npm", words, { ...options, shell: isWindows });
    if (installed.status !== 0) fail(`npm ci failed: ${installed.error?.message ?? installed.stderr}`);
  }
  const build = [join(".scripts", "build.mjs"), "--production", "--command-line"];
  const built = spawnSync(process.execPath, build, options);
  if (built.status !== 0) fail(`ecs-daemon cannot be built: ${built.error?.message ?? built.stderr}`);
  return [process.execPath, program];
}

/** @param {string[]} words */
function git(...words) {
  return spawnSync("git", words, { encoding: "utf8" });
}

/** @param {string} name @param {string | number} value */
function output(name, value) {
  const file = process.env.GITHUB_OUTPUT;
  if (file && !/[\r\n]/.test(String(value))) appendFileSync(file, `${name}=${value}\n`);
}

/** @param {string} text */
function summarize(text) {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file && existsSync(file)) appendFileSync(file, `${text}\n`);
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.log(`::error::${escapeData(message)}`);
  process.exit(2);
}

/** @param {string} name */
function linesOf(name) {
  const lines = (process.env[`INPUT_${name}`] ?? "").split("\n");
  return lines.map((it) => it.trim()).filter((it) => it !== "");
}

/** @param {string | undefined} text */
function wordsOf(text) {
  return (text ?? "").split(/\s+/).filter((it) => it !== "");
}

/** @param {string} text */
function escapeData(text) {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** @param {string | number} value */
function escapeProperty(value) {
  return escapeData(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Text of a change is no markup of the summary. @param {string} text */
function code(text) {
  const line = text.replace(/\s+/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((it) => it[0].length));
  const mark = "`".repeat(longest + 1);
  return `${mark} ${line} ${mark}`;
}

/** In a cell of a table a bar begins the next one. @param {string} text */
function cell(text) {
  return text === "" ? "" : code(text).replaceAll("|", "\\|");
}
