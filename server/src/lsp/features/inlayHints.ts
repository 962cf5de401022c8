// textDocument/inlayHint: behind each expression how many container instances it selects, behind the containers what
// a task takes of each instance.

import { type InlayHint, InlayHintKind } from "vscode-languageserver/node";
import { expressionsOf } from "../../core/language/expressions/expressions";
import { selectionOf, selectionText } from "../../core/language/expressions/querySelection";
import { managedHints } from "../../core/language/managed/managedHints";
import { requirementsOf } from "../../core/requirements/requirementsOf";
import { familyOf, serviceNamesOf } from "../../core/resources/documentNames";
import { documentValue } from "../../core/resources/documentValue";
import { isTaskDefinition } from "../../core/resources/kinds/registry";
import type { Resource } from "../../core/resources/resource";
import { get, type JsonNode } from "../../core/source/tree";
import { cpuText, memoryText } from "../../core/text/counts";
import type { Span } from "../../core/text/span";
import { isOfManagedDaemon, managedNeighbors } from "../../core/workspace/managedFiles";
import type { ServerContext } from "../base/context";
import { toRange, toSpan } from "../base/convert";
import { onceFor } from "../base/memoized";
import { isBroken } from "../preview/brokenSubject";
import { pairingText } from "../workspace/pairing";

export function registerInlayHints(context: ServerContext): void {
  const { connection, fence, documents, client } = context;
  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    fence.wait("textDocument/inlayHint", [], async () => {
      await context.clusterRead();
      const open = documents.all(textDocument.uri);
      if (context.index.hasPairs() || open.some(isOfManagedDaemon)) await context.index.ready();
      if (token.isCancellationRequested || !context.settings.shows("inlayHints")) return [];
      return open.flatMap((document) => {
        if (document.kind === undefined) return [];
        const span = toSpan(document, range);
        if (isOfManagedDaemon(document)) return hintsOfManaged(context, document, span);
        return [
          ...expressionHints(context, document, span),
          ...totalHints(document, span),
          ...pairingHints(context, document, span),
        ];
      });
    }),
  );
  context.onSurroundingsChanged(() => {
    if (client().refreshesInlayHints)
      void fence.wait("workspace/inlayHint/refresh", undefined, () =>
        connection.languages.inlayHint.refresh(),
      );
  });
}

function expressionHints({ clusters }: ServerContext, document: Resource, span: Span): InlayHint[] {
  const current = clusters.current();
  if (current === undefined) return [];
  return expressionsOf(document).flatMap((expression): InlayHint[] => {
    const { node, template } = expression;
    const end = node === undefined ? expression.span.end : node.offset + node.length;
    if (template || end < span.start || end > span.end) return [];
    const query = expression.query();
    if (isBroken(query)) return [];
    const selection = selectionOf(query.tree, current.cluster);
    return [
      {
        position: toRange(document, { start: end, end }).start,
        label: selectionText(selection),
        paddingLeft: true,
        tooltip: `Container instances of ${current.label} that the expression selects, whatever their status.`,
      },
    ];
  });
}

function hintsOfManaged({ clusters, index }: ServerContext, document: Resource, span: Span): InlayHint[] {
  const neighbors = managedNeighbors(index.workspace());
  return managedHints(document, neighbors, clusters.current()?.cluster.instances)
    .filter(({ offset }) => offset >= span.start && offset <= span.end)
    .map(({ offset, label, tooltip }) => ({
      position: toRange(document, { start: offset, end: offset }).start,
      label,
      tooltip,
      paddingLeft: true,
    }));
}

/** What the user chose, behind the name that several files share. */
function pairingHints({ index }: ServerContext, document: Resource, span: Span): InlayHint[] {
  const place = familyOf(document) ?? serviceNamesOf(document)?.taskDefinition;
  if (place === undefined || place.span.end < span.start || place.span.end > span.end) return [];
  const pairing = index.workspace().pairingOf(document);
  const label = pairing.by === "chosen" ? pairingText(pairing) : undefined;
  if (label === undefined) return [];
  const tooltip = "Chosen for this workspace. To change it, run Choose Service or Task Definition.";
  return [
    {
      position: toRange(document, { start: place.span.end, end: place.span.end }).start,
      label,
      tooltip,
      paddingLeft: true,
    },
  ];
}

function totalHints(document: Resource, { start, end }: Span): readonly InlayHint[] {
  const containers = get(document.input, "containerDefinitions");
  if (!isTaskDefinition(document) || containers?.type !== "array") return [];
  return containers.offset > end || containers.offset + containers.length < start
    ? []
    : hintsOfTotals(document);
}

const hintsOfTotals = onceFor((document): readonly InlayHint[] => {
  const containers = get(document.input, "containerDefinitions");
  if (containers === undefined) return [];
  const value = documentValue(document);
  const { cpu, memory, unknown } = requirementsOf(value);
  const least = unknown?.cpu === undefined && unknown?.memory === undefined ? "" : "at least ";
  const hint = (at: number, label: string, tooltip: string): InlayHint => ({
    position: toRange(document, { start: at, end: at }).start,
    label,
    kind: InlayHintKind.Type,
    paddingLeft: true,
    tooltip,
  });
  const totals = `${least}${cpuText(cpu)}, ${memoryText(memory)} per instance`;
  return [
    ...(cpu === 0 && memory === 0
      ? []
      : [hint(containers.offset + 1, totals, "What a task takes of each instance it lands on.")]),
    // Not in the same line: VS Code cuts what is too long there.
    ...sizeMeter(count(containers), value).map((it) => hint(containers.offset + containers.length, ...it)),
  ];
});

const count = (list: JsonNode) => list.children?.length ?? 0;

/** The part of a limit from which on it is hinted at. */
const nearLimit = 0.8;

/** Which limits of ECS the definition is near to, as a hint's text and tooltip; none where there is room. */
function sizeMeter(containers: number, value: unknown): readonly (readonly [string, string])[] {
  const kibibytes = new TextEncoder().encode(JSON.stringify(value) ?? "").length / 1024;
  const near = [
    ...(containers >= 10 * nearLimit ? [`${containers} of 10 containers`] : []),
    ...(kibibytes >= 64 * nearLimit ? [`${kibibytes.toFixed(1)} of 64 KiB`] : []),
  ].join(", ");
  if (near === "") return [];
  return [[near, `${near}: the most that a task definition may have, white space not counted.`]];
}
