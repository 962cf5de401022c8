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
import { isFixedName, type NameUse, nameAt, namesIn, problemOfName } from "../../core/language/names";
import { isTaskDefinition, traitsOf } from "../../core/resources/kinds/registry";
import type { Resource } from "../../core/resources/resource";
import { get, items } from "../../core/source/tree";
import type { ServerContext } from "../base/context";
import { toOffset, toRange } from "../base/convert";

interface Place {
  readonly document: Resource;
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
  const twin = fence("textDocument/rename", undefined, () => twinOf(found, params.newName, places));
  if (twin !== undefined) return new ResponseError(ErrorCodes.InvalidParams, twin);
  const changes: Record<string, { range: Range; newText: string }[]> = {};
  for (const { document, use } of places) {
    changes[document.source.file] ??= [];
    const newText = isPlain(document) ? params.newName : JSON.stringify(params.newName).slice(1, -1);
    changes[document.source.file]?.push({ range: toRange(document, use.span), newText });
  }
  return { changes };
}

/** Whether a name is written without JSON's escapes. No name has a character that YAML or HCL would read otherwise. */
function isPlain(document: Resource): boolean {
  return traitsOf(document).isExpression === true || document.hosted !== undefined;
}

async function placeAt(
  { documents, index }: ServerContext,
  { textDocument, position }: TextDocumentPositionParams,
): Promise<Place | undefined> {
  await index.ready();
  for (const document of documents.all(textDocument.uri)) {
    const use = document.kind === undefined ? undefined : nameAt(document, toOffset(document, position));
    if (use !== undefined) return { document, use };
  }
  return undefined;
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

/** Why the new name would make two things one: something else of the kind has it already, where both are used. */
function twinOf({ use }: Place, newName: string, places: readonly Place[]): string | undefined {
  const { kind, name } = use;
  // Two files may well describe one family.
  if (kind === "family" || newName === name) return undefined;
  const documents = new Set(places.map((it) => it.document));
  const isTaken = [...documents].some((document) =>
    kind === "attribute"
      ? groupHasBoth(document, name, newName)
      : namesIn(document).some((it) => it.kind === kind && it.isDeclaration && it.name === newName),
  );
  if (!isTaken) return undefined;
  return kind === "attribute"
    ? `A group of a fleet has both '${name}' and '${newName}': they are two attributes.`
    : `There is a ${kind} called '${newName}' already.`;
}

/** An attribute that only other groups have may get the same name: it is the same attribute then. */
function groupHasBoth(document: Resource, name: string, other: string): boolean {
  if (traitsOf(document).hasGroups !== true) return false;
  return items(get(document.source.root, "groups")).some((group) => {
    const attributes = get(group, "attributes");
    return get(attributes, name) !== undefined && get(attributes, other) !== undefined;
  });
}

/** An attribute is one name across the workspace: in every expression and every fleet. */
function allDocuments({ index }: ServerContext, document: Resource): readonly Resource[] {
  const all = index.workspace().documents;
  return all.includes(document) ? all : [document, ...all];
}

/** A task definition with the services that refer to it, or a lone document. */
function relatedDocuments({ index }: ServerContext, document: Resource): readonly Resource[] {
  const workspace = index.workspace();
  const center = workspace.definitionOf(document) ?? document;
  if (!isTaskDefinition(center)) return [document];
  return [center, ...workspace.servicesOf(center)];
}

function toLocation({ document, use }: Place): Location {
  return { uri: document.source.file, range: toRange(document, use.span) };
}
