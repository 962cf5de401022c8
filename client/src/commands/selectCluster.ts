// Which cluster everything looks at: the local one, a file, or one of an account, asked in one wizard.

import {
  CancellationError,
  commands,
  type QuickPickItem,
  QuickPickItemKind,
  window,
  workspace,
} from "vscode";
import type { ClusterChoice } from "../../../server/src/lsp/protocol/protocol";
import { fleetFiles, snapshotFiles } from "../cluster/clusterFiles";
import { clusterSteps } from "../cluster/clusterSteps";
import type { Session } from "../session";
import { byLabel, given, namedCluster } from "./ask";
import { type AccountAnswers, accountOf, accountSteps } from "./askAccount";
import type { CallArguments } from "./callArguments";
import { commandId } from "./commandIds";
import { fileItem } from "./fileItem";
import { startLocalCluster } from "./localCluster";
import { runWizard } from "./wizard";

interface Answers extends AccountAnswers {
  /** Not asked further: `null` clears the selection. */
  readonly choose?: () => Promise<ClusterChoice | null>;
}

interface Item extends QuickPickItem {
  readonly answers: Answers;
}

/**
 * Chooses the cluster for everything that follows, remembered for this workspace. Option `cluster` (or a snapshot or
 * fleet file as the resource) chooses without a question. Returns the choice, `null` for none.
 */
export async function selectCluster(
  session: Session,
  call: CallArguments,
): Promise<{ readonly cluster: ClusterChoice | null }> {
  const named = namedCluster(call) ?? (await clusterFile(session, call.uri));
  const cluster = named ?? (await ask(session));
  // Starting the local cluster has made it the choice already.
  if (cluster !== session.clusters.current) await session.clusters.choose(cluster ?? undefined);
  return { cluster };
}

async function clusterFile({ server }: Session, uri: string | undefined): Promise<string | undefined> {
  if (uri === undefined || /\.ecs-(cluster|fleet)\.json$/.test(uri)) return uri;
  const fleets = await fleetFiles(server);
  return fleets.some((it) => it.toString() === uri) ? uri : undefined;
}

async function ask(session: Session): Promise<ClusterChoice | null> {
  const items = await clusterItems(session);
  const answers = await runWizard<Answers>("Select Cluster", {}, [
    {
      ask: async (page) => {
        const { chosen } = session.states.current;
        const picked = await page.pick({ prompt: `Now: ${chosen.title}`, items });
        return picked.answers;
      },
    },
    ...accountSteps<Answers>(session),
  ]);
  return answers.choose === undefined ? accountOf(answers) : answers.choose();
}

async function clusterItems(session: Session): Promise<readonly Item[]> {
  const files = [...(await fleetFiles(session.server)), ...(await snapshotFiles())];
  const fileItems = files
    .map((uri) => ({ ...fileItem(uri), choose: async () => uri.toString() }))
    .sort(byLabel)
    .map(({ label, description, choose }) => ({
      label: `$(file) ${label}`,
      description,
      answers: { choose },
    }));
  return [
    ...helpItems(session),
    ...localItems(session),
    ...heading("Files of the workspace"),
    ...fileItems,
    {
      label: "$(folder-opened) Browse…",
      description: "a snapshot or fleet file",
      answers: { choose: browse },
    },
    ...awsItems(session),
    ...noneItem(session),
  ];
}

/** What helps where something is the matter with the chosen cluster. */
function helpItems({ states }: Session): readonly Item[] {
  const { next, condition } = states.current.chosen;
  if (condition === "none" || condition === "notRunning") return [];
  return next
    .filter((it) => it === "retry" || it === "signIn" || it === "manageTrust")
    .map((it) => {
      const { icon, title, command } = clusterSteps[it];
      const choose = async () => {
        await commands.executeCommand(command);
        throw new CancellationError();
      };
      return { label: `$(${icon}) ${title}`, answers: { choose } };
    });
}

function localItems(session: Session): readonly Item[] {
  if (!workspace.isTrusted || session.inBrowser) return [];
  const { condition, url, isKept } = session.states.current.local;
  if (condition === "running")
    return [
      {
        label: "$(vm) Local cluster",
        description: `running${url === undefined ? "" : ` at ${url}`}`,
        answers: { choose: async () => "local" },
      },
    ];
  const start = async () => {
    const answer = await startLocalCluster(session, { uri: undefined, options: {} });
    return "error" in answer ? given<ClusterChoice>(undefined) : "local";
  };
  const fromFleet = async () => {
    await commands.executeCommand(commandId("startLocalFromFleet"));
    return given<ClusterChoice>(session.clusters.current);
  };
  return [
    {
      label: "$(vm) Local cluster",
      description: isKept ? "not running: start it with its instances and services" : "not running: start it",
      answers: { choose: start },
    },
    {
      label: "$(vm) Local cluster from a fleet file…",
      description: "starts one with the container instances of the file",
      answers: { choose: fromFleet },
    },
  ];
}

function awsItems({ inBrowser }: Session): readonly Item[] {
  if (!workspace.isTrusted || inBrowser) return [];
  return [
    ...heading("Amazon ECS"),
    {
      label: "$(cloud) AWS account…",
      description: "profile, Region and cluster",
      answers: { isAccount: true },
    },
  ];
}

function noneItem(session: Session): readonly Item[] {
  if (session.clusters.current === undefined) return [];
  return [
    ...heading(""),
    {
      label: "$(circle-slash) Clear selection",
      description: "use the settings",
      answers: { choose: async () => null },
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
  return [{ label, kind: QuickPickItemKind.Separator, answers: {} }];
}
