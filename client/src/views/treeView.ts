// One view of the activity bar: asks the server for what is below a node when it is opened, and draws what it answers.

import {
  EventEmitter,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
} from "vscode";
import { printable, printableLines } from "../../../server/src/core/text/printable";
import type { Failure, ViewAnswer, ViewNode, ViewTone } from "../../../server/src/lsp/protocol/protocol";
import { clusterSteps } from "../cluster/clusterSteps";
import { describeFailure, isFailure } from "../failures";

/** What VS Code keeps of a node, and hands to the commands of its menu. */
export interface ViewElement {
  readonly viewNode: ViewNode;
}

export interface ServerView {
  readonly view: TreeView<ViewElement>;
  /** Asks again for what is shown; where nobody sees it, when somebody does. */
  refresh(): void;
}

/** `ask` answers the nodes below a node of this id. */
export function createServerView(
  id: string,
  ask: (parent: string | undefined) => Promise<ViewAnswer | Failure>,
): ServerView {
  const changed = new EventEmitter<undefined>();
  const provider: TreeDataProvider<ViewElement> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: ({ viewNode }) => treeItem(viewNode),
    getChildren: async (element) => {
      const answer = await ask(element?.viewNode.id);
      const nodes = isFailure(answer) ? [failed(id, answer)] : answer.nodes;
      return nodes.map((viewNode) => ({ viewNode }));
    },
  };
  const view = window.createTreeView(id, { treeDataProvider: provider, showCollapseAll: true });
  return { view, refresh: () => changed.fire(undefined) };
}

/** The server is away, or something nobody foresaw: that is no empty view. */
function failed(id: string, answer: Failure): ViewNode {
  return {
    id: `${id} failed`,
    label: answer.error.message,
    tooltip: describeFailure(answer),
    icon: "warning",
    step: "showLog",
  };
}

const colors: Readonly<Record<ViewTone, string>> = {
  good: "charts.green",
  missing: "charts.red",
  failing: "charts.orange",
  unknown: "charts.purple",
  updating: "charts.blue",
  quiet: "descriptionForeground",
};

function treeItem(node: ViewNode): TreeItem {
  const item = new TreeItem(printable(node.label), stateOf(node));
  const { icon, tone, step } = node;
  const shown = step === undefined ? icon : clusterSteps[step].icon;
  item.id = node.id;
  if (node.description !== undefined) item.description = printable(node.description);
  item.tooltip = printableLines(node.tooltip ?? node.label);
  if (shown !== undefined)
    item.iconPath = new ThemeIcon(shown, tone === undefined ? undefined : new ThemeColor(colors[tone]));
  if (node.context !== undefined) item.contextValue = node.context;
  const command = commandOf(node);
  if (command !== undefined) item.command = command;
  return item;
}

function stateOf({ below }: ViewNode): TreeItemCollapsibleState {
  if (below === undefined) return TreeItemCollapsibleState.None;
  return below === "open" ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

function commandOf({ opens, step }: ViewNode) {
  if (step !== undefined) {
    const { title, command } = clusterSteps[step];
    return { title, command };
  }
  if (opens === undefined) return undefined;
  const { start, end } = opens.range;
  const selection = new Range(start.line, start.character, end.line, end.character);
  return { title: "Open", command: "vscode.open", arguments: [Uri.parse(opens.uri), { selection }] };
}
