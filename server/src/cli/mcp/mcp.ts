// `ecs-daemon mcp`: the read-only calls as tools of the Model Context Protocol.

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { withoutSecretParts } from "../../core/secrets/secretText";
import { printable } from "../../core/text/printable";
import { runTool } from "../../tools/runTool";
import { ToolError } from "../../tools/toolPort";
import { tools } from "../../tools/toolTable";
import { type Command, exitCodes, InputError, UsageError } from "../command";
import { listOf } from "../coverage/options";
import { targetHelp } from "../help";
import { targetOf, targetOptions, targetSynopsis } from "../input/target";
import { describeError } from "../output/remedyText";
import type { Terminal } from "../output/terminal";
import { productVersion } from "../productVersion";
import { commandLinePort } from "./commandLinePort";

const instructions =
  "Tools for Amazon ECS daemon services (one task on every matching container instance). All are read-only. Validate files after changing them; preview a placement before a deployment.";

export const mcpCommand: Command = {
  name: "mcp",
  synopsis: `[--root FOLDER]… ${targetSynopsis}`,
  summary: "Offers read-only tools to an assistant, over the Model Context Protocol.",
  help: `
Speaks the Model Context Protocol on standard input and output until the input
ends. Tools: ${Object.keys(tools).join(", ")}.
Nothing is changed, in no file and no account.

  --root FOLDER       a folder whose files may be read; may be given several
                      times. Default: the folders that the client names, else
                      the current one${targetHelp}
                      Without any of them no account is read: the assistant
                      chooses the cluster, you choose the account.`,
  options: { ...targetOptions, root: { type: "string", multiple: true } },
  run: async ({ values, positionals }, terminal) => {
    if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is one argument too many.`);
    const given = listOf(values, "root").map((it) => resolve(it));
    const signal = terminal.interruption();
    // Standard input belongs to the protocol: nobody can be asked.
    const quiet: Terminal = { ...terminal, canAsk: false, interruption: () => signal };
    targetOf(values, quiet);
    const { serveTools } = await import("./mcpServer");
    await serveTools(
      {
        version: productVersion(),
        instructions,
        tools,
        describe,
        call: (name, input, call) => {
          const roots = given.length > 0 ? given : foldersOf(call.roots);
          return runTool(
            name,
            input,
            commandLinePort({ roots, target: values, terminal: quiet }),
            call.signal,
          );
        },
      },
      signal,
    );
    return exitCodes.good;
  },
};

/** The client's folders; a client that names none means the current one. */
function foldersOf(uris: readonly string[] | undefined): readonly string[] {
  if (uris === undefined) return [resolve(".")];
  const folders = uris.flatMap((it) => folderOf(it) ?? []);
  if (folders.length === 0) throw new ToolError("The client names no folder whose files may be read.");
  return folders;
}

/** `undefined` for what is not on this machine, and for what is no URI of a file. */
function folderOf(uri: string): string | undefined {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

function describe(error: unknown): string {
  const isOurs = error instanceof ToolError || error instanceof InputError || error instanceof UsageError;
  return withoutSecretParts(printable(isOurs ? error.message : describeError(error)));
}
