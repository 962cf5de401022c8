// The accounts that the user selected in this workspace: those whose clusters the Clusters view offers, and those whose
// coverage is watched. No other account is ever asked.

import { isDeepStrictEqual } from "node:util";
import { type Event, EventEmitter, type ExtensionContext } from "vscode";
import type { ClusterChoice, CoverageTarget } from "../../../server/src/lsp/protocol/protocol";
import type { ClusterStore } from "./clusterStore";
import { readTargets } from "./coverageTargets";

export interface AccountStore {
  /** Those of clusters that were selected, the last one first. */
  readonly selected: readonly CoverageTarget[];
  /** Those whose every cluster is watched; empty: the chosen cluster alone. */
  readonly watched: readonly CoverageTarget[];
  watch(targets: readonly CoverageTarget[]): Promise<void>;
  readonly onDidChange: Event<void>;
}

const selectedKey = "ecsDaemon.accounts";
const watchedKey = "ecsDaemon.coverage";
const mostAccounts = 10;

export function createAccountStore(context: ExtensionContext, clusters: ClusterStore): AccountStore {
  const changed = new EventEmitter<void>();
  const read = (key: string) => readTargets(context.workspaceState.get(key));
  const remember = async (choice: ClusterChoice | undefined) => {
    const target = accountOfChoice(choice);
    if (target === undefined) return;
    const others = read(selectedKey).filter((it) => !isDeepStrictEqual(it, target));
    await context.workspaceState.update(selectedKey, [target, ...others].slice(0, mostAccounts));
    changed.fire();
  };
  context.subscriptions.push(changed, clusters.onDidChange(remember));
  return {
    get selected() {
      return read(selectedKey);
    },
    get watched() {
      return read(watchedKey);
    },
    watch: async (targets) => {
      await context.workspaceState.update(watchedKey, targets);
      changed.fire();
    },
    onDidChange: changed.event,
  };
}

function accountOfChoice(choice: ClusterChoice | undefined): CoverageTarget | undefined {
  if (typeof choice !== "object") return undefined;
  const { kind: _, cluster: _cluster, ...target } = choice;
  return target;
}
