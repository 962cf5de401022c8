// The bundled language server as a process of its own, over its standard streams: what every other editor starts.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { projectRoot } from "./paths";
import { type ClientOptions, connectClient, type ProtocolClient } from "./protocolClient";

export const bundle = join(process.env.DIST_DIR ?? join(projectRoot, "dist"), "server.js");

export interface BundledServer extends ProtocolClient {
  readonly child: ChildProcess;
  /** Ends a process that may answer no more. */
  kill(): Promise<void>;
}

/** Starts it and shakes hands; closing the client ends the process. */
export async function startBundledServer(options: ClientOptions = {}): Promise<BundledServer> {
  assert.ok(existsSync(bundle), `${bundle} is missing; run npm run build first`);
  const child = spawn(process.execPath, [bundle, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  assert.ok(child.stdout && child.stdin);
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const end = async () => {
    child.kill();
    await gone;
  };
  const client = await connectClient(connection, options, end);
  const kill = () => {
    client.abandon();
    return end();
  };
  return { ...client, child, kill };
}
