// textDocument/codeLens: above a task definition where it would land, above a daemon service whether it does.

import type { CodeLens, Command } from "vscode-languageserver/node";
import type { EcsDocument } from "../core/documents/document";
import { get, keyOf } from "../core/documents/tree";
import { serviceNamesOf } from "../core/editing/documentNames";
import type { PreviewSubject } from "../core/editing/previewSubject";
import type { ServerContext } from "./context";
import { toRange } from "./convert";
import { daemonOf, placementOf } from "./placements";
import { brokenSubject } from "./preview";

export function registerCodeLenses(context: ServerContext): void {
  const { connection, fence, documents, client } = context;
  connection.onCodeLens(({ textDocument }, token) =>
    fence.wait("textDocument/codeLens", [], async () => {
      await context.ready();
      const document = documents.get(textDocument.uri);
      if (document === undefined || token.isCancellationRequested) return [];
      return codeLenses(context, document);
    }),
  );
  context.onSurroundingsChanged(() => {
    if (client().refreshesCodeLenses)
      void fence.wait("workspace/codeLens/refresh", undefined, () =>
        connection.sendRequest("workspace/codeLens/refresh"),
      );
  });
}

function codeLenses(context: ServerContext, document: EcsDocument): CodeLens[] {
  const { input, kind } = document;
  if (input?.type !== "object") return [];
  const uri = document.fileName;
  const named = get(input, "family") ?? get(input, "serviceName") ?? get(input, "service") ?? input;
  const anchor = keyOf(named).offset;
  const range = toRange(document, { start: anchor, end: anchor });
  const lens = (title: string, command: string): CodeLens => ({
    range,
    command: { title, command, arguments: [uri] } satisfies Command,
  });
  if (kind === "taskDefinition")
    return [
      lens(placementTitle(context, subjectOf(context, document)), "ecsDaemon.previewPlacement"),
      lens("Register", "ecsDaemon.registerTaskDefinition"),
      lens("Deploy", "ecsDaemon.deploy"),
    ];
  if (kind !== "service" || serviceNamesOf(document)?.isDaemon !== true) return [];
  return [
    lens(placementTitle(context, subjectOf(context, document)), "ecsDaemon.previewPlacement"),
    lens("Create or update", "ecsDaemon.createService"),
    lens("Verify", "ecsDaemon.verifyService"),
  ];
}

/** A definition with its only daemon service, or a service with its definition; nothing where that is not there. */
function subjectOf({ index }: ServerContext, document: EcsDocument): PreviewSubject | undefined {
  if (document.kind === "taskDefinition") {
    const services = index.findServices(document);
    return { taskDefinition: document, service: services.length === 1 ? services[0] : undefined };
  }
  const reference = serviceNamesOf(document)?.taskDefinition?.name;
  const taskDefinition =
    reference === undefined ? undefined : index.findTaskDefinition(reference, document.fileName);
  return taskDefinition === undefined ? undefined : { taskDefinition, service: document };
}

/** "Lands on 37 of 120 instances", or what can be said without a cluster. */
function placementTitle({ clusters }: ServerContext, subject: PreviewSubject | undefined): string {
  const cluster = clusters.current()?.cluster;
  if (cluster === undefined || subject === undefined || brokenSubject(subject) !== undefined)
    return "Preview placement";
  const { place, keep, instances } = placementOf(daemonOf(subject), cluster).summary;
  return `Lands on ${place + keep} of ${instances} ${instances === 1 ? "instance" : "instances"}`;
}
