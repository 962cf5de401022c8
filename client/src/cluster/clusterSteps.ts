// What a person can do about the state of a cluster: the words and the command of each step.

import type { ClusterStep } from "../../../server/src/lsp/protocol/protocol";
import { type CommandName, commandId } from "../commands/commandIds";

interface StepWords {
  readonly title: string;
  /** A codicon's name. */
  readonly icon: string;
  /** The id of a command of ours or of VS Code's. */
  readonly command: string;
}

const ours = (title: string, icon: string, name: CommandName): StepWords => ({
  title,
  icon,
  command: commandId(name),
});

export const clusterSteps: Readonly<Record<ClusterStep, StepWords>> = {
  start: ours("Start Local Cluster", "play", "startLocalCluster"),
  choose: ours("Select Cluster", "server", "selectCluster"),
  retry: ours("Try Again", "refresh", "internal.retryCluster"),
  signIn: ours("Sign In…", "account", "internal.signIn"),
  manageTrust: { title: "Manage Workspace Trust", icon: "shield", command: "workbench.trust.manage" },
  showLog: ours("Show Log", "output", "showLog"),
};
