// The language server's entry: speaks over the stream the client chose (`--stdio`, `--node-ipc`, `--socket=`).
// The connection ends this process when the client closes the stream or its process is gone.

import { setFlagsFromString } from "node:v8";
import { createConnection } from "vscode-languageserver/node";
import { nodeEnvironment } from "./lsp/base/environment";
import { startServer } from "./lsp/server";

// Young objects die quickly here: a young generation that may not grow saves some 25 MiB after a minute of typing and
// costs no measurable time, on snapshots of 5,000 container instances neither.
setFlagsFromString("--semi-space-growth-factor=1");
// V8 lets a small heap grow fourfold before it looks for old garbage. Twofold saves some 10 MiB more after a minute of
// typing, and 30 MiB beside a snapshot of 5,000 container instances.
setFlagsFromString("--heap-growing-percent=100");

const streams = ["--stdio", "--node-ipc", "--socket", "--pipe"];

if (process.argv.some((it) => streams.some((stream) => it === stream || it.startsWith(`${stream}=`)))) {
  const connection = createConnection();
  startServer(connection, nodeEnvironment());
  connection.listen();
  // With Node's own channel there is no stream whose end would tell that the client is gone.
  process.once("disconnect", () => process.exit(1));
} else {
  process.stderr.write(`Say how to reach you: ${streams.slice(0, 2).join(" or ")}.\n`);
  process.exitCode = 2;
}
