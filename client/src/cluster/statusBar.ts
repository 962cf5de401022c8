// The chosen cluster, always in sight once the extension does something. A real account stands out.

import { type Disposable, StatusBarAlignment, ThemeColor, window } from "vscode";
import { commandId } from "../commands/commandIds";
import { clusterLabel } from "./clusterChoice";
import type { ClusterStore } from "./clusterStore";

export interface ClusterStatus extends Disposable {
  show(): void;
}

export function createClusterStatus(clusters: ClusterStore): ClusterStatus {
  const item = window.createStatusBarItem("ecsDaemon.cluster", StatusBarAlignment.Left, 10);
  item.name = "ECS Daemon cluster";
  item.command = commandId("selectCluster");
  const draw = () => {
    const label = clusterLabel(clusters.current);
    item.text = `$(${label.icon}) ECS: ${label.text}`;
    item.tooltip = `${label.detail}\nSelect another cluster.`;
    item.accessibilityInformation = { label: `ECS cluster: ${label.text}. ${label.detail}` };
    item.backgroundColor = label.real ? new ThemeColor("statusBarItem.warningBackground") : undefined;
  };
  draw();
  const listening = clusters.onDidChange(draw);
  return {
    show: () => item.show(),
    dispose: () => {
      listening.dispose();
      item.dispose();
    },
  };
}
