// The Workspace view: services, task definitions and daemons of the workspace, whatever format describes them.

import { familyOf, serviceNamesOf } from "../../core/resources/documentNames";
import { traitsOf } from "../../core/resources/kinds/registry";
import { nameOfResource } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import { get, spanOf, stringOf } from "../../core/source/tree";
import { counted } from "../../core/text/counts";
import type { Span } from "../../core/text/span";
import type { ServerContext } from "../base/context";
import { toRange } from "../base/convert";
import { fileUri, pathOfUri } from "../base/uris";
import type { ViewAnswer, ViewNode, ViewParams } from "../protocol/protocol";
import { pathsOf } from "../workspace/workspace";
import { fileNameOf, idOf, partsOf, relativeTo } from "./viewNodes";

interface Section {
  readonly name: string;
  readonly label: string;
  readonly icon: string;
  readonly holds: (resource: Resource) => boolean;
}

const sections: readonly Section[] = [
  {
    name: "daemons",
    label: "Daemon services",
    icon: "server-process",
    holds: (it) => serviceNamesOf(it)?.isDaemon === true,
  },
  {
    name: "managed",
    label: "Managed daemons",
    icon: "server-process",
    holds: (it) => traitsOf(it).isManaged === true,
  },
  {
    name: "definitions",
    label: "Task definitions",
    icon: "package",
    holds: (it) => traitsOf(it).ofService === "taskDefinition",
  },
  {
    name: "services",
    label: "Other services",
    icon: "layers",
    holds: (it) => serviceNamesOf(it)?.isDaemon === false,
  },
  {
    name: "queries",
    label: "Queries",
    icon: "search",
    holds: (it) => traitsOf(it).signs?.isPlainText === true,
  },
];

export async function workspaceView({ index }: ServerContext, { parent }: ViewParams): Promise<ViewAnswer> {
  await index.ready();
  const { documents } = index.workspace();
  const folders = pathsOf(index.folders());
  const [kind, name] = partsOf(parent);
  if (kind === undefined)
    return { nodes: sections.flatMap((it) => sectionNode(it, documents.filter(it.holds).length)) };
  const section = sections.find((it) => it.name === name);
  if (section === undefined) return { nodes: [] };
  const nodes = documents.filter(section.holds).map((it) => resourceNode(it, section, folders));
  return { nodes: nodes.sort((left, right) => (left.label < right.label ? -1 : 1)) };
}

function sectionNode({ name, label }: Section, count: number): readonly ViewNode[] {
  if (count === 0) return [];
  return [{ id: idOf("section", name), label, description: String(count), below: "open" }];
}

function resourceNode(document: Resource, { icon }: Section, folders: readonly string[]): ViewNode {
  const { source, hosted } = document;
  const uri = nameOfResource(document);
  const file = fileUri(uri);
  const path = pathOfUri(file) ?? source.file;
  const shown = relativeTo(path, folders);
  const place = hosted === undefined ? shown : `${shown}#${hosted.id}`;
  const label = nameOf(document) ?? hosted?.id ?? fileNameOf(path);
  return {
    id: idOf("resource", uri),
    label,
    description: place,
    tooltip: [`${label}: ${traitsOf(document).label ?? ""}`, place, ...definitionText(document)].join("\n\n"),
    icon,
    context: contextOf(document),
    opens: { uri: file, range: toRange(document, placeOf(document)) },
    arguments: { uri },
  };
}

/** A resource of a template is previewed here, and deployed with its own tool. */
function contextOf({ kind, hosted }: Resource): string {
  return hosted === undefined ? (kind ?? "") : `hosted.${kind ?? ""}`;
}

function definitionText(document: Resource): readonly string[] {
  const definition = serviceNamesOf(document)?.taskDefinition?.name;
  if (definition !== undefined) return [`Task definition ${definition}`];
  const containers = get(document.input, "containerDefinitions")?.children?.length;
  return containers === undefined ? [] : [counted(containers, "container")];
}

function nameOf(document: Resource): string | undefined {
  return namePlace(document)?.name;
}

function namePlace({
  input,
  ...document
}: Resource): { readonly name: string; readonly span: Span } | undefined {
  const known = familyOf({ input, ...document }) ?? serviceNamesOf({ input, ...document })?.service;
  if (known !== undefined) return known;
  for (const member of ["daemonName", "family", "name"]) {
    const node = get(input, member);
    const name = stringOf(node);
    if (node !== undefined && name !== undefined) return { name, span: spanOf(node) };
  }
  return undefined;
}

/** Where the resource is named, else where it begins. */
function placeOf(document: Resource): Span {
  const start = document.hosted?.name ?? namePlace(document)?.span;
  if (start !== undefined) return start;
  const offset = document.input?.offset ?? 0;
  return { start: offset, end: offset };
}
