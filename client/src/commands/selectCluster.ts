import { type QuickPickItem, QuickPickItemKind, window, workspace } from "vscode";
import type { ClusterChoice } from "../../../server/src/lsp/protocol/protocol";
import { clusterLabel } from "../cluster/clusterChoice";
import type { Session } from "../session";
import { byLabel, given, namedCluster } from "./ask";
import { askAccount } from "./askAccount";
import type { CallArguments } from "./callArguments";
import { fileItem } from "./fileItem";
import { startLocalCluster } from "./localCluster";

interface Item extends QuickPickItem {
  /** Absent on a heading, which cannot be picked. */
  readonly choose?: () => Promise<ClusterChoice | null>;
}

/**
 * Chooses the cluster for everything that follows, remembered for this workspace. Option `cluster` (or a snapshot or
 * fleet file as the resource) chooses without a question. Returns the choice, `null` for none.
 */
export async function selectCluster(
  session: Session,
  call: CallArguments,
): Promise<{ readonly cluster: ClusterChoice | null }> {
  const named = namedCluster(call) ?? clusterFile(call.uri);
  const cluster = named ?? (await pick(session));
  // Starting the local cluster has made it the choice already.
  if (cluster !== session.clusters.current) await session.clusters.choose(cluster ?? undefined);
  return { cluster };
}

function clusterFile(uri: string | undefined): string | undefined {
  return uri !== undefined && /\.ecs-(cluster|fleet)\.json$/.test(uri) ? uri : undefined;
}

async function pick(session: Session): Promise<ClusterChoice | null> {
  const files = await workspace.findFiles("**/*.{ecs-cluster,ecs-fleet}.json", "**/node_modules/**", 200);
  const items: Item[] = [
    ...localItems(session),
    ...heading("Files of the workspace"),
    ...files
      .map((uri) => ({ ...fileItem(uri), choose: async () => uri.toString() }))
      .sort(byLabel)
      .map(({ label, description, choose }) => ({ label: `$(file) ${label}`, description, choose })),
    { label: "$(folder-opened) Browse…", description: "a snapshot or fleet file", choose: browse },
    ...awsItems(session),
    ...noneItem(session),
  ];
  const { choose } = given(
    await window.showQuickPick(items, {
      title: "Select Cluster",
      placeHolder: `Now: ${clusterLabel(session.clusters.current).text}`,
      matchOnDescription: true,
    }),
  );
  return choose === undefined ? null : choose();
}

function localItems(session: Session): readonly Item[] {
  if (!workspace.isTrusted) return [];
  const { running } = session.local;
  if (running !== undefined)
    return [{ label: "$(vm) Local cluster", description: running.url, choose: async () => "local" }];
  const start = async () => {
    const answer = await startLocalCluster(session, { uri: undefined, options: {} });
    return "error" in answer ? given<ClusterChoice>(undefined) : "local";
  };
  return [{ label: "$(vm) Local cluster", description: "starts it", choose: start }];
}

function awsItems(session: Session): readonly Item[] {
  if (!workspace.isTrusted) return [];
  return [
    ...heading("Amazon ECS"),
    {
      label: "$(cloud) AWS account…",
      description: "profile, Region and cluster",
      choose: () => askAccount(session),
    },
  ];
}

function noneItem(session: Session): readonly Item[] {
  if (session.clusters.current === undefined) return [];
  return [
    ...heading(""),
    {
      label: "$(circle-slash) Forget the choice",
      description: "the settings count again",
      choose: async () => null,
    },
  ];
}

async function browse(): Promise<ClusterChoice> {
  const picked = await window.showOpenDialog({
    title: "Cluster Snapshot or Fleet File",
    openLabel: "Select",
    filters: { "Cluster snapshot or fleet file": ["json"] },
  });
  return given(picked?.[0]).toString();
}

function heading(label: string): readonly Item[] {
  return [{ label, kind: QuickPickItemKind.Separator }];
}
