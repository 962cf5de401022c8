// The HTTP side: JSON 1.1 on a loopback address, for programs of this machine and not for web pages.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Answer, Dispatch } from "./dispatcher";
import { newUuid } from "./ids";

/** ECS takes 64 KiB of a task definition; nothing that a client sends is larger than this. */
const largestBody = 1 << 20;
const contentType = "application/x-amz-json-1.1";

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1. Rejects with a sentence if the port is taken. `log` gets one line per request. */
export function listen(port: number, dispatch: Dispatch, log: (line: string) => void): Promise<HttpServer> {
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    answerTo(request, dispatch, log).then(
      (answer) => void (answer !== undefined && send(response, answer)),
      () => response.destroy(),
    );
  };
  const server = createServer(serve);
  server.on("checkExpectation", serve);
  server.on("clientError", (_error, socket) => refuseBytes(socket));
  // Clients keep connections; a long-lived one must not be cut between two of their requests.
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 30_000;
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new Error(whyNot(error, port))));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve({
        port: typeof address === "object" && address !== null ? address.port : port,
        close: () => close(server),
      });
    });
  });
}

function whyNot(error: Error, port: number): string {
  if ("code" in error && error.code === "EADDRINUSE") {
    return `Port ${port} of 127.0.0.1 is in use. Choose another one, or leave it out for any free port.`;
  }
  return `The local endpoint cannot listen on 127.0.0.1:${port}: ${error.message}.`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** `undefined` where the connection is gone. */
async function answerTo(
  request: IncomingMessage,
  dispatch: Dispatch,
  log: (line: string) => void,
): Promise<Answer | undefined> {
  const began = performance.now();
  const target = textHeader(request, "x-amz-target");
  const refusal = refusalOf(request);
  const body = refusal === undefined ? await bodyOf(request) : "";
  const answer =
    refusal ??
    (body === undefined
      ? refused(413, "RequestEntityTooLargeException", "The request is too large.")
      : dispatch({ target, body, signedRegion: signedRegion(request) }));
  const took = (performance.now() - began).toFixed(1);
  const outcome = answer.errorType === undefined ? answer.status : `${answer.status} ${answer.errorType}`;
  log(`${target || request.method} ${outcome} ${took} ms`);
  if (answer.connection?.kind === "reset") {
    request.socket.resetAndDestroy();
    return undefined;
  }
  if (answer.connection?.kind === "delay") await pause(answer.connection.seconds);
  return answer;
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000).unref());
}

function textHeader(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}

function refused(status: number, errorType: string, message: string): Answer {
  return { status, body: { __type: errorType, message }, requestId: newUuid(), errorType };
}

/** A page in a browser always sends an Origin, and a rebound name shows in Host: neither has business here. */
function refusalOf(request: IncomingMessage): Answer | undefined {
  if (request.headers.origin !== undefined) {
    return refused(403, "AccessDeniedException", "The local endpoint does not answer web pages.");
  }
  const host = textHeader(request, "host").replace(/:\d+$/, "");
  if (!["127.0.0.1", "localhost", "[::1]"].includes(host)) {
    return refused(
      403,
      "AccessDeniedException",
      "The local endpoint answers on 127.0.0.1 and localhost only.",
    );
  }
  if (request.method !== "POST") {
    return refused(
      405,
      "UnknownOperationException",
      "This is an Amazon ECS endpoint: it takes POST requests.",
    );
  }
  return undefined;
}

/** The region that the client signed for; the signature itself is nobody's business here. */
function signedRegion(request: IncomingMessage): string | undefined {
  const scope = /Credential=[^/]*\/\d+\/([a-z0-9-]+)\//.exec(textHeader(request, "authorization"));
  return scope?.[1];
}

/** `undefined` if it is too large; what comes after the limit is read and thrown away, so that the answer arrives. */
function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
    });
    request.on("end", () =>
      resolve(size <= largestBody ? Buffer.concat(chunks).toString("utf8") : undefined),
    );
    // The connection was lost.
    request.on("error", reject);
  });
}

/** What is no HTTP gets an answer of the same form; there is no response object to send it with. */
function refuseBytes(socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify({ __type: "SerializationException", message: "This is not an HTTP request." });
  const head = ["HTTP/1.1 400 Bad Request", `content-type: ${contentType}`, `content-length: ${body.length}`];
  socket.end(`${[...head, "connection: close", "", body].join("\r\n")}`);
}

function send(response: ServerResponse, answer: Answer): void {
  // A text, unlike bytes, is sent together with the head.
  const body = JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    "x-amzn-requestid": answer.requestId,
    ...(answer.errorType === undefined ? {} : { "x-amzn-errortype": answer.errorType }),
  });
  response.end(body);
}
