// Bytes on a TCP connection, as no HTTP library would send them.

import { connect } from "node:net";

export interface RawAnswer {
  /** The status of the first answer; 0 where the connection ended without one. */
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: readonly string[];
  readonly target?: string;
  readonly body?: string | Uint8Array;
}

export const listClusters = "AmazonEC2ContainerServiceV20141113.ListClusters";

/** A request as bytes, with the headers just as given. */
export function requestBytes({
  method = "POST",
  headers = ["Host: 127.0.0.1"],
  target = listClusters,
  body = "{}",
}: RawRequest): Buffer {
  const bytes = Buffer.from(body as string);
  const lines = [
    `${method} / HTTP/1.1`,
    ...headers,
    `X-Amz-Target: ${target}`,
    `Content-Length: ${bytes.length}`,
    "Connection: close",
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), bytes]);
}

/** Sends bytes and ends its side; resolves with what came back when the endpoint ended the connection. */
export function sendBytes(port: number, bytes: Uint8Array): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    // A connection may be reset while the rest of a refused request is on its way.
    socket.on("error", () => {});
    socket.once("close", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const [head = "", body = ""] = text.split("\r\n\r\n");
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), type: typeOf(body), text });
    });
  });
}

function typeOf(body: string): string | undefined {
  try {
    return JSON.parse(body).__type;
  } catch {
    return undefined;
  }
}
