// The local ECS endpoint of this extension: start, stop, and instances that join it.

import { window, workspace } from "vscode";
import { instanceCount } from "../../../server/src/core/text/counts";
import {
  type AddLocalInstancesAnswer,
  localClusterExists,
  type StartLocalAnswer,
  type StartLocalParams,
  type StopLocalAnswer,
} from "../../../server/src/lsp/protocol/protocol";
import { fleetFiles } from "../cluster/clusterFiles";
import { resolvePath } from "../cluster/clusterStore";
import { isFailure, shown } from "../failures";
import { notify, succeed } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { byLabel, given } from "./ask";
import { type CallArguments, isRecord, numberOption, textOption } from "./callArguments";
import { fileItem } from "./fileItem";
import { askOne } from "./wizard";

/** Options: `port`, `fleet` (a fleet file). Returns where the endpoint listens; it becomes the chosen cluster. */
export async function startLocalCluster(session: Session, call: CallArguments): Promise<StartLocalAnswer> {
  const fleet = textOption(call, "fleet") ?? fleetOf(call.uri);
  return started(session, await start(session, { ...portOf(call), ...fleetFile(fleet) }));
}

const portOf = (call: CallArguments) => {
  const port = numberOption(call, "port") ?? workspace.getConfiguration("ecsDaemon").get("local.port", 0);
  return port > 0 ? { port } : {};
};

const fleetFile = (fleet: string | undefined) => (fleet === undefined ? {} : { fleet: resolvePath(fleet) });

function start({ server }: Session, params: StartLocalParams): Promise<StartLocalAnswer> {
  return withProgress("Starting the local cluster", (step) => server.request("startLocal", params, step));
}

/** What the user sees of it. */
async function started(session: Session, answer: StartLocalAnswer): Promise<StartLocalAnswer> {
  if (isFailure(answer)) return shown(answer);
  await session.clusters.choose("local");
  succeed(session.log, `Local cluster started: ${instances(answer.instances)} at ${answer.url}`);
  return answer;
}

/** A fleet file as the resource, else one that is asked for. A local cluster that runs or is kept is replaced. */
export async function startLocalFromFleet(
  session: Session,
  call: CallArguments,
): Promise<StartLocalAnswer | undefined> {
  const fleet = textOption(call, "fleet") ?? call.uri ?? (await askFleet(session));
  const asked = { ...portOf(call), ...fleetFile(fleet) };
  const first = await start(session, { ...asked, replaces: false });
  if (!isFailure(first) || first.error.code !== localClusterExists) return started(session, first);
  const replace = "Replace";
  const picked = await notify.warning(
    "Replace the local cluster?",
    { modal: true, detail: "Its container instances, services and tasks are deleted." },
    replace,
  );
  if (picked !== replace) return undefined;
  return started(session, await start(session, { ...asked, replaces: true }));
}

async function askFleet({ server }: Session): Promise<string> {
  const files = await fleetFiles(server);
  if (files.length === 0) {
    const picked = await window.showOpenDialog({
      title: "Fleet File",
      openLabel: "Start",
      filters: { "Fleet file": ["json"] },
    });
    return given(picked?.[0]).toString();
  }
  const items = files.map(fileItem).sort(byLabel);
  const picked = await askOne("Start Local Cluster from Fleet File", (page) =>
    page.pick({ prompt: "Which fleet file?", items }),
  );
  return picked.uri.toString();
}

/** Stops the endpoint; what it held is gone. Returns whether one was running. */
export async function stopLocalCluster(session: Session): Promise<StopLocalAnswer> {
  const answer = await session.server.request("stopLocal", {});
  if (isFailure(answer)) {
    shown(answer);
    return { stopped: false };
  }
  if (session.clusters.current === "local") await session.clusters.choose(undefined);
  const { stopped } = answer;
  succeed(session.log, stopped ? "Local cluster stopped" : "The local cluster was not running");
  return { stopped };
}

/** Options: `count`, `instanceType`, `attributes` (an object). Returns the ids that joined. */
export async function addLocalInstances(
  session: Session,
  call: CallArguments,
): Promise<AddLocalInstancesAnswer> {
  const asked = await askInstances(call);
  const answer = await withProgress("Adding container instances", (step) =>
    session.server.request("addLocalInstances", asked, step),
  );
  if (!isFailure(answer))
    succeed(
      session.log,
      `${instances(answer.added.length)} added: the local cluster has ${instances(answer.instances)}`,
    );
  return shown(answer);
}

/** A call that says how many is asked nothing. */
async function askInstances(call: CallArguments) {
  const count = numberOption(call, "count") ?? (await askCount());
  const instanceType = textOption(call, "instanceType");
  const attributes = textMembers(call.options.attributes);
  return {
    count,
    ...(instanceType !== undefined && { instanceType }),
    ...(attributes !== undefined && { attributes }),
  };
}

async function askCount(): Promise<number> {
  const text = await askOne("Add Container Instances to the Local Cluster", (page) =>
    page.text({
      prompt: "How many?",
      value: "1",
      problem: (it) => (/^[1-9]\d{0,3}$/.test(it.trim()) ? undefined : "A number from 1 to 9999."),
    }),
  );
  return Number(text);
}

/** A menu or a task may hand the fleet file over as the command's resource. */
function fleetOf(uri: string | undefined): string | undefined {
  return uri?.endsWith(".ecs-fleet.json") ? uri : undefined;
}

function textMembers(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isRecord(value)) return undefined;
  const members = Object.entries(value).filter((it): it is [string, string] => typeof it[1] === "string");
  return Object.fromEntries(members);
}

function instances(count: number): string {
  return instanceCount(count);
}
