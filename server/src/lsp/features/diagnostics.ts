// Diagnostics: pulled by the client where it can, pushed where it cannot. The newest text wins.

import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type Diagnostic as LspDiagnostic,
} from "vscode-languageserver/node";
import type { Resource } from "../../core/resources/resource";
import type { Diagnostic } from "../../core/rules/diagnostic";
import type { ServerContext } from "../base/context";
import { toLspDiagnostic } from "../base/convert";

export function registerDiagnostics(context: ServerContext): void {
  const { connection, documents, fence, client } = context;
  connection.languages.diagnostics.on((params, token) =>
    fence.wait("textDocument/diagnostic", emptyReport, async () => {
      await context.ready();
      if (token.isCancellationRequested) return emptyReport;
      // Whatever was typed while the folders were read is in the text that is looked at now.
      const document = documents.get(params.textDocument.uri);
      return document === undefined ? emptyReport : report(context, document, params.previousResultId);
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
  document: Resource,
  previousResultId: string | undefined,
): DocumentDiagnosticReport {
  if (document.kind === undefined) {
    return previousResultId === noneOfOurs
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: noneOfOurs }
      : { kind: DocumentDiagnosticReportKind.Full, resultId: noneOfOurs, items: [] };
  }
  const { resultId, findings } = context.findings(document);
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  const items = toLsp(context, document, findings);
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

const noneOfOurs = "none";

/** More than anybody reads, and than VS Code shows of one file. */
const mostDiagnostics = 1000;

function toLsp(
  { index }: Pick<ServerContext, "index">,
  document: Resource,
  findings: readonly Diagnostic[],
): LspDiagnostic[] {
  return findings.slice(0, mostDiagnostics).map((it) => toLspDiagnostic(document, it, index.find));
}

/** Publishes diagnostics once per turn of the event loop: a burst of changes is answered for its last text alone. */
function createPusher({ connection, documents, index, fence, ...context }: ServerContext) {
  const waiting = new Set<string>();
  const published = new Map<string, string>();
  let scheduled = false;

  const publish = (uri: string) => {
    const document = documents.get(uri);
    if (document === undefined) return;
    if (document.kind === undefined) {
      if (published.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
      return;
    }
    const { resultId, findings } = context.findings(document);
    const version = documents.version(uri);
    // A result id stands for one computation, so the same one has been published already.
    if (published.get(uri) === resultId) return;
    published.set(uri, resultId);
    const diagnostics = toLsp({ index }, document, findings);
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
