// Language servers over stdio, ours and the two that people edit JSON and YAML with: start, keystroke, completion, hover;
// keystrokes in a CloudFormation template and in a Terraform file.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { projectRoot } from "../support/paths";
import { configurationText, taskDefinitionText, templateText } from "./fleets";
import { summarize } from "./measure";
import { peerFile } from "./peers";
import type { BenchOptions, Row } from "./section";

/** A file, and what is typed into it: behind the line that holds a word, everything after it moves. */
interface Work {
  readonly uri: string;
  readonly text: string;
  readonly word: string;
  readonly typed: string;
}

interface Contender {
  readonly command: readonly string[];
  readonly languageId: string;
  readonly options?: object;
  readonly settings?: Readonly<Record<string, unknown>>;
}

interface RunningServer {
  readonly connection: ProtocolConnection;
  /** Milliseconds from the start of the process. */
  readonly initialized: number;
  nextDiagnostics(): Promise<unknown>;
  residentBytes(): number;
  stop(): Promise<void>;
}

/** Milliseconds of each kind of request; memory in MiB. */
interface Figures {
  readonly start: number[];
  readonly change: number[];
  readonly completion: number[];
  readonly hover: number[];
  readonly memory: number[];
}

/** Starts a server process and speaks the beginning of the protocol with it. */
async function startServer({ command, settings, options }: Contender): Promise<RunningServer> {
  const began = performance.now();
  const child = spawn(process.execPath, [...command, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  // However this process ends, the server does not outlive it.
  const end = () => void child.kill();
  process.once("exit", end);
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting: ((params: unknown) => void)[] = [];
  connection.onNotification("textDocument/publishDiagnostics", (params) => {
    for (const it of waiting.splice(0)) it(params);
  });
  connection.onRequest("workspace/configuration", ({ items }: { items: { section: string }[] }) =>
    items.map((it) => settings?.[it.section] ?? null),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("custom/schema/request", () => []);
  connection.onRequest("vscode/content", () => null);
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      textDocument: { publishDiagnostics: { versionSupport: true } },
      workspace: { configuration: true },
    },
    initializationOptions: options,
    workspaceFolders: null,
  });
  const initialized = performance.now() - began;
  await connection.sendNotification("initialized", {});
  if (settings) await connection.sendNotification("workspace/didChangeConfiguration", { settings });
  return {
    connection,
    initialized,
    nextDiagnostics: () => new Promise((resolve) => waiting.push(resolve)),
    residentBytes: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) * 1024,
    async stop() {
      await connection.sendRequest("shutdown").catch(() => undefined);
      await connection.sendNotification("exit").catch(() => undefined);
      connection.dispose();
      if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
      process.off("exit", end);
    },
  };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** Opens the file, types some characters into it, and asks for completion and hover after each. */
async function session(
  server: RunningServer,
  languageId: string,
  { uri, text, word, typed }: Work,
  keystrokes: number,
  figures: Figures,
): Promise<void> {
  const lines = text.split("\n");
  const line = lines.findIndex((it) => it.includes(word));
  const written = lines[line] ?? "";
  const position = { line, character: written.indexOf(word) + 3 };
  const opened = server.nextDiagnostics();
  await server.connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId, version: 1, text },
  });
  await opened;
  const end = { line, character: written.length };
  for (let version = 2; version < keystrokes + 2; version++) {
    const answered = server.nextDiagnostics();
    figures.change.push(
      await timed(async () => {
        const even = version % 2 === 0;
        await server.connection.sendNotification("textDocument/didChange", {
          textDocument: { uri, version },
          contentChanges: [
            even
              ? { range: { start: end, end }, text: typed }
              : { range: { start: end, end: { line, character: end.character + 1 } }, text: "" },
          ],
        });
        await answered;
      }),
    );
    const at = { textDocument: { uri }, position };
    figures.completion.push(await timed(() => server.connection.sendRequest("textDocument/completion", at)));
    figures.hover.push(await timed(() => server.connection.sendRequest("textDocument/hover", at)));
  }
}

