// The bundled language server as a process of its own, over its standard streams, previewing against a small fleet.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { projectRoot } from "../support/paths";
import { connectClient, type ProtocolClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const bundle = join(process.env.DIST_DIR ?? join(projectRoot, "dist"), "server.js");

export interface ServerProcess {
  readonly client: ProtocolClient;
  readonly child: ChildProcess;
  close(): Promise<void>;
}

export async function startServerProcess(): Promise<ServerProcess> {
  assert.ok(existsSync(bundle), `${bundle} is missing; run npm run build first`);
  const files = temporaryFolder({
    "three.ecs-fleet.json": JSON.stringify({
      groups: [{ count: 3, instanceType: "m5.large", attributes: { env: "prod", __proto: "x" } }],
    }),
  });
  const child = spawn(process.execPath, [bundle, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  assert.ok(child.stdout && child.stdin);
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const options = {
    initializationOptions: { cluster: files.uriOf("three.ecs-fleet.json"), reportSyntaxErrors: true },
  };
  const client = await connectClient(connection, options, async () => {});
  const close = async () => {
    connection.dispose();
    files.remove();
    if (child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill();
    await gone;
  };
  return { client, child, close };
}
