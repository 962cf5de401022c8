// The local ECS endpoint of this extension: start, stop, and instances that join it.

import { env, workspace } from "vscode";
import { instanceCount } from "../../../server/src/core/text/counts";
import type { AddLocalInstancesAnswer, StartLocalAnswer } from "../../../server/src/lsp/protocol/protocol";
import { resolvePath } from "../cluster/clusterStore";
import { isFailure, shown } from "../failures";
import { notify } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { askText } from "./ask";
import { type CallArguments, isRecord, numberOption, textOption } from "./callArguments";

/** Options: `port`, `fleet` (a fleet file). Returns where the endpoint listens; it becomes the chosen cluster. */
export async function startLocalCluster(session: Session, call: CallArguments): Promise<StartLocalAnswer> {
  const fleet = textOption(call, "fleet") ?? fleetOf(call.uri);
  const port = numberOption(call, "port") ?? workspace.getConfiguration("ecsDaemon").get("local.port", 0);
  const answer = await withProgress("Starting the local cluster", (step) =>
    session.server.request(
      "startLocal",
      { port, ...(fleet !== undefined && { fleet: resolvePath(fleet) }) },
      step,
    ),
  );
  if (isFailure(answer)) return shown(answer);
  session.local.set({ url: answer.url, cluster: answer.cluster });
  await session.clusters.choose("local");
  const text = `The local cluster ${answer.cluster} listens on ${answer.url} and has ${instances(answer.instances)}.`;
  session.log.info(text);
  const copy = "Copy Endpoint URL";
  void notify.information(text, copy).then((picked) => {
    if (picked === copy) void env.clipboard.writeText(answer.url);
  });
  return answer;
}

/** Stops the endpoint; what it held is gone. Returns whether one was running. */
export async function stopLocalCluster(session: Session): Promise<{ readonly stopped: boolean }> {
  const stopped = session.local.running !== undefined;
  const answer = await session.server.request("stopLocal", {});
  if (isFailure(answer)) {
    shown(answer);
    return { stopped: false };
  }
  session.local.set(undefined);
  if (session.clusters.current === "local") await session.clusters.choose(undefined);
  void notify.information(stopped ? "The local cluster is stopped." : "There was no local cluster to stop.");
  return { stopped };
}

/** Options: `count`, `instanceType`, `attributes` (an object). Returns the ids that joined. */
export async function addLocalInstances(
  session: Session,
  call: CallArguments,
): Promise<AddLocalInstancesAnswer> {
  const count = numberOption(call, "count") ?? (await askCount());
  const instanceType = textOption(call, "instanceType");
  const attributes = textMembers(call.options.attributes);
  const answer = await withProgress("Adding container instances", (step) =>
    session.server.request(
      "addLocalInstances",
      {
        count,
        ...(instanceType !== undefined && { instanceType }),
        ...(attributes !== undefined && { attributes }),
      },
      step,
    ),
  );
  if (!isFailure(answer)) {
    const joined = answer.added.length === 1 ? "1 container instance" : instances(answer.added.length);
    void notify.information(`${joined} joined the local cluster, which has ${answer.instances} now.`);
  }
  return shown(answer);
}

async function askCount(): Promise<number> {
  const text = await askText({
    title: "Add Container Instances to the Local Cluster",
    prompt: "How many?",
    value: "1",
    validateInput: (it) => (/^[1-9]\d{0,3}$/.test(it.trim()) ? undefined : "A number from 1 to 9999."),
  });
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
