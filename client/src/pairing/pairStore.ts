// Which files belong together, as far as the user was asked: remembered for the workspace, and sent to the server.

import type { ExtensionContext } from "vscode";
import type { Pair } from "../../../server/src/lsp/protocol/protocol";
import type { Server } from "../server";
import { readStoredPairs, storedPairs, withoutFile, withPair } from "./storedPairs";

export interface PairStore {
  /** By URI; what the server is started with. */
  readonly current: readonly Pair[];
  /** Resolves when lenses, hints, previews and deployments count with the answer. */
  choose(pair: Pair): Promise<void>;
  /** Forgets every answer about the file. */
  forget(uri: string): Promise<void>;
}

const stateKey = "ecsDaemon.pairs";

export function createPairStore(context: ExtensionContext, server: () => Server): PairStore {
  const current = () => readStoredPairs(context.workspaceState.get(stateKey));
  const keep = async (pairs: readonly Pair[]) => {
    await context.workspaceState.update(stateKey, pairs.length === 0 ? undefined : storedPairs(pairs));
    await server().tell("setPairs", { pairs });
  };
  return {
    get current() {
      return current();
    },
    choose: (pair) => keep(withPair(current(), pair)),
    forget: (uri) => keep(withoutFile(current(), uri)),
  };
}
