// The tools that VS Code offers to assistants (language model tools): the language server answers them.

import {
  type Disposable,
  type ExtensionContext,
  LanguageModelTextPart,
  LanguageModelToolResult,
  lm,
  type PreparedToolInvocation,
} from "vscode";
import { isFailure } from "./failures";
import type { Server } from "./server";

interface DeclaredTool {
  readonly name: string;
  readonly displayName: string;
}

const prefix = "ecsDaemon_";

/** Registers every tool of the manifest; nothing where this editor knows no tools. */
export function registerAssistantTools(
  { extension }: ExtensionContext,
  server: Server,
): readonly Disposable[] {
  // Editors that are built on VS Code may leave the API out.
  if (typeof lm?.registerTool !== "function") return [];
  const declared: readonly DeclaredTool[] = extension.packageJSON.contributes?.languageModelTools ?? [];
  return declared.map((tool) =>
    lm.registerTool<Readonly<Record<string, unknown>>>(tool.name, {
      prepareInvocation: () => prepared(tool),
      invoke: async ({ input }, token) => {
        const name = tool.name.slice(prefix.length);
        const answer = await server.request("tool", { name, input }, { token });
        if (isFailure(answer)) throw new Error(answer.error.message);
        return new LanguageModelToolResult([new LanguageModelTextPart(answer.text)]);
      },
    }),
  );
}

/** Only what reads an account is confirmed: everything else looks at files of the workspace. */
function prepared({ name, displayName }: DeclaredTool): PreparedToolInvocation {
  const invocationMessage = displayName;
  if (name !== `${prefix}coverage`) return { invocationMessage };
  const message =
    "Reads services, tasks and container instances of the selected cluster. Nothing is changed.";
  return { invocationMessage, confirmationMessages: { title: displayName, message } };
}
