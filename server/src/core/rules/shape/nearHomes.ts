// Where a property that its owner does not have was meant to stand: an object around its owner, or one inside of it, that
// has a property of that name and lacks it.

import { ordinaryShape, shapeNamed } from "../../api/apiModel";
import { get, isOpen, isTemplate, type JsonNode, members } from "../../source/tree";
import { append } from "../../text/lists";
import { homeWords, isAmbiguous } from "./shapeNames";

/** An object of the document, and what it is in the API model. */
interface Placed {
  readonly node: JsonNode;
  readonly shapeName: string;
  /** The property that has it, or the list of it; empty for the input. */
  readonly member: string;
  readonly isItem: boolean;
  readonly around: Placed | undefined;
  readonly inside: readonly Placed[];
}

export interface NearHome {
  readonly node: JsonNode;
  readonly words: string;
  readonly isRequired: boolean;
}

/** How deep inside of its owner a property may be missed. */
const deepest = 2;

/** Properties that the API model does not require, and that a diagnostic asks for where they are missing. */
const asked: Readonly<Record<string, readonly string[]>> = {
  ContainerDefinition: ["name", "image"],
  Volume: ["name"],
  MountPoint: ["sourceVolume", "containerPath"],
  PlacementConstraint: ["type"],
  TaskDefinitionPlacementConstraint: ["type"],
  PlacementStrategy: ["type"],
  LoadBalancer: ["containerName", "containerPort"],
  SystemControl: ["namespace", "value"],
  ResourceRequirement: ["value"],
  LogConfiguration: ["options"],
};

function needs(shapeName: string, name: string): boolean {
  const own = ordinaryShape(shapeName);
  const more = Object.hasOwn(asked, own) ? asked[own] : undefined;
  return shapeNamed(shapeName).required?.includes(name) === true || more?.includes(name) === true;
}

export class NearHomes {
  private known: ReadonlyMap<JsonNode, Placed> | undefined;

  constructor(
    private readonly input: JsonNode,
    private readonly shapeName: string,
  ) {}

  /** The objects that lack the property: those that need it, else all where the name is one of few meanings. */
  lacking(owner: JsonNode | undefined, name: string): readonly NearHome[] {
    const placed = owner && this.places().get(owner);
    if (!placed) return [];
    const found = [...around(placed), ...inside(placed, deepest)].filter((it) => isLacking(it, name));
    const needy = found.filter((it) => needs(it.shapeName, name));
    const chosen = needy.length > 0 ? needy : isAmbiguous(name) ? [] : found;
    return chosen.map((it) => ({
      node: it.node,
      words: homeWords(ordinaryShape(it.shapeName), it.member, it.isItem),
      isRequired: needy.length > 0,
    }));
  }

  /** Whether some object needs the property and lacks it. */
  isNeeded(owner: JsonNode, name: string): boolean {
    return this.lacking(owner, name).some((it) => it.isRequired);
  }

  /** The one property that the owner lacks altogether and whose object has the name. */
  absentIn(owner: JsonNode, name: string): string | undefined {
    const placed = this.places().get(owner);
    const known = placed && shapeNamed(placed.shapeName).members;
    if (!known || isAmbiguous(name)) return undefined;
    const [first, ...others] = Object.entries(known).flatMap(([member, shapeName]) => {
      const shape = shapeNamed(shapeName);
      const inner = shape.type === "list" ? shapeNamed(shape.item ?? "String") : shape;
      const isHome = inner.members !== undefined && Object.hasOwn(inner.members, name);
      return isHome && get(owner, member) === undefined ? [member] : [];
    });
    return others.length === 0 ? first : undefined;
  }

  private places(): ReadonlyMap<JsonNode, Placed> {
    if (this.known === undefined) {
      const found = new Map<JsonNode, Placed>();
      place(this.input, this.shapeName, { member: "", isItem: false, around: undefined }, found);
      this.known = found;
    }
    return this.known;
  }
}

function place(
  node: JsonNode,
  shapeName: string,
  where: Pick<Placed, "member" | "isItem" | "around">,
  found: Map<JsonNode, Placed>,
): readonly Placed[] {
  const shape = shapeNamed(shapeName);
  if (shape.type === "list" && node.type === "array") {
    const items = node.children ?? [];
    return items.flatMap((it) => place(it, shape.item ?? "String", { ...where, isItem: true }, found));
  }
  if (shape.type !== "structure" || node.type !== "object" || isTemplate(node)) return [];
  const inner: Placed[] = [];
  const own: Placed = { node, shapeName, ...where, inside: inner };
  found.set(node, own);
  for (const { name, value } of members(node)) {
    const shapeOf = shape.members && Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (shapeOf === undefined) continue;
    append(inner, place(value, shapeOf, { member: name, isItem: false, around: own }, found));
  }
  return [own];
}

function around(placed: Placed): readonly Placed[] {
  const found: Placed[] = [];
  for (let it = placed.around; it; it = it.around) found.push(it);
  return found;
}

function inside(placed: Placed, depth: number): readonly Placed[] {
  if (depth === 0) return [];
  return [...placed.inside, ...placed.inside.flatMap((it) => inside(it, depth - 1))];
}

function isLacking({ node, shapeName }: Placed, name: string): boolean {
  const known = shapeNamed(shapeName).members;
  return known !== undefined && Object.hasOwn(known, name) && get(node, name) === undefined && !isOpen(node);
}