function jsonContenders(quick: boolean): Readonly<Record<string, Contender>> {
  const ours = { command: [join(projectRoot, "dist", "server.js")], languageId: "json" };
  if (quick) return { ours };
  const schemaFile = join(projectRoot, "schemas", "task-definition.schema.json");
  const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
  return {
    ours,
    "vscode-json-language-server": {
      command: [peerFile("vscode-langservers-extracted", "bin", "vscode-json-language-server")],
      languageId: "json",
      options: { provideFormatter: false },
      settings: {
        json: {
          validate: { enable: true },
          schemas: [{ fileMatch: ["*.taskdef.json"], schema, url: "bench://schema" }],
        },
      },
    },
    "yaml-language-server": {
      command: [peerFile("yaml-language-server", "bin", "yaml-language-server")],
      languageId: "yaml",
      settings: {
        yaml: {
          validate: true,
          completion: true,
          hover: true,
          schemas: { [pathToFileURL(schemaFile).href]: "*.taskdef.json" },
        },
      },
    },
  };
}

/** A file with a server that is measured with it, by the name of that server. */
type Contest = Readonly<Record<string, readonly [Contender, Work]>>;

async function figuresOf(contest: Contest, quick: boolean): Promise<ReadonlyMap<string, Figures>> {
  const collected = new Map<string, Figures>();
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    for (const [name, [contender, work]] of Object.entries(contest)) {
      const figures = collected.get(name) ?? { start: [], change: [], completion: [], hover: [], memory: [] };
      collected.set(name, figures);
      const server = await startServer(contender);
      try {
        await session(server, contender.languageId, work, quick ? 2 : 30, figures);
        figures.start.push(server.initialized);
        figures.memory.push(server.residentBytes() / 2 ** 20);
      } finally {
        await server.stop();
      }
    }
  }
  return collected;
}

function jsonContest(quick: boolean): Contest {
  const text = taskDefinitionText(64 * 1024);
  const work = { uri: "file:///bench/bench.taskdef.json", text, word: '"memory"', typed: " " };
  return Object.fromEntries(Object.entries(jsonContenders(quick)).map(([name, it]) => [name, [it, work]]));
}

/** The tags of CloudFormation that are in the template. */
const customTags = ["!Ref", "!Sub", "!GetAtt", "!Equals sequence", "!If sequence"];

/** The peer has the template without a schema, so it looks at the syntax alone. */
function templateContest(quick: boolean): Contest {
  const text = templateText(quick ? 4 * 1024 : 64 * 1024);
  const work = { uri: "file:///bench/bench.yaml", text, word: "MemoryReservation", typed: "0" };
  const ours = { command: [join(projectRoot, "dist", "server.js")], languageId: "yaml" };
  const peer = {
    command: [peerFile("yaml-language-server", "bin", "yaml-language-server")],
    languageId: "yaml",
    settings: { yaml: { validate: true, completion: true, hover: true, customTags } },
  };
  return { ours: [ours, work], ...(!quick && { "yaml-language-server": [peer, work] }) };
}

/** No language server of Terraform is on npm: the peer has a template of the same size. */
function configurationContest(quick: boolean): Contest {
  const text = configurationText(quick ? 4 * 1024 : 64 * 1024);
  const work = { uri: "file:///bench/bench.tf", text, word: "memoryReservation", typed: "0" };
  const ours = { command: [join(projectRoot, "dist", "server.js")], languageId: "terraform" };
  return { ...templateContest(quick), ours: [ours, work] };
}

function rowOf(
  collected: ReadonlyMap<string, Figures>,
  what: string,
  key: keyof Figures,
  target: number,
  more: Partial<Row> = {},
): Row {
  const times = Object.fromEntries([...collected].map(([name, it]) => [name, summarize(it[key])]));
  const [better] = Object.entries(times)
    .filter(([name]) => name !== "ours")
    .sort(([, a], [, b]) => a.median - b.median);
  return { what, times, target, ...(better !== undefined && { against: better[0] }), ...more };
}

export async function languageServerRows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const json = await figuresOf(jsonContest(quick), quick);
  const template = await figuresOf(templateContest(quick), quick);
  const configuration = await figuresOf(configurationContest(quick), quick);
  const change = "keystroke to diagnostics over stdio";
  return [
    rowOf(json, "start to initialized", "start", 1),
    rowOf(json, `${change}, 64 KiB`, "change", 0.25, { compare: "p95" }),
    rowOf(template, `${change}, 64 KiB CloudFormation YAML`, "change", 0.1, { compare: "p95" }),
    rowOf(configuration, `${change}, 64 KiB Terraform (the peer: YAML)`, "change", 0.1, { compare: "p95" }),
    rowOf(json, "completion, 64 KiB", "completion", 1),
    rowOf(json, "hover, 64 KiB", "hover", 1),
    rowOf(json, "resident memory after that", "memory", 1, { unit: "MiB" }),
  ];
}
