// Reads the properties of a snapshot: each reader answers `undefined` for what is missing, and reports what is there
// and has a wrong type, at the value, so that it is never taken for a default in silence.

import { type ProblemList, pointer } from "../source/readProblem";
import { asFilledText, asList, asObject, member, type PlainObject, quoteValue } from "../text/plainValue";

/** An object of a snapshot, and where it is. */
export interface Place {
  readonly object: PlainObject;
  /** JSON pointer. */
  readonly path: string;
  readonly problems: ProblemList;
}

/** An object inside another. A large cluster has a million, and hardly a problem: the pointer is made when one is read. */
class InnerPlace implements Place {
  constructor(
    readonly object: PlainObject,
    private readonly outer: Place,
    private readonly name: string,
    private readonly index?: number,
  ) {}

  get path(): string {
    const inside = pointer(this.outer.path, this.name);
    return this.index === undefined ? inside : pointer(inside, this.index);
  }

  get problems(): ProblemList {
    return this.outer.problems;
  }
}

/** Whether a property is written; a `null` says nothing. */
export function isGiven({ object }: Place, name: string): boolean {
  const value = member(object, name);
  return value !== undefined && value !== null;
}

/** Reports a value that is none of its property's. */
export function reportWrong({ path, problems }: Place, name: string, expected: string, value: unknown): void {
  problems.add({
    severity: "error",
    isWrongValue: true,
    path: pointer(path, name),
    message: `'${name}' has to be ${expected}, not ${quoteValue(value)}.`,
  });
}

function readAs<T>(
  place: Place,
  name: string,
  expected: string,
  read: (value: unknown) => T | undefined,
): T | undefined {
  const value = member(place.object, name);
  if (value === undefined || value === null) return undefined;
  const found = read(value);
  if (found === undefined) reportWrong(place, name, expected, value);
  return found;
}

/** A text with at least one character; an empty one is as good as none. */
export function textAt(place: Place, name: string): string | undefined {
  if (member(place.object, name) === "") return undefined;
  return readAs(place, name, "text", asFilledText);
}

export function booleanAt(place: Place, name: string): boolean | undefined {
  return readAs(place, name, "true or false", (it) => (typeof it === "boolean" ? it : undefined));
}

/** A whole number from 0 on. */
export function countAt(place: Place, name: string): number | undefined {
  return readAs(place, name, "a whole number", asCount);
}

export function numberAt(place: Place, name: string): number | undefined {
  return readAs(place, name, "a number", (it) =>
    typeof it === "number" && Number.isFinite(it) ? it : undefined,
  );
}

/** Sizes of tasks, which DescribeTasks prints as text: "256". */
export function unitsAt(place: Place, name: string): number | undefined {
  return readAs(place, name, 'a whole number in quotes, such as "256"', (it) =>
    typeof it === "string" && /^\d{1,9}$/.test(it) ? Number(it) : asCount(it),
  );
}

function asCount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;
}

/** One of some texts. */
export function choiceAt<T extends string>(place: Place, name: string, choices: readonly T[]): T | undefined {
  return readAs(place, name, `one of ${choices.join(", ")}`, (it) => choices.find((choice) => choice === it));
}

export function placeAt(place: Place, name: string): Place | undefined {
  const object = readAs(place, name, "an object", asObject);
  return object && new InnerPlace(object, place, name);
}

function listAt(place: Place, name: string): readonly unknown[] | undefined {
  return readAs(place, name, "a list", asList);
}

/** The objects of a list; `undefined` where there is no list. */
export function placesAt(place: Place, name: string): readonly Place[] | undefined {
  const list = listAt(place, name);
  return list && placesOf(place, name, list);
}

/** The objects of a list that is the property `name`; whatever else it holds is reported. */
export function placesOf(place: Place, name: string, list: readonly unknown[]): readonly Place[] {
  const places: Place[] = [];
  for (let index = 0; index < list.length; index += 1) {
    const object = asObject(list[index]);
    if (object !== undefined) places.push(new InnerPlace(object, place, name, index));
    else reportItem(place, name, pointer(pointer(place.path, name), index), "an object", list[index]);
  }
  return places;
}

/** Whether a list holds nothing but objects: then `placesAt` has read all of it. */
export function areObjects({ object }: Place, name: string): boolean {
  return (asList(member(object, name)) ?? []).every((it) => asObject(it) !== undefined);
}

/** The texts of a list; `undefined` where there is no list. */
export function textsAt(place: Place, name: string): readonly string[] | undefined {
  const list = listAt(place, name);
  if (list === undefined) return undefined;
  const texts: string[] = [];
  for (const [index, it] of list.entries()) {
    if (typeof it === "string") texts.push(it);
    else reportItem(place, name, `${pointer(place.path, name)}/${index}`, "text", it);
  }
  return texts;
}

/** Reports an item of a list. */
export function reportItem(
  { problems }: Place,
  name: string,
  path: string,
  expected: string,
  value: unknown,
): void {
  const message = `An item of '${name}' has to be ${expected}, not ${quoteValue(value)}.`;
  problems.add({ severity: "error", isWrongValue: true, path, message });
}
