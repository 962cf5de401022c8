// Registers every command behind one error boundary. What a command does is loaded when one is first called.

import { CancellationError, commands, type Disposable, workspace } from "vscode";
import type { Failure } from "../../../server/src/lsp/protocol/protocol";
import { describeFailure, isFailure, needsComputer, restricted, shown, showUnexpected } from "../failures";
import type { LoadLater } from "../later";
import type { Surroundings } from "../session";
import { type CommandName, commandId, commandNames, internalCommandNames } from "./commandIds";

/** What starts something or reaches an account: asked of nobody before the workspace is trusted. */
const needsTrust: ReadonlySet<CommandName> = new Set<CommandName>([
  "deploy",
  "registerTaskDefinition",
  "createService",
  "verifyService",
  "deleteService",
  "putAttributes",
  "deleteAttributes",
  "startLocalCluster",
  "startLocalFromFleet",
  "addLocalInstances",
  "captureCluster",
  "compareWithAws",
  "makeRoom",
  "selectCoverage",
]);

/** One registration for each command; each returns its result, `undefined` where the user cancelled. */
export function registerCommands(surroundings: Surroundings, load: LoadLater): readonly Disposable[] {
  return [...commandNames, ...internalCommandNames].map((name) =>
    commands.registerCommand(commandId(name), async (...values: unknown[]) => {
      try {
        const refused = needsTrust.has(name) ? refusal(surroundings) : undefined;
        const result = refused === undefined ? await (await load()).runCommand(name, values) : shown(refused);
        if (isFailure(result)) surroundings.log.warn(`${commandId(name)}: ${describeFailure(result)}`);
        return result;
      } catch (error) {
        if (error instanceof CancellationError) return undefined;
        const message = showUnexpected(surroundings.log, error, commandId(name), "ECS Daemon");
        return { error: { code: "unexpected", message } };
      }
    }),
  );
}

/** Why nothing may be started and no account asked here. */
function refusal({ inBrowser }: Surroundings): Failure | undefined {
  if (inBrowser) return needsComputer;
  return workspace.isTrusted ? undefined : restricted;
}
