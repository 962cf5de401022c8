// The state of the chosen cluster, always in sight once the extension does something. A real account stands out, and so
// does a cluster that is not there.

import { type Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window } from "vscode";
import { printable, printableLines } from "../../../server/src/core/text/printable";
import type { ClusterCondition, ClusterPlace, ClusterState } from "../../../server/src/lsp/protocol/protocol";
import { commandId } from "../commands/commandIds";
import type { ClusterStateStore } from "./clusterStates";
import { clusterSteps } from "./clusterSteps";

export interface ClusterStatus extends Disposable {
  show(): void;
}

export function createClusterStatus(states: ClusterStateStore): ClusterStatus {
  const item = window.createStatusBarItem("ecsDaemon.cluster", StatusBarAlignment.Left, 10);
  item.name = "ECS Daemon cluster";
  item.command = commandId("selectCluster");
  const draw = () => {
    const { chosen } = states.current;
    item.text = `$(${iconOf(chosen)}) ${barText(clusterText(chosen))}`;
    item.tooltip = tooltipOf(chosen);
    item.accessibilityInformation = { label: printable(`ECS cluster: ${chosen.title}. ${chosen.detail}`) };
    item.backgroundColor = backgroundOf(chosen);
  };
  const listening = states.onDidChange(draw);
  return {
    show: () => {
      draw();
      item.show();
    },
    dispose: () => {
      listening.dispose();
      item.dispose();
    },
  };
}

/** A name with `$(…)` in it would be drawn as an icon. */
const barText = (text: string) => printable(text).replaceAll("$(", "$ (");

/** Only what is of an account is called AWS. */
function clusterText({ place, title }: ClusterState): string {
  return place === "account" ? `AWS: ${title}` : `ECS: ${title}`;
}

const placeIcons: Readonly<Record<ClusterPlace, string>> = {
  nowhere: "server-environment",
  local: "vm",
  file: "file",
  endpoint: "plug",
  account: "cloud",
};

const conditionIcons: Readonly<Partial<Record<ClusterCondition, string>>> = {
  starting: "loading~spin",
  notRunning: "debug-stop",
  unreachable: "debug-disconnect",
  signedOut: "account",
  failed: "warning",
  restricted: "shield",
};

function iconOf({ place, condition }: ClusterState): string {
  return conditionIcons[condition] ?? placeIcons[place];
}

function backgroundOf({ condition, isReal }: ClusterState): ThemeColor | undefined {
  const isBroken = condition === "unreachable" || condition === "signedOut" || condition === "failed";
  if (isBroken) return new ThemeColor("statusBarItem.errorBackground");
  return isReal || condition === "notRunning" ? new ThemeColor("statusBarItem.warningBackground") : undefined;
}

/** The steps are links: only their commands can be run from it. */
function tooltipOf({ detail, next, staleSince, problem }: ClusterState): MarkdownString {
  const tooltip = new MarkdownString(undefined, true);
  tooltip.isTrusted = { enabledCommands: next.map((it) => clusterSteps[it].command) };
  tooltip.appendText(printableLines(detail));
  if (staleSince !== undefined)
    tooltip.appendMarkdown("\n\n").appendText(`Last read at ${new Date(staleSince).toLocaleTimeString()}.`);
  if (problem?.remedy !== undefined)
    tooltip.appendMarkdown("\n\n").appendText(printableLines(problem.remedy));
  const links = next.map((it) => {
    const { icon, title, command } = clusterSteps[it];
    return `[$(${icon}) ${title}](command:${command})`;
  });
  tooltip.appendMarkdown(`\n\n${links.join("&nbsp;&nbsp; ")}`);
  return tooltip;
}
