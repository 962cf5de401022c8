// Definition, references and rename of names: containers, volumes, ports and families, across the files that belong
// together.

import {
  ErrorCodes,
  type Location,
  type PrepareRenameParams,
  type Range,
  type ReferenceParams,
  type RenameParams,
  ResponseError,
  type TextDocumentPositionParams,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { EcsDocument } from "../core/documents/document";
import { serviceNamesOf } from "../core/editing/documentNames";
import { isFixedName, type NameUse, nameAt, namesIn, problemOfName } from "../core/editing/names";
import type { ServerContext } from "./context";
import { toOffset, toRange } from "./convert";

interface Place {
  readonly document: EcsDocument;
  readonly use: NameUse;
}

export function registerNavigation(context: ServerContext): void {
  const { connection, fence } = context;
  connection.onDefinition((params) =>
    fence.wait("textDocument/definition", null, async () =>
      (await placesOfName(context, params)).filter((it) => it.use.isDeclaration).map(toLocation),
    ),
  );
  connection.onReferences((params: ReferenceParams) =>
    fence.wait("textDocument/references", null, async () => {
      const places = await placesOfName(context, params);
      return places
        .filter((it) => params.context.includeDeclaration || !it.use.isDeclaration)
        .map(toLocation);
    }),
  );
  connection.onPrepareRename((params: PrepareRenameParams) =>
    fence.wait("textDocument/prepareRename", null, async (): Promise<Range | null> => {
      const found = await placeAt(context, params);
      if (found === undefined || isFixedName(found.use)) return null;
      return toRange(found.document, found.use.span);
    }),
  );
  connection.onRenameRequest((params) => rename(context, params));
}

async function rename(
  context: ServerContext,
  params: RenameParams,
): Promise<WorkspaceEdit | ResponseError | null> {
  const { fence } = context;
  const found = await fence.wait("textDocument/rename", undefined, () => placeAt(context, params));
  if (found === undefined || isFixedName(found.use)) return null;
  const problem = problemOfName(found.use.kind, params.newName);
  if (problem !== undefined) return new ResponseError(ErrorCodes.InvalidParams, problem);
  const places = await fence.wait("textDocument/rename", [], () => placesOfName(context, params));
  const changes: Record<string, { range: Range; newText: string }[]> = {};
  for (const { document, use } of places) {
    changes[document.fileName] ??= [];
    const newText = document.kind === "query" ? params.newName : JSON.stringify(params.newName).slice(1, -1);
    changes[document.fileName]?.push({ range: toRange(document, use.span), newText });
  }
  return { changes };
}

async function placeAt(
  { documents, index }: ServerContext,
  { textDocument, position }: TextDocumentPositionParams,
): Promise<Place | undefined> {
  await index.ready();
  const document = documents.get(textDocument.uri);
  if (document?.kind === undefined) return undefined;
  const use = nameAt(document, toOffset(document, position));
  return use === undefined ? undefined : { document, use };
}

/** Every use of the name under the cursor, in all documents that share it. */
async function placesOfName(
  context: ServerContext,
  params: TextDocumentPositionParams,
): Promise<readonly Place[]> {
  const found = await placeAt(context, params);
  if (found === undefined) return [];
  const { kind, name } = found.use;
  const documents =
    kind === "attribute" ? allDocuments(context, found.document) : relatedDocuments(context, found.document);
  return documents.flatMap((document) =>
    namesIn(document)
      .filter((it) => it.kind === kind && it.name === name)
      .map((use) => ({ document, use })),
  );
}

/** An attribute is one name across the workspace: in every expression and every fleet. */
function allDocuments({ index }: ServerContext, document: EcsDocument): readonly EcsDocument[] {
  const all = index.documents();
  return all.includes(document) ? all : [document, ...all];
}

/** A task definition with the services that refer to it, or a lone document. */
function relatedDocuments({ index }: ServerContext, document: EcsDocument): readonly EcsDocument[] {
  const reference = serviceNamesOf(document)?.taskDefinition?.name;
  const definition =
    reference === undefined ? undefined : index.findTaskDefinition(reference, document.fileName);
  const center = definition ?? document;
  if (center.kind !== "taskDefinition") return [document];
  return [center, ...index.findReferringServices(center)];
}

function toLocation({ document, use }: Place): Location {
  return { uri: document.fileName, range: toRange(document, use.span) };
}
