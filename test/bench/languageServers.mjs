// Language servers over stdio, ours and the two that people edit JSON and YAML with: start, keystroke, completion, hover.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { taskDefinitionText } from "./fleets.mjs";
import { summarize } from "./measure.mjs";
import { peerFile } from "./peers.mjs";

const require = createRequire(import.meta.url);
const {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} = require("vscode-languageserver/node");

const keystrokes = 30;
const uri = "file:///bench/bench.taskdef.json";

/** Starts a server process and speaks the beginning of the protocol with it. */
async function startServer({ command, settings, options }) {
  const began = performance.now();
  const child = spawn(process.execPath, [...command, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting = [];
  connection.onNotification("textDocument/publishDiagnostics", (params) => {
    for (const it of waiting.splice(0)) it(params);
  });
  connection.onRequest("workspace/configuration", ({ items }) =>
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
    },
  };
}

async function timed(run) {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** Opens the file, types some characters into it, and asks for completion and hover after each. */
async function session(server, languageId, text) {
  const lines = text.split("\n");
  const line = lines.findIndex((it) => it.includes('"memory"'));
  const position = { line, character: lines[line].indexOf('"memory"') + 3 };
  const opened = server.nextDiagnostics();
  await server.connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId, version: 1, text },
  });
  await opened;
  const figures = { change: [], completion: [], hover: [] };
  const end = { line, character: lines[line].length };
  for (let version = 2; version < keystrokes + 2; version++) {
    const answered = server.nextDiagnostics();
    figures.change.push(
      await timed(async () => {
        const even = version % 2 === 0;
        await server.connection.sendNotification("textDocument/didChange", {
          textDocument: { uri, version },
          contentChanges: [
            even
              ? { range: { start: end, end }, text: " " }
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
  return figures;
}

export async function languageServerRows({ root }) {
  const text = taskDefinitionText(64 * 1024);
  const schemaFile = join(root, "schemas", "task-definition.schema.json");
  const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
  const contenders = {
    ours: { command: [join(root, "dist", "server.js")], languageId: "json" },
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
  const collected = Object.fromEntries(
    Object.keys(contenders).map((name) => [
      name,
      { start: [], change: [], completion: [], hover: [], memory: [] },
    ]),
  );
  for (let round = 0; round < 3; round++) {
    for (const [name, contender] of Object.entries(contenders)) {
      const server = await startServer(contender);
      const figures = await session(server, contender.languageId, text);
      const into = collected[name];
      into.start.push(server.initialized);
      into.memory.push(server.residentBytes() / 2 ** 20);
      for (const key of ["change", "completion", "hover"]) into[key].push(...figures[key]);
      await server.stop();
    }
  }
  const row = (what, key, target, unit) => {
    const times = Object.fromEntries(
      Object.entries(collected).map(([name, it]) => [name, summarize(it[key])]),
    );
    const better = Object.keys(times)
      .filter((it) => it !== "ours")
      .sort((a, b) => times[a].median - times[b].median)[0];
    return {
      what,
      times,
      target,
      against: better,
      ...(key === "change" && { compare: "p95" }),
      ...(unit && { unit }),
    };
  };
  return [
    row("start to initialized", "start", 1),
    row("keystroke to diagnostics over stdio, 64 KiB", "change", 0.25),
    row("completion, 64 KiB", "completion", 1),
    row("hover, 64 KiB", "hover", 1),
    row("resident memory after that", "memory", 1, "MiB"),
  ];
}
