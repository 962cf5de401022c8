// Writes what ECS says of a cluster into a snapshot file, which the preview and a colleague can use.

import { Uri, window, workspace } from "vscode";
import { clusterState } from "../../../server/src/lsp/protocol/clusterState";
import type { ClusterChoice, Failure } from "../../../server/src/lsp/protocol/protocol";
import { resolvePath } from "../cluster/clusterStore";
import { isFailure, shown } from "../failures";
import { notify } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { askCluster, given } from "./ask";
import { type CallArguments, textOption } from "./callArguments";
import { askOne } from "./wizard";

export type CapturedCluster =
  | { readonly file: string; readonly instances: number; readonly tasks: number }
  | Failure;

/**
 * Options: `cluster`, `file` (where to write it; asked for without it), `maskAccounts`. Returns the URI of the file and
 * what is in it.
 */
export async function captureCluster(session: Session, call: CallArguments): Promise<CapturedCluster> {
  const cluster = await askCluster(session, call);
  const maskAccounts = await askMasking(call, cluster);
  const answer = await withProgress("Capturing the cluster", (step) =>
    session.server.request("capture", { cluster, maskAccounts }, step),
  );
  if (isFailure(answer)) return shown(answer);
  const named = textOption(call, "file");
  const file = named === undefined ? await askFile(answer.fileName) : Uri.parse(resolvePath(named));
  await workspace.fs.writeFile(file, new TextEncoder().encode(answer.text));
  const { instances, tasks } = answer;
  const text = `Captured ${counted(instances, "container instance")} and ${counted(tasks, "task")} in ${workspace.asRelativePath(file)}.`;
  session.log.info(text);
  offerFile(session, text, file);
  return { file: file.toString(), instances, tasks };
}

/** Whoever captures the local cluster has no account to hide. */
async function askMasking(call: CallArguments, cluster: ClusterChoice): Promise<boolean> {
  if (typeof call.options.maskAccounts === "boolean") return call.options.maskAccounts;
  if (!clusterState({ choice: cluster, isTrusted: true, local: "running" }).isReal) return false;
  const items = [
    { label: "Mask account numbers", description: "000000000000 in their place", mask: true },
    { label: "Keep account numbers", description: "as ECS reports them", mask: false },
  ];
  const prompt = "Show or mask account numbers in the snapshot?";
  const picked = await askOne("Capture Cluster", (page) => page.pick({ prompt, items }));
  return picked.mask;
}

async function askFile(fileName: string): Promise<Uri> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return given(
    await window.showSaveDialog({
      title: "Save Cluster Snapshot",
      filters: { "Cluster snapshot": ["ecs-cluster.json", "json"] },
      ...(folder !== undefined && { defaultUri: Uri.joinPath(folder, fileName) }),
    }),
  );
}

function offerFile(session: Session, text: string, file: Uri): void {
  const [open, select] = ["Open", "Preview against It"];
  void notify.information(text, open, select).then(async (picked) => {
    if (picked === open) await window.showTextDocument(file);
    if (picked === select) await session.clusters.choose(file.toString());
  });
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
