// The Model Context Protocol over standard input and output, with its official SDK. Loaded by `ecs-daemon mcp` alone.

import { setImmediate as nextTurn } from "node:timers/promises";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema, McpError } from "@modelcontextprotocol/sdk/types.js";
import { ToolError } from "../../tools/toolPort";
import type { Tool } from "../../tools/toolTable";
import { lineTransport } from "./lineTransport";

export interface ToolServer {
  readonly version: string;
  readonly instructions: string;
  readonly tools: Readonly<Record<string, Tool>>;
  /** Answers the text of a call; rejects with an error whose message the model reads. `roots` are the client's folders. */
  call(name: string, input: Readonly<Record<string, unknown>>, call: ToolCall): Promise<string>;
  /** What a rejection says to the model. */
  describe(error: unknown): string;
}

export interface ToolCall {
  readonly signal: AbortSignal;
  /** URIs of the folders that the client works in; `undefined` where it names none. */
  readonly roots: readonly string[] | undefined;
}

/** Serves until the input has ended and what it asked is answered, or until `end` is aborted. */
export async function serveTools(
  { version, instructions, tools, call, describe }: ToolServer,
  end: AbortSignal,
): Promise<void> {
  const server = new Server({ name: "ecs-daemon", version }, { capabilities: { tools: {} }, instructions });
  const transport = lineTransport(process.stdin, process.stdout);
  const calls = new Set<Promise<unknown>>();
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: Object.entries(tools).map(([name, tool]) => ({
      name,
      ...tool,
      inputSchema: { ...tool.inputSchema, required: [...(tool.inputSchema.required ?? [])] },
      annotations: { readOnlyHint: true, openWorldHint: name === "coverage" },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const answering = answered(async () => {
      const roots = await rootsOf(server, transport.ended);
      return call(params.name, params.arguments ?? {}, { signal, roots });
    }, describe);
    calls.add(answering);
    const answer = await answering;
    calls.delete(answering);
    return answer;
  });
  await server.connect(transport);
  const aborted = new Promise<"output">((resolve) =>
    end.addEventListener("abort", () => resolve("output"), { once: true }),
  );
  const over = await Promise.race([transport.ended, aborted]);
  if (over === "input") {
    // A call that was read last has begun one turn later, and its answer is written one turn after it is there.
    await nextTurn();
    await Promise.race([Promise.all(calls), aborted]);
    await nextTurn();
  }
  await server.close();
}

async function answered(work: () => Promise<string>, describe: ToolServer["describe"]) {
  try {
    return { content: [{ type: "text" as const, text: await work() }] };
  } catch (error) {
    return { content: [{ type: "text" as const, text: describe(error) }], isError: true };
  }
}

/** `ended`: from then on the client answers nothing. */
async function rootsOf(server: Server, ended: Promise<unknown>): Promise<readonly string[] | undefined> {
  if (server.getClientCapabilities()?.roots === undefined) return undefined;
  const gone = ended.then(() => Promise.reject(new ToolError("The client is gone.")));
  try {
    const { roots } = await Promise.race([server.listRoots(), gone]);
    return roots.map((it) => it.uri);
  } catch (error) {
    const reason = error instanceof McpError ? error.message : "its answer has another form";
    throw new ToolError(`The client did not name the folders that may be read: ${reason}.`);
  }
}
