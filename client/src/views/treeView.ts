// One view of the activity bar: asks the server for what is below a node when it is opened, and draws what it answers.

import { isDeepStrictEqual } from "node:util";
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

type Ask = (parent: string | undefined) => Promise<ViewAnswer | Failure>;

/** `ask` answers the nodes below a node of this id. */
export function createServerView(id: string, ask: Ask): ServerView {
  const provider = new ServerTree(id, ask);
  const view = window.createTreeView(id, { treeDataProvider: provider, showCollapseAll: true });
  view.onDidCollapseElement(({ element }) => provider.close(element));
  view.onDidChangeVisibility(({ visible }) => {
    if (visible && provider.isOutdated) provider.refresh();
  });
  return {
    view,
    refresh: () => {
      if (view.visible) provider.refresh();
      else provider.isOutdated = true;
    },
  };
}

/** What was answered below a node. */
interface Below {
  readonly element: ViewElement | undefined;
  readonly text: string;
  readonly children: readonly ViewElement[];
}

/**
 * What is shown is asked again, and drawn again only where it differs: an element that VS Code forgets has no menu for a
 * moment.
 */
class ServerTree implements TreeDataProvider<ViewElement> {
  isOutdated = false;
  private readonly changed = new EventEmitter<ViewElement | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  /** By the id of the node above. */
  private readonly shown = new Map<string, Below>();
  /** Asked for a redraw, and not drawn yet. */
  private readonly fresh = new Set<string>();
  private round = 0;

  constructor(
    private readonly id: string,
    private readonly ask: Ask,
  ) {}

  getTreeItem({ viewNode }: ViewElement): TreeItem {
    return treeItem(viewNode);
  }

  async getChildren(element?: ViewElement): Promise<ViewElement[]> {
    const key = keyOf(element);
    const known = this.shown.get(key);
    if (known !== undefined && this.fresh.delete(key)) return [...known.children];
    const below = await this.read(element);
    this.shown.set(key, below);
    return [...below.children];
  }

  /** Nobody sees any more what is below. */
  close(element: ViewElement): void {
    this.shown.delete(keyOf(element));
  }

  refresh(): void {
    this.isOutdated = false;
    this.round += 1;
    void this.readAgain(this.round).catch(() => undefined);
  }

  private async readAgain(round: number): Promise<void> {
    for (const key of [...this.shown.keys()]) {
      const before = this.shown.get(key);
      if (before === undefined) continue;
      const now = await this.read(before.element);
      // A later round has newer answers, and what was closed or drawn meanwhile needs none.
      if (round !== this.round) return;
      if (now.text === before.text || this.shown.get(key) !== before) continue;
      this.shown.set(key, now);
      this.fresh.add(key);
      this.changed.fire(before.element);
    }
  }

  private async read(element: ViewElement | undefined): Promise<Below> {
    const answer = await this.ask(element?.viewNode.id);
    const nodes = isFailure(answer) ? [failed(this.id, answer)] : answer.nodes;
    const known = new Map(this.shown.get(keyOf(element))?.children.map((it) => [it.viewNode.id, it]));
    const children = nodes.map((viewNode) => {
      const before = known.get(viewNode.id);
      return before !== undefined && isDeepStrictEqual(before.viewNode, viewNode) ? before : { viewNode };
    });
    return { element, text: JSON.stringify(nodes), children };
  }
}

const keyOf = (element: ViewElement | undefined): string => element?.viewNode.id ?? "";

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
