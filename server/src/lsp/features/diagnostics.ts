// Diagnostics: pulled by the client where it can, pushed where it cannot. The newest text wins.

import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type Diagnostic as LspDiagnostic,
} from "vscode-languageserver/node";
import type { Resource } from "../../core/resources/resource";
import type { ServerContext } from "../base/context";
import { toLspDiagnostic } from "../base/convert";
import type { Validated } from "../workspace/validation";

export function registerDiagnostics(context: ServerContext): void {
  const { connection, documents, fence, client } = context;
  connection.languages.diagnostics.on((params, token) =>
    fence.wait("textDocument/diagnostic", emptyReport, async () => {
      await context.ready();
      if (token.isCancellationRequested) return emptyReport;
      // Whatever was typed while the folders were read is in the text that is looked at now.
      const resources = documents.all(params.textDocument.uri);
      return resources.length === 0 ? emptyReport : report(context, resources, params.previousResultId);
    }),
  );

  const pusher = createPusher(context);
  const push = (uri: string) => {
    if (!client().pullsDiagnostics) pusher.schedule(uri);
  };
  documents.onChanged((uri) => {
    push(uri);
    for (const other of documents.uris()) if (other !== uri) push(other);
  });
  documents.onClosed((uri) => {
    context.validation.forget(uri);
    if (!client().pullsDiagnostics) pusher.clear(uri);
  });
  context.onSurroundingsChanged(() => {
    if (!client().pullsDiagnostics) for (const uri of documents.uris()) push(uri);
    else if (client().refreshesDiagnostics)
      void fence.wait("workspace/diagnostic/refresh", undefined, () =>
        connection.languages.diagnostics.refresh(),
      );
  });
}

const emptyReport: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

function report(
  context: ServerContext,
  resources: readonly Resource[],
  previousResultId: string | undefined,
): DocumentDiagnosticReport {
  if (resources.every((it) => it.kind === undefined)) {
    return previousResultId === noneOfOurs
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: noneOfOurs }
      : { kind: DocumentDiagnosticReportKind.Full, resultId: noneOfOurs, items: [] };
  }
  const validated = resources.map(context.validate);
  const resultId = resultIdOf(validated);
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items: toLsp(context, validated) };
}

const noneOfOurs = "none";

/** Another one whenever the diagnostics of some resource of the file may have changed. */
const resultIdOf = (validated: readonly Validated[]) => validated.map((it) => it.resultId).join(" ");

/** More than anybody reads, and than VS Code shows of one file. */
const mostDiagnostics = 1000;

function toLsp({ index }: Pick<ServerContext, "index">, validated: readonly Validated[]): LspDiagnostic[] {
  return validated
    .flatMap(({ document, diagnostics }) => diagnostics.map((it) => ({ document, it })))
    .slice(0, mostDiagnostics)
    .map(({ document, it }) => toLspDiagnostic(document, it, index.find));
}

/** Publishes diagnostics once per turn of the event loop: a burst of changes is answered for its last text alone. */
function createPusher({ connection, documents, index, fence, ...context }: ServerContext) {
  const waiting = new Set<string>();
  const published = new Map<string, string>();
  let scheduled = false;

  const publish = (uri: string) => {
    const resources = documents.all(uri);
    if (resources.length === 0) return;
    if (resources.every((it) => it.kind === undefined)) {
      if (published.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
      return;
    }
    const validated = resources.map(context.validate);
    const resultId = resultIdOf(validated);
    const version = documents.version(uri);
    // A result id stands for one computation, so the same one has been published already.
    if (published.get(uri) === resultId) return;
    published.set(uri, resultId);
    const diagnostics = toLsp({ index }, validated);
    void connection.sendDiagnostics({ uri, ...(version === undefined ? {} : { version }), diagnostics });
  };

  const flush = async () => {
    await context.ready();
    scheduled = false;
    const uris = [...waiting];
    waiting.clear();
    for (const uri of uris) fence("publishDiagnostics", undefined, () => publish(uri));
  };

  return {
    schedule: (uri: string) => {
      waiting.add(uri);
      if (scheduled) return;
      scheduled = true;
      setImmediate(() => void fence.wait("publishDiagnostics", undefined, flush));
    },
    clear: (uri: string) => {
      waiting.delete(uri);
      published.delete(uri);
      void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  };
}
