// textDocument/codeLens: above a task definition where it would land, above a daemon service or a managed daemon whether it
// does.

import type { CodeLens, Command } from "vscode-languageserver/node";
import { serviceNamesOf } from "../../core/resources/documentNames";
import { isTaskDefinition } from "../../core/resources/kinds/registry";
import { nameOfResource } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import { get, keyOf } from "../../core/source/tree";
import { counted, countText } from "../../core/text/counts";
import { inItsKind, isOfManagedDaemon } from "../../core/workspace/managedFiles";
import type { Pairing } from "../../core/workspace/pairing";
import type { ServerContext } from "../base/context";
import { toRange } from "../base/convert";
import { statesOf } from "../clusters/clusterStates";
import { brokenSubject } from "../preview/brokenSubject";
import { daemonOf, placementOf } from "../preview/daemonPlacements";
import { chooseServiceCommand, previewPlacementCommand } from "../protocol/protocol";
import { pairingText } from "../workspace/pairing";

export function registerCodeLenses(context: ServerContext): void {
  const { connection, fence, documents, client } = context;
  connection.onCodeLens(({ textDocument }, token) =>
    fence.wait("textDocument/codeLens", [], async () => {
      await context.ready();
      if (!context.settings.shows("codeLens")) return [];
      const resources = documents.all(textDocument.uri).map((it) => inItsKind(it, context.index.workspace));
      return token.isCancellationRequested ? [] : resources.flatMap((it) => codeLenses(context, it));
    }),
  );
  context.onSurroundingsChanged(() => {
    if (client().refreshesCodeLenses)
      void fence.wait("workspace/codeLens/refresh", undefined, () =>
        connection.sendRequest("workspace/codeLens/refresh"),
      );
  });
}

function codeLenses(context: ServerContext, document: Resource): CodeLens[] {
  const { input } = document;
  if (input?.type !== "object") return [];
  const uri = nameOfResource(document);
  const anchor = anchorOf(document);
  const range = toRange(document, { start: anchor, end: anchor });
  const lens = (title: string, command: string): CodeLens => ({
    range,
    command: { title, command, arguments: [uri] } satisfies Command,
  });
  const { isVsCode } = context.client();
  if (isOfManagedDaemon(document)) return isVsCode ? managedLenses(context, document, lens) : [];
  if (!isTaskDefinition(document) && serviceNamesOf(document)?.isDaemon !== true) return [];
  const pairing = context.index.workspace().pairingOf(document);
  const choice = pairingText(pairing);
  const landing = landingTitle(context, pairing);
  const preview = lens(landing ?? "Preview placement", previewPlacementCommand);
  // Nobody else has the commands below, nor a panel in which a cluster can be chosen.
  if (!isVsCode) return landing === undefined ? [] : [preview];
  if (document.hosted !== undefined) {
    // What is in a template is registered and deployed by its own tool.
    const copy = lens("Copy as JSON", "ecsDaemon.copyAsTaskDefinition");
    return [preview, copy];
  }
  return [
    preview,
    ...clusterLens(context, lens),
    ...runLenses(context, lens, isTaskDefinition(document)),
    ...(choice === undefined ? [] : [lens(choice, chooseServiceCommand)]),
  ];
}

type NewLens = (title: string, command: string) => CodeLens;

/** What a definition or what runs it can be used for here. */
function runLenses(context: ServerContext, lens: NewLens, isDefinition: boolean): readonly CodeLens[] {
  if (context.options().inBrowser === true) return [];
  if (context.options().trusted === false) return [lens(restrictedTitle, manageTrust)];
  return isDefinition
    ? [lens("Register", "ecsDaemon.registerTaskDefinition"), lens("Deploy", "ecsDaemon.deploy")]
    : [lens("Create or update", "ecsDaemon.createService"), lens("Verify", "ecsDaemon.verifyService")];
}

/** Nothing is counted here: what a managed daemon replaces depends on the cluster's capacity providers, which the preview reads. */
function managedLenses(context: ServerContext, { operation, hosted }: Resource, lens: NewLens): CodeLens[] {
  const preview = lens("Preview managed daemon", previewPlacementCommand);
  if (hosted !== undefined) return [preview];
  return [
    preview,
    ...clusterLens(context, lens),
    ...runLenses(context, lens, operation === "registerDaemonTaskDefinition"),
  ];
}

/** Above its name: of a resource in a template where the template names it. */
function anchorOf({ input, hosted }: Resource): number {
  if (hosted !== undefined) return hosted.name.start;
  const named =
    get(input, "family") ??
    get(input, "serviceName") ??
    get(input, "service") ??
    get(input, "daemonName") ??
    input;
  return named === undefined ? 0 : keyOf(named).offset;
}

/** VS Code's own command; nobody else says that a workspace is not trusted. */
const manageTrust = "workbench.trust.manage";
const restrictedTitle = "Manage Workspace Trust to register or deploy";

/** What is the matter with the chosen cluster, where something is, and the first thing that helps. */
function clusterLens(context: ServerContext, lens: NewLens): readonly CodeLens[] {
  const { chosen } = statesOf(context);
  switch (chosen.condition) {
    case "notRunning":
      return [lens("Local cluster not running: start it", "ecsDaemon.startLocalCluster")];
    case "unreachable":
    case "signedOut":
    case "failed":
      return [lens(`Cluster ${chosen.title}: select cluster`, "ecsDaemon.selectCluster")];
    default:
      return [];
  }
}

/** "Lands on 37 of 120 instances"; `undefined` without a cluster, and before it is decided of what. */
function landingTitle(
  { clusters }: ServerContext,
  { taskDefinition, by, ...pairing }: Pairing,
): string | undefined {
  const cluster = clusters.current()?.cluster;
  const subject =
    by === "undecided" || taskDefinition === undefined ? undefined : { ...pairing, taskDefinition };
  if (cluster === undefined || subject === undefined || brokenSubject(subject) !== undefined)
    return undefined;
  const { place, keep, unknown, instances } = placementOf(daemonOf(subject), cluster).summary;
  const open = unknown === 0 ? "" : `, ${countText(unknown)} unknown`;
  return `Lands on ${countText(place + keep)} of ${counted(instances, "instance")}${open}`;
}
