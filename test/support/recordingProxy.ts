// Stands between VS Code and the local endpoint under the name of a host that is not this machine: what is sent to "an
// account" can be seen, and nothing leaves the machine.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "./paths";

const hostName = "ecs.some-region.example.test";

export interface RecordingProxy {
  /** The endpoint's address as VS Code gets it: no loopback name. */
  readonly url: string;
  /** Environment in which that name leads here. */
  readonly env: Readonly<Record<string, string>>;
  /** The operations called so far, in order. */
  readonly operations: readonly string[];
  close(): Promise<void>;
}

/** Starts the local endpoint of `dist/cli.js` and the proxy before it. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const home = mkdtempSync(join(tmpdir(), "ecs-daemon-proxy-"));
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
  const names = join(home, "names.cjs");
  writeFileSync(names, preload);
  return {
    url: `http://${hostName}:${port}`,
    env: {
      NODE_OPTIONS: `--require=${names}`,
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
      rmSync(home, { recursive: true });
    },
  };
}

/** Resolves the one name to this machine in every process of VS Code; all others are left as they are. */
const preload = `const dns = require("node:dns");
const { lookup } = dns;
dns.lookup = (name, ...rest) => lookup(name === ${JSON.stringify(hostName)} ? "127.0.0.1" : name, ...rest);
`;

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
