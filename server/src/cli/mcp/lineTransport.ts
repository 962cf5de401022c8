// Messages of the Model Context Protocol, one on each line of two streams. Unlike the transport of the SDK it outlives a
// message that is too long, answers what it cannot read, and ends where nobody reads its answers.

import type { Readable, Writable } from "node:stream";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { ErrorCode, JSONRPCMessageSchema } from "@modelcontextprotocol/sdk/types.js";
import { printableJson } from "../../core/text/printable";

export interface LineTransport extends Transport {
  /** Resolves when the input has ended or the output is closed. */
  readonly ended: Promise<"input" | "output">;
}

/** Bytes of one message; the longest text that a tool takes has a fifth of them. */
const longest = 10 << 20;

type Id = string | number | null;

export function lineTransport(input: Readable, output: Writable): LineTransport {
  const write = (message: object): Promise<void> =>
    new Promise((resolve, reject) => {
      const line = `${printableJson(JSON.stringify(message))}\n`;
      output.write(line, (error) => (error ? reject(error) : resolve()));
    });
  const refuse = (id: Id, code: number, message: string) => {
    // Where the answer cannot be written, the output's own error ends the connection.
    write({ jsonrpc: "2.0", id, error: { code, message } }).catch(() => undefined);
  };
  const take = (line: Buffer | undefined) => {
    if (line === undefined) return refuse(null, ErrorCode.InvalidRequest, "The message is too long.");
    const text = line.toString("utf8").trim();
    if (text === "") return;
    const message = parsed(text);
    if (message === undefined) return refuse(null, ErrorCode.ParseError, "The line is not JSON.");
    const read = JSONRPCMessageSchema.safeParse(message.value);
    if (read.success) transport.onmessage?.(read.data);
    else if (!isAnswer(message.value))
      refuse(idOf(message.value), ErrorCode.InvalidRequest, "The line is not a JSON-RPC request.");
  };
  const takeChunk = inLines(take);
  const transport: LineTransport = {
    ended: new Promise((resolve) => {
      for (const event of ["end", "close", "error"]) input.once(event, () => resolve("input"));
      for (const event of ["close", "error"]) output.once(event, () => resolve("output"));
    }),
    start: async () => void input.on("data", takeChunk),
    send: write,
    close: async () => {
      input.off("data", takeChunk).pause();
      transport.onclose?.();
    },
  };
  return transport;
}

/** Calls `take` with each line, and with `undefined` in the place of one that is too long. */
function inLines(take: (line: Buffer | undefined) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let length = 0;
  const keep = (part: Buffer) => {
    length += part.length;
    if (length > longest) parts = [];
    else parts.push(part);
  };
  return (chunk) => {
    let from = 0;
    for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", from)) {
      keep(chunk.subarray(from, end));
      const line = length > longest ? undefined : Buffer.concat(parts);
      [parts, length, from] = [[], 0, end + 1];
      take(line);
    }
    keep(chunk.subarray(from));
  };
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** The id that a request has, whatever is wrong with the rest of it. */
function idOf(message: unknown): Id {
  const id = typeof message === "object" && message !== null && "id" in message ? message.id : null;
  return typeof id === "string" || typeof id === "number" ? id : null;
}

/** An answer is never answered. */
function isAnswer(message: unknown): boolean {
  return typeof message === "object" && message !== null && ("result" in message || "error" in message);
}
