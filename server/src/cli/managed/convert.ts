// `ecs-daemon convert`: a DAEMON service as a managed daemon, with what is carried, changed, lost and to be asked.

import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { convertToManaged } from "../../core/managed/convert/convert";
import { convertedFiles, type NamedFile, pathText } from "../../core/managed/convert/convertedFiles";
import type { Conversion, ConvertedFile, Refusal } from "../../core/managed/convert/report";
import { conversionJson } from "../../core/managed/convert/reportJson";
import { convertToService, type ServiceConversion } from "../../core/managed/convert/toService";
import { documentValue } from "../../core/resources/documentValue";
import { openResource, type Resource } from "../../core/resources/resource";
import { secretsIn, withoutSecrets } from "../../core/secrets/hideSecrets";
import { notShown, redactor } from "../../core/secrets/redact";
import { withoutSecretForms } from "../../core/secrets/secretText";
import { asObject, type PlainObject } from "../../core/text/plainValue";
import { printable } from "../../core/text/printable";
import { type Command, exitCodes, InputError, type OptionValues } from "../command";
import { readTextFile, whyUnreadable } from "../files/textFiles";
import { choiceOption, onlyPositional, textOption } from "../input/arguments";
import { pairHelp, pairOptions, pairSynopsis, readDaemonPair, undecidedService } from "../input/daemonPair";
import type { Terminal } from "../output/terminal";
import { json, paint, paragraph, wrap } from "../output/textLayout";
import { readManagedDocument } from "./managedFiles";

export const convertCommand: Command = {
  name: "convert",
  synopsis: `TASK-DEFINITION ${pairSynopsis} [--daemon FILE] [--out FOLDER] [--format text|json]`,
  summary: "Converts a DAEMON service and its task definition to a managed daemon.",
  help: `
  TASK-DEFINITION     the file of the task definition${pairHelp}
  --daemon FILE       the way back: TASK-DEFINITION is a managed daemon's, FILE
                      its daemon; they are converted to a DAEMON service
  --out FOLDER        write NAME.daemon-taskdef.json and NAME.daemon.json there;
                      files that exist are left as they are
  --format FORMAT     text (default) or json

Reports for each property whether it is carried, changed or lost, and what you
have to decide. Without --out the two files are part of the output. Exit code
1 where the daemon cannot be a managed one.`,
  options: {
    ...pairOptions,
    out: { type: "string" },
    // An earlier name, which scripts may use.
    output: { type: "string" },
    daemon: { type: "string" },
    format: { type: "string" },
  },
  run: async ({ values, positionals }, terminal) => {
    const format = choiceOption(values, "format", ["text", "json"]);
    const folder = textOption(values, "out") ?? textOption(values, "output");
    const { conversion, inputs } = await convert(onlyPositional(positionals, "TASK-DEFINITION"), values);
    if ("refused" in conversion) {
      const refused = withoutSecretForms(conversion.refused);
      terminal.write(
        format === "json"
          ? json({ ...conversion, refused })
          : paragraph(terminal, `Not converted. ${refused}`),
      );
      return exitCodes.bad;
    }
    const files = convertedFiles(conversion);
    if (folder !== undefined) await writeAll(folder, files);
    const hidden: string[] = [];
    const shown = files.map(([name, content]): NamedFile => {
      const substitute = (secret: string) => {
        hidden.push(secret);
        return notShown;
      };
      return [name, withoutSecrets(content, substitute)];
    });
    const redact = redactor(inputs.flatMap(secretsIn));
    if (format === "json")
      terminal.write(
        json({ ...withRedactedTexts(conversionJson(conversion), redact), ...filesOf(shown, folder) }),
      );
    else terminal.write(textOf(withRedactedTexts(conversion, redact), shown, folder, terminal));
    if (folder === undefined && hidden.length > 0)
      terminal.say(
        `Not shown, since they look like secrets: ${[...new Set(hidden)].map((it) => printable(withoutSecretForms(it))).join(", ")}. Use --out to write the files with their values.`,
      );
    return exitCodes.good;
  },
};

interface Converted {
  readonly conversion: Conversion | ServiceConversion | Refusal;
  /** What was read: its secrets are in no report. */
  readonly inputs: readonly PlainObject[];
}

