// The Model Context Protocol over standard input and output, with its official SDK. Loaded by `ecs-daemon mcp` alone.

import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import type { Tool } from "../../tools/toolTable";

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

/** Serves until the input ends or `end` is aborted. */
export async function serveTools(
  { version, instructions, tools, call, describe }: ToolServer,
  end: AbortSignal,
): Promise<void> {
  const server = new Server({ name: "ecs-daemon", version }, { capabilities: { tools: {} }, instructions });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: Object.entries(tools).map(([name, tool]) => ({
      name,
      ...tool,
      inputSchema: { ...tool.inputSchema, required: [...(tool.inputSchema.required ?? [])] },
      annotations: { readOnlyHint: true, openWorldHint: name === "coverage" },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    try {
      const roots = await rootsOf(server);
      const text = await call(params.name, params.arguments ?? {}, { signal, roots });
      return { content: [{ type: "text", text }] };
    } catch (error) {
      return { content: [{ type: "text", text: describe(error) }], isError: true };
    }
  });
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
    process.stdin.once("end", resolve).once("close", resolve);
    end.addEventListener("abort", () => resolve(), { once: true });
  });
  await server.connect(new StdioServerTransport());
  await closed;
  await server.close();
}

async function rootsOf(server: Server): Promise<readonly string[] | undefined> {
  if (server.getClientCapabilities()?.roots === undefined) return undefined;
  const { roots } = await server.listRoots();
  return roots.map((it) => it.uri);
}
