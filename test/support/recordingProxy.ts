// Stands between VS Code and the local endpoint at an address that is not taken for this machine's: what is sent to "an
// account" can be seen, and nothing leaves the machine.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { projectRoot } from "./paths";

/** It leads to this machine as 127.0.0.1 does, and is no address of the loopback interface. */
const hostName = "0.0.0.0";

export interface RecordingProxy {
  /** The endpoint's address as VS Code gets it: no loopback address. */
  readonly url: string;
  /** Environment with an identity. */
  readonly env: Readonly<Record<string, string>>;
  /** The operations called so far, in order. */
  readonly operations: readonly string[];
  close(): Promise<void>;
}

/** Starts the local endpoint of `dist/cli.js` and the proxy before it. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const endpoint = spawn(process.execPath, [join(projectRoot, "dist", "cli.js"), "local"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const target = await listening(endpoint);
  const operations: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    operations.push(String(incoming.headers["x-amz-target"]).replace(/^.*\./, ""));
    forward(target, incoming, outgoing);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://${hostName}:${port}`,
    env: {
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
    },
    operations,
    close: async () => {
      proxy.close();
      proxy.closeAllConnections();
      endpoint.kill();
      if (endpoint.exitCode === null && endpoint.signalCode === null) await once(endpoint, "close");
    },
  };
}

async function listening(endpoint: ChildProcess): Promise<URL> {
  let output = "";
  for await (const text of endpoint.stdout?.setEncoding("utf8") ?? []) {
    output += text;
    const url = /listening on (\S+)/.exec(output)?.[1];
    if (url !== undefined) return new URL(url);
  }
  throw new Error(`The local endpoint did not start: ${output}`);
}

function forward(target: URL, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = request(
    {
      host: target.hostname,
      port: target.port,
      method,
      path: url,
      headers: { ...headers, host: target.host },
    },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onward.once("error", () => outgoing.destroy());
  incoming.pipe(onward);
}
