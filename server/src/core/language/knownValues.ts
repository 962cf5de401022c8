// The values that mean something at a place: what the API allows, and the names that other parts of the document or
// of the workspace declare.

import { ordinaryShape, shapeNamed } from "../api/apiModel";
import { traitsOf } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import { get, items, type JsonNode, numberOf, stringOf } from "../source/tree";
import { append } from "../text/lists";
import { fleetAttributeNames, fleetValues } from "./fleetValues";
import type { InputLocation } from "./inputLocation";
import type { KnownValue } from "./knownValue";
import { type NameKind, namesIn } from "./names";
import * as tables from "./valueTables";

export interface ValueSurroundings {
  /** The task definition that the service refers to. */
  readonly taskDefinition: Resource | undefined;
  /** Families of the workspace. */
  readonly families: readonly string[];
  /** Names of the attributes that instances of the chosen cluster have. */
  readonly attributes?: readonly string[];
}

/** Values for a place, best first. */
export function knownValues(
  document: Resource,
  place: InputLocation,
  surroundings: ValueSurroundings,
): readonly KnownValue[] {
  const shape = shapeNamed(place.shape);
  const special = specialValues(document, place, surroundings);
  if (special !== undefined) return special;
  if (shape.enum !== undefined) return shape.enum.map((value) => ({ value }));
  if (shape.type === "boolean") return ["true", "false"].map((value) => ({ value, isNumber: true }));
  return [];
}

/** Names for a place inside a map: the options of the log driver beside it, say. */
export function knownKeys(document: Resource, { owner, object }: InputLocation): readonly KnownValue[] {
  if (owner === "FleetAttributes") return fleetAttributeNames(document);
  const parent = object?.parent?.type === "property" ? object.parent.parent : undefined;
  if (owner === "LogConfigurationOptionsMap") {
    const driver = stringOf(get(parent, "logDriver"));
    return (ownEntry(tables.logOptions, driver ?? "") ?? []).map((value) => ({ value }));
  }
  if (owner === "FirelensConfigurationOptionsMap") return tables.firelensOptions.map((value) => ({ value }));
  return [];
}

function specialValues(
  document: Resource,
  place: InputLocation,
  { taskDefinition, families, attributes = [] }: ValueSurroundings,
): readonly KnownValue[] | undefined {
  if (traitsOf(document).hasGroups) return fleetValues(document, place);
  const where = `${ordinaryShape(place.owner)}.${place.member}`;
  const declaredIn = traitsOf(document).hasContainers ? document : taskDefinition;
  switch (where) {
    case "ContainerDependency.containerName":
    case "VolumeFrom.sourceContainer":
    case "ContainerDefinition.links":
    case "ProxyConfiguration.containerName":
    case "LoadBalancer.containerName":
    case "ServiceRegistry.containerName":
    case "ServiceConnectContainerConfiguration.containerName":
      return declared(declaredIn, "container", ownContainer(document, place));
    case "MountPoint.sourceVolume":
    case "ServiceVolumeConfiguration.name":
      return declared(declaredIn, "volume");
    case "ServiceConnectService.portName":
    case "VpcLatticeConfiguration.portName":
    case "GatewayConnector.portName":
      return declared(declaredIn, "port");
    case "LoadBalancer.containerPort":
    case "ServiceRegistry.containerPort":
      return containerPorts(declaredIn, stringOf(get(place.object, "containerName")));
    case "CreateServiceRequest.taskDefinition":
    case "UpdateServiceRequest.taskDefinition":
      return families.map((value) => ({ value, isReference: true }));
    case "LogDriverVolumeConfiguration.driver":
      return [{ value: "json-file" }];
    case "PlacementStrategy.field":
      return strategyFields(attributes);
    case "HealthCheck.command":
      return typeof place.path.at(-1) === "number" && place.path.at(-1) !== 0
        ? []
        : tables.healthCheckCommands;
    case "LogConfigurationOptionsMap":
      return undefined;
    default:
      return tables.valuesAt[where] ?? optionValues(place);
  }
}

/** What tasks can be spread over: the usual fields, and every attribute of the cluster that has values. */
function strategyFields(attributes: readonly string[]): readonly KnownValue[] {
  const usual = tables.valuesAt["PlacementStrategy.field"] ?? [];
  const more = attributes
    .map((it) => `attribute:${it}`)
    .filter((it) => !usual.some((one) => one.value === it));
  return [...usual, ...more.map((value) => ({ value }))];
}

/** Values of the options of a log driver. */
function optionValues({ owner, member }: InputLocation): readonly KnownValue[] | undefined {
  if (owner !== "LogConfigurationOptionsMap" && owner !== "FirelensConfigurationOptionsMap") return undefined;
  return ownEntry(tables.optionValues, member)?.map((value) => ({ value }));
}

function declared(document: Resource | undefined, kind: NameKind, except?: string): readonly KnownValue[] {
  if (document === undefined) return [];
  const names = namesIn(document).flatMap((it) => (it.kind === kind && it.isDeclaration ? it.name : []));
  const found =
    names.length > 0 || document.source.problems.length === 0 ? names : strayNames(document, kind);
  return [...new Set(found)]
    .filter((it) => it !== except)
    .map((value) => ({ value, detail: kind, isReference: true }));
}

const declaringLists: Readonly<Partial<Record<NameKind, string>>> = {
  container: "containerDefinitions",
  volume: "volumes",
  port: "portMappings",
};

/** In broken JSON a list may have come to stand somewhere else in the tree: wherever that is, its names are known. */
function strayNames({ source: { root } }: Resource, kind: NameKind): readonly string[] {
  const found: string[] = [];
  const open = root === undefined ? [] : [root];
  let looked = 0;
  for (let node = open.pop(); node !== undefined && looked < 10_000; node = open.pop()) {
    looked += 1;
    const [key, value] = node.children ?? [];
    if (node.type === "property" && value !== undefined && key?.value === declaringLists[kind])
      append(
        found,
        items(value).flatMap((it) => stringOf(get(it, "name")) ?? []),
      );
    append(open, (node.children ?? []).slice(0, 1000));
  }
  return found;
}

/** A container cannot depend on itself. */
function ownContainer(document: Resource, { path }: InputLocation): string | undefined {
  const [list, index] = path;
  if (list !== "containerDefinitions" || typeof index !== "number") return undefined;
  return stringOf(get(items(get(document.input, "containerDefinitions"))[index], "name"));
}

function containerPorts(
  document: Resource | undefined,
  container: string | undefined,
): readonly KnownValue[] {
  const found: KnownValue[] = [];
  for (const definition of items(get(document?.input, "containerDefinitions"))) {
    const name = stringOf(get(definition, "name"));
    if (container !== undefined && name !== container) continue;
    for (const mapping of items(get(definition, "portMappings"))) {
      const port = portOf(mapping);
      if (port !== undefined)
        found.push({
          value: String(port),
          isNumber: true,
          isReference: true,
          ...(name === undefined ? {} : { detail: name }),
        });
    }
  }
  return found;
}

function portOf(mapping: JsonNode): number | undefined {
  return numberOf(get(mapping, "containerPort"));
}

/** What the table itself says of a name out of the document: `constructor` is nothing that it says. */
function ownEntry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
