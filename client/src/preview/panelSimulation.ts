// What the parts "What if" and "Time" of a preview panel ask for: changes that touch nothing real, a story of what
// would happen, a file of the changed cluster, and the changes made real on the local cluster.

import { commands, Uri, window, workspace } from "vscode";
import { counted, instanceCount } from "../../../server/src/core/text/counts";
import type {
  ClusterChange,
  ManagedTrial,
  PreviewParams,
  SaveClusterAnswer,
} from "../../../server/src/lsp/protocol/protocol";
import { commandId } from "../commands/commandIds";
import { isFailure, showFailure, showWithLog } from "../failures";
import { notify, showSuccess } from "../notify";
import { fileUri, parsedFileUri } from "../resourceUri";
import type { Server } from "../server";
import type { HostMessage, PanelMessage, PreviewedDocument, SimulationMessage } from "./messages";

/** The panel that asks, as it is now. */
export interface SimulatingPanel {
  readonly server: Server;
  /** What its next preview would ask for, the changes included. */
  readonly params: PreviewParams;
  readonly document: PreviewedDocument;
  send(message: HostMessage): void;
  /** From now on its previews are of the cluster with these changes. */
  change(changes: readonly ClusterChange[]): void;
  /** From now on its previews are with this value of a parameter or variable, or without one. */
  giveValue(name: string, value: string | undefined): void;
  /** URIs of the files of values that its previews are with. */
  readonly valuesFiles: readonly string[];
  useValuesFiles(uris: readonly string[]): void;
  /** The same for the preview of a managed daemon. */
  changeManaged(trial: ManagedTrial): void;
}

const kinds: ReadonlySet<string> = new Set<SimulationMessage["kind"]>([
  "whatIf",
  "giveValue",
  "chooseValuesFile",
  "leaveValuesFile",
  "managedTrial",
  "timeline",
  "saveCluster",
  "applyToLocal",
]);

export function isSimulationMessage(message: PanelMessage): message is SimulationMessage {
  return kinds.has(message.kind);
}

/** Never rejects: what fails is told to the user. */
export async function performSimulation(message: SimulationMessage, panel: SimulatingPanel): Promise<void> {
  try {
    switch (message.kind) {
      case "whatIf":
        return panel.change(message.changes);
      case "giveValue":
        return panel.giveValue(message.name, message.value);
      case "chooseValuesFile":
        return await chooseValuesFile(panel);
      case "leaveValuesFile":
        return panel.useValuesFiles(panel.valuesFiles.filter((it) => it !== message.uri));
      case "managedTrial":
        return panel.changeManaged(message.trial);
      case "timeline":
        return await tell(message, panel);
      case "saveCluster":
        return await save(message.as, panel);
      case "applyToLocal":
        return await applyToLocal(panel);
    }
  } catch (error) {
    showWithLog("error", error instanceof Error ? error.message : String(error));
  }
}

/** What is picked later counts before what was picked earlier. */
async function chooseValuesFile({ valuesFiles, document, useValuesFiles }: SimulatingPanel): Promise<void> {
  const picked = await window.showOpenDialog({
    title: "Select Values File",
    openLabel: "Select",
    defaultUri: Uri.joinPath(Uri.parse(fileUri(document.uri)), ".."),
    filters: { "Values of a template or module": ["tfvars", "json", "yaml", "yml"] },
  });
  const uri = picked?.[0]?.toString();
  if (uri !== undefined) useValuesFiles([...valuesFiles.filter((it) => it !== uri), uri]);
}

async function tell(
  { scenario, minimumHealthyPercent }: Extract<SimulationMessage, { readonly kind: "timeline" }>,
  { server, params, document, send }: SimulatingPanel,
): Promise<void> {
  const answer = await server.request("timeline", {
    ...params,
    scenario,
    ...(minimumHealthyPercent !== undefined && { minimumHealthyPercent }),
  });
  send({ kind: "timeline", document, answer });
}

async function save(as: "fleet" | "snapshot", panel: SimulatingPanel): Promise<void> {
  const saved = await textOf(as, panel);
  if (saved === undefined) return;
  const target = await window.showSaveDialog({
    title: as === "fleet" ? "Save the Cluster as a Fleet File" : "Save the Cluster as a Snapshot",
    defaultUri: Uri.joinPath(parsedFileUri(panel.document.uri), "..", saved.fileName),
    filters: { JSON: ["json"] },
  });
  if (target === undefined) return;
  await workspace.fs.writeFile(target, new TextEncoder().encode(saved.text));
  const use = "Use as Cluster";
  const open = "Open";
  const picked = await notify.information(
    `The cluster is saved as ${target.path.split("/").at(-1)}.`,
    use,
    open,
  );
  if (picked === open) await window.showTextDocument(target);
  if (picked === use) {
    // The file has the changes: on top of it they would be made twice.
    panel.send({ kind: "applied", document: panel.document });
    await commands.executeCommand(commandId("selectCluster"), undefined, { cluster: target.toString() });
  }
}

type Saved = Exclude<SaveClusterAnswer, { readonly error: unknown }>;

/** Where a fleet file would lose something, the user chooses with open eyes. */
async function textOf(as: "fleet" | "snapshot", panel: SimulatingPanel): Promise<Saved | undefined> {
  const answer = await panel.server.request("saveCluster", { ...panel.params, as });
  if (isFailure(answer)) {
    showFailure(answer);
    return undefined;
  }
  if (answer.lost.length === 0) return answer;
  const snapshot = "Save a Snapshot";
  const anyway = "Save the Fleet File";
  const picked = await notify.warning(
    "A fleet file cannot hold everything about this cluster. A snapshot can.",
    { modal: true, detail: answer.lost.join("\n") },
    snapshot,
    anyway,
  );
  if (picked === snapshot) return textOf("snapshot", panel);
  return picked === anyway ? answer : undefined;
}

async function applyToLocal({ server, params, document, send }: SimulatingPanel): Promise<void> {
  const answer = await server.request("applyLocal", { changes: params.changes ?? [] });
  if (isFailure(answer)) return showFailure(answer);
  const changes = counted(answer.applied, "change");
  const said = `${changes} applied: the local cluster has ${instanceCount(answer.instances)}`;
  if (answer.problems.length === 0) showSuccess(said);
  else showWithLog("warning", [said, ...answer.problems].join(" "));
  send({ kind: "applied", document });
}