/** A daemon task definition is converted the other way. */
async function convert(path: string, values: OptionValues): Promise<Converted> {
  const daemonPath = textOption(values, "daemon");
  if (daemonPath !== undefined || (await isOfDaemon(path))) {
    const definition = await readManagedDocument(path, "daemonTaskDefinition");
    const daemon = daemonPath === undefined ? undefined : await readManagedDocument(daemonPath, "daemon");
    const inputs = [definition, ...(daemon ? [daemon] : [])].map(inputValue);
    return { inputs, conversion: convertToService(inputs[0] ?? {}, inputs[1]) };
  }
  const pair = await readDaemonPair(path, values);
  if (pair.candidates.length > 0) throw new InputError(undecidedService(pair));
  const inputs = [pair.taskDefinition, ...(pair.service ? [pair.service] : [])].map(inputValue);
  return { inputs, conversion: convertToManaged(inputs[0] ?? {}, inputs[1]) };
}

async function isOfDaemon(path: string): Promise<boolean> {
  if (path.includes("#")) return false;
  return openResource(path, await readTextFile(path)).operation === "registerDaemonTaskDefinition";
}

/** Placeholders in texts are carried as they are. */
function inputValue({ source, kind, hosted }: Resource): PlainObject {
  if (hosted !== undefined)
    throw new InputError(`${source.file} is not JSON of the AWS CLI, which is what is converted.`);
  const { file, text } = source;
  const opened = openResource(file, text, { templates: false, kind });
  const value = asObject(documentValue(opened));
  if (value === undefined || opened.source.problems.length > 0)
    throw new InputError(
      `${file} has placeholders outside of texts: convert the file that your template tool writes.`,
    );
  return value;
}

async function writeAll(folder: string, files: readonly NamedFile[]): Promise<void> {
  const taken = files.map(([name]) => join(folder, name)).find((it) => existsSync(it));
  if (taken !== undefined) throw new InputError(`${taken} exists. Choose another folder with --out.`);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new InputError(`${folder} cannot be created: ${whyUnreadable(error)}.`);
  });
  for (const [name, content] of files) {
    const path = join(folder, name);
    await writeFile(path, `${JSON.stringify(content, undefined, 2)}\n`, { flag: "wx" }).catch(
      (error: unknown) => {
        throw new InputError(`${path} cannot be written: ${whyUnreadable(error)}.`);
      },
    );
  }
}

/** Where the files are, or what would be in them. */
function filesOf(files: readonly NamedFile[], folder: string | undefined): object {
  const names = files.map(([name]) => name);
  return folder === undefined
    ? { files: names, contents: Object.fromEntries(files) }
    : { files: names.map((it) => join(folder, it)) };
}

function withRedactedTexts<T>(value: T, redact: (text: string) => string): T {
  return JSON.parse(JSON.stringify(value), (_, it) => (typeof it === "string" ? redact(it) : it));
}

function textOf(
  conversion: Conversion | ServiceConversion,
  files: readonly NamedFile[],
  folder: string | undefined,
  terminal: Terminal,
): string {
  const { carried, changed, lost, ask } = conversion;
  const settings = "daemon" in conversion ? "service" : "daemon";
  const nameOf = (file: ConvertedFile) => (file === "taskDefinition" ? "task definition" : settings);
  const place = ({ file, path }: (typeof lost)[number]) => `${nameOf(file)}: ${pathText(path)}`;
  const section = (title: string, rows: readonly (readonly [string, string])[]) =>
    rows.length === 0
      ? ""
      : `${paint(terminal, "bold", title)}\n${rows.map((it) => blockOf(it, terminal)).join("")}\n`;
  const written = files.map(([name, content]) =>
    folder === undefined
      ? `${paint(terminal, "bold", printable(name))}\n${json(content)}\n`
      : `Written: ${printable(join(folder, name))}\n`,
  );
  return [
    section(
      "To be decided",
      ask.map((it) => [it.path, it.question]),
    ),
    section(
      "Lost",
      lost.map((it) => [place(it), it.why]),
    ),
    section(
      "Changed",
      changed.map((it) => [place(it), `${valueText(it.after)}${it.why}`]),
    ),
    section(
      "Carried",
      carried.map((it) => [`${nameOf(it.file)}: ${pathText(it.path)}`, it.to ?? ""]),
    ),
    ...written,
  ].join("");
}

/** What it is about, and indented below it what is to be said. */
function blockOf([head, text]: readonly [string, string], terminal: Terminal): string {
  const below = text === "" ? [] : wrap(text, Math.max(24, terminal.columns - 6));
  return [`  ${printable(head)}`, ...below.map((it) => `      ${it}`)].map((it) => `${it}\n`).join("");
}

function valueText(after: unknown): string {
  if (after === undefined) return "";
  const text = JSON.stringify(after);
  return text.length > 80 ? "" : `${text}. `;
}
