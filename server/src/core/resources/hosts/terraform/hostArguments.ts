// From the API back to Terraform: which arguments and blocks of a resource hold a property. The inverse of apiInput.ts.

import { shapeNamed } from "../../../api/apiModel";
import { Blocks, type NewValue } from "../../../source/change";
import { giveUp, isListValue, isObjectValue } from "../../../source/writing";
import { type ArgumentTable, snakeCase } from "./arguments";
import { isListOfPairs } from "./mapsOfPairs";

/** Where an object of the API is in a resource. */
export interface ArgumentPlace {
  /** Path of the block that holds it; "" is the resource. */
  readonly place: string;
  /** Path of the object in what that block is for the API, where it has no block of its own. */
  readonly prefix: string;
}

/** An argument, or the blocks of one name. */
export interface HostArgument {
  readonly name: string;
  readonly value: NewValue;
}

/** The place of the object that a way through the API's input leads to. */
export function placeOf(table: ArgumentTable, path: readonly (string | number)[]): ArgumentPlace {
  let found: ArgumentPlace = { place: "", prefix: "" };
  for (const step of path) if (typeof step === "string") found = below(table, found, step);
  return found;
}

function below(table: ArgumentTable, { place, prefix }: ArgumentPlace, name: string): ArgumentPlace {
  const path = joined(prefix, name);
  const own = ownTargets(table, place);
  if (!own.some(([, target]) => target === path) && own.some(([, target]) => target.startsWith(`${path}.`)))
    return { place, prefix: path };
  const block = blockOf(table, { place, prefix }, name);
  const argument = argumentNameIn(table, { place, prefix }, name);
  return { place: joined(block, argument), prefix: "" };
}

/** The name of the argument that has a property of the object at a place. Gives up where there is none. */
export function argumentNameIn(table: ArgumentTable, at: ArgumentPlace, name: string): string {
  const block = blockOf(table, at, name);
  return argumentName(table, block, block === at.place ? joined(at.prefix, name) : name);
}

/**
 * The block with a property. Terraform has some properties of an object as arguments of the resource, and may have a
 * block of the object's name for its other ones.
 */
function blockOf(table: ArgumentTable, { place, prefix }: ArgumentPlace, name: string): string {
  if (prefix === "") return place;
  const block = joined(place, snakeCase(prefix));
  const isArgument = ownTargets(table, place).some(([, target]) => target === joined(prefix, name));
  return isArgument || ownTargets(table, block).length === 0 ? place : block;
}

/** The name of the argument for a path of the API. Gives up where there is none. */
function argumentName(table: ArgumentTable, place: string, path: string): string {
  const [named] = ownTargets(table, place).find(([, target]) => target === path) ?? [];
  if (named !== undefined) return named;
  const name = snakeCase(path);
  return path.includes(".") || Object.hasOwn(table, joined(place, name)) ? giveUp() : name;
}

/** The arguments that give a property its value. */
export function argumentsFor(
  table: ArgumentTable,
  { place, prefix }: ArgumentPlace,
  name: string,
  value: NewValue,
  shapeName: string,
): readonly HostArgument[] {
  const path = joined(prefix, name);
  const { place: inner, prefix: rest } = below(table, { place, prefix }, name);
  if (rest !== "") {
    if (!isObjectValue(value)) return giveUp();
    return Object.entries(value).flatMap(([member, it]) =>
      argumentsFor(table, { place, prefix: rest }, member, it, memberShape(shapeName, member)),
    );
  }
  return [{ name: argumentName(table, place, path), value: argumentValue(table, inner, value, shapeName) }];
}

/** A structure is a block, a list of structures any number of them; anything else is a value. */
function argumentValue(table: ArgumentTable, place: string, value: NewValue, shapeName: string): NewValue {
  const shape = shapeNamed(shapeName);
  if (shapeName === "ContainerDefinitions" || isListOfPairs(shapeName)) return giveUp();
  if (shape.type === "structure") return new Blocks([bodyFor(table, place, value, shapeName)]);
  if (shape.type === "list" && shapeNamed(shape.item ?? "").type === "structure") {
    if (!isListValue(value)) return giveUp();
    return new Blocks(value.map((it) => bodyFor(table, place, it, shape.item ?? "")));
  }
  return shapeName === "AssignPublicIp" ? value === "ENABLED" : value;
}

/** The body of a block for a structure. */
export function bodyFor(
  table: ArgumentTable,
  place: string,
  value: NewValue,
  shapeName: string,
): { readonly [name: string]: NewValue } {
  if (!isObjectValue(value)) return giveUp();
  const found = Object.entries(value).flatMap(([name, it]) =>
    argumentsFor(table, { place, prefix: "" }, name, it, memberShape(shapeName, name)),
  );
  return Object.fromEntries(found.map((it) => [it.name, it.value]));
}

const memberShape = (shapeName: string, name: string) => shapeNamed(shapeName).members?.[name] ?? "document";

const joined = (path: string, name: string) => (path === "" ? name : `${path}.${name}`);

/** Arguments of a place that the table names, with what they are in the API. */
function ownTargets(table: ArgumentTable, place: string): readonly (readonly [string, string])[] {
  return Object.entries(table).flatMap(([key, target]) => {
    const cut = key.lastIndexOf(".");
    return key.slice(0, Math.max(0, cut)) === place ? [[key.slice(cut + 1), target] as const] : [];
  });
}
