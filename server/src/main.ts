// The language server's entry: speaks over the stream the client chose (`--stdio`, `--node-ipc`, `--socket=`).
// The connection ends this process when the client closes the stream or its process is gone. In a browser the file is a
// module of a worker, which calls what it exports.

import { setFlagsFromString } from "node:v8";
import { createConnection, type MessageReader, type MessageWriter } from "vscode-languageserver/node";
import { clientFiles } from "./lsp/base/clientFiles";
import { nodeEnvironment } from "./lsp/base/environment";
import { loadLater } from "./lsp/loadLater";
import { startServer } from "./lsp/server";

/** Serves a client over channels that the caller made, and reads files by the means of that client. */
export function serveWorker(reader: MessageReader, writer: MessageWriter): void {
  const connection = createConnection(reader, writer);
  startServer(connection, clientFiles(connection), loadLater);
  connection.listen();
}

function serveProcess(): void {
  // Young objects die quickly here: a young generation that may not grow saves some 25 MiB after a minute of typing and
  // costs no measurable time, on snapshots of 5,000 container instances neither.
  setFlagsFromString("--semi-space-growth-factor=1");
  // V8 lets a small heap grow fourfold before it looks for old garbage. Twofold saves some 10 MiB more after a minute of
  // typing, and 30 MiB beside a snapshot of 5,000 container instances.
  setFlagsFromString("--heap-growing-percent=100");
  const streams = ["--stdio", "--node-ipc", "--socket", "--pipe"];
  if (process.argv.some((it) => streams.some((stream) => it === stream || it.startsWith(`${stream}=`)))) {
    const connection = createConnection();
    startServer(connection, nodeEnvironment(loadLater), loadLater);
    connection.listen();
    // With Node's own channel there is no stream whose end would tell that the client is gone.
    process.once("disconnect", () => process.exit(1));
  } else {
    process.stderr.write(
      `Missing argument: ${streams.slice(0, 2).join(" or ")}, the channel to the client.\n`,
    );
    process.exitCode = 2;
  }
}

if (require.main === module) serveProcess();
