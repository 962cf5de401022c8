// The one reader of secrets: walks an input or an answer of ECS and decides for every value in it. Everything that is
// printed, logged, copied or shown passes it.

import { append } from "../text/lists";
import { comparedSecrets, holdsQuerySecret } from "./querySecrets";
import { redactor } from "./redact";
import { isTellingName } from "./secretNames";
import { holdsSecret, secretSpans, withoutSecretParts } from "./secretText";
import { isLikelySecret, isSecretReference, secretForms } from "./secretValues";
import { commandSecrets } from "./secretWords";

type JsonObject = Readonly<Record<string, unknown>>;

/** Deeper than ECS's own inputs go; what is below is not printed at all. */
const deepest = 24;

/** Properties whose own properties have names that somebody made up. */
const freeForm = new Set(["environment", "options", "driverOpts", "labels", "dockerLabels", "tags"]);

/** Properties of the API whose names sound like a secret's and whose values are none. */
const ordinary = new Set(
  "key Key clientToken nextToken kmsKeyId kmsKey secrets secretOptions credentialSpecs repositoryCredentials authorizationConfig credentialsParameter".split(
    " ",
  ),
);

const pastedInto = new Set(["secrets", "secretOptions", "repositoryCredentials"]);

/** Lists of names and references: the reference must be one. */
const referenceNames = new Set(["valueFrom", "credentialsParameter"]);

/** What is shown in the place of a value. `name` is the variable's, the option's or the property's. */
export type Substitute = (name: string, value: unknown) => unknown;

export interface HidingOptions {
  /** Every environment variable counts as a secret, whatever its name. */
  readonly wholeEnvironment?: boolean;
}

/** A copy of plain JSON with `substitute(name, value)` in the place of every value that is likely a secret. */
export function withoutSecrets<T>(value: T, substitute: Substitute, options: HidingOptions = {}): T {
  const start: Place = { member: "", parent: "", telling: "", depth: 0, isEnvironment: false };
  return copied(value, start, { substitute, options }) as T;
}

/** Every text in plain JSON that is likely a secret, whole and in its telling parts. */
export function secretsIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  withoutSecrets(value, (name, it) => {
    const texts = typeof it === "object" && it !== null ? leavesOf(it) : [String(it)];
    for (const text of texts) {
      found.add(text).add(text.trim());
      if (name === "expression") for (const part of comparedSecrets(text)) found.add(part);
      for (const { start, end } of secretSpans(text)) found.add(text.slice(start, end));
    }
    return it;
  });
  return [...found];
}

/** A function that takes the secrets of an input out of texts about it, such as the words of a refusal. */
export function redactorOf(input: unknown): (text: string) => string {
  const known = redactor(secretsIn(input));
  return (text) => withoutSecretParts(known(text));
}

function leavesOf(value: object): readonly string[] {
  const leaves: string[] = [];
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === "object" && next !== null) append(open, Object.values(next));
    else if (typeof next === "string" || typeof next === "number") leaves.push(String(next));
  }
  return leaves;
}

interface Place {
  /** The nearest property's name: entries of a list have their list's. */
  readonly member: string;
  readonly parent: string;
  /** The nearest property above whose name is a secret's. */
  readonly telling: string;
  readonly depth: number;
  readonly isEnvironment: boolean;
}

interface Task {
  readonly substitute: Substitute;
  readonly options: HidingOptions;
}

function copied(value: unknown, place: Place, task: Task): unknown {
  if (typeof value !== "object" || value === null)
    return isHidden(value, place, task) ? task.substitute(place.member, value) : value;
  if (place.depth >= deepest) return task.substitute(place.member, value);
  const inside = { ...place, depth: place.depth + 1 };
  if (Array.isArray(value)) return copiedList(value, inside, task);
  return copiedObject(value as JsonObject, inside, task);
}

function copiedList(list: readonly unknown[], place: Place, task: Task): unknown {
  const isCommand = list.length > 1 && list.every((it) => typeof it === "string");
  const hidden = isCommand ? commandSecrets(list as readonly string[]) : new Set<number>();
  return list.map((it, index) =>
    hidden.has(index) ? task.substitute(place.member, it) : copied(it, place, task),
  );
}

function copiedObject(value: JsonObject, place: Place, task: Task): unknown {
  const { member } = place;
  const name = nameOfEntry(value);
  const inCommand = commandAcross(value);
  return Object.fromEntries(
    Object.entries(value).map(([given, it]) => {
      const key = isPastedKey(given) ? String(task.substitute("key", given)) : given;
      if (name !== undefined && /^values?$/i.test(key)) return [key, entryValue(it, name, place, task)];
      if (inCommand !== undefined && key === "command")
        return [key, splitCommand(it as readonly unknown[], inCommand, { ...place, member: key }, task)];
      const isName = /^(?:name|key|namespace)$/i.test(key) && name !== undefined;
      if (isName && !holdsSecret(String(it))) return [key, it];
      return [key, copied(it, below(place, member, key), task)];
    }),
  );
}

function below(place: Place, parent: string, member: string): Place {
  const isFree = freeForm.has(parent);
  const isTelling = (isFree || !ordinary.has(member)) && isTellingName(member);
  return {
    member,
    parent,
    depth: place.depth,
    telling: isTelling ? member : place.telling,
    isEnvironment: place.isEnvironment || member === "environment",
  };
}

/** A token where a name belongs, as where the two were mixed up. */
const isPastedKey = (key: string): boolean => secretForms.some((it) => key.search(it) >= 0);

/** The name beside a value: of variables, tags, attributes, properties of a proxy, system controls. */
function nameOfEntry(value: JsonObject): string | undefined {
  if (!Object.keys(value).some((it) => /^values?$/i.test(it))) return undefined;
  const [, name] = Object.entries(value).find(([key]) => /^(?:name|key|namespace)$/i.test(key)) ?? [];
  return typeof name === "string" ? name : undefined;
}

function entryValue(value: unknown, name: string, place: Place, task: Task): unknown {
  if (place.isEnvironment && task.options.wholeEnvironment === true) return task.substitute(name, value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text === undefined) return value;
  const isPasted = pastedInto.has(place.member) && !isSecretReference(text);
  return isPasted || isLikelySecret(name, text) || isSecretText(text) ? task.substitute(name, value) : value;
}

/** An entry point may end with the flag whose value begins the command. */
function commandAcross({ entryPoint, command }: JsonObject): readonly string[] | undefined {
  const isWords = (it: unknown): it is readonly string[] =>
    Array.isArray(it) && it.every((word) => typeof word === "string");
  return isWords(entryPoint) && isWords(command) ? entryPoint : undefined;
}

function splitCommand(
  command: readonly unknown[],
  entryPoint: readonly string[],
  place: Place,
  task: Task,
): readonly unknown[] {
  const hidden = commandSecrets([...entryPoint, ...(command as readonly string[])]);
  return command.map((it, index) =>
    hidden.has(index + entryPoint.length) ? task.substitute(place.member, it) : copied(it, place, task),
  );
}

function isHidden(value: unknown, { member, parent, telling, isEnvironment }: Place, task: Task): boolean {
  if (value === null || value === undefined || value === "") return false;
  if (isEnvironment && task.options.wholeEnvironment === true) return true;
  const text = String(value);
  if (member === "expression") return holdsQuerySecret(text);
  if (referenceNames.has(member)) return !isSecretReference(text);
  // A text where an object with a reference belongs is what somebody pasted.
  if (pastedInto.has(member) && isLikelySecret("secret", text)) return true;
  if (parent === "secrets" && member !== "name" && !isSecretReference(text)) return true;
  if (telling !== "" && isLikelySecret(telling, text)) return true;
  return typeof value === "string" && isSecretText(text);
}

/** Whether a text holds a secret, also as JSON inside the text. */
function isSecretText(text: string): boolean {
  if (holdsSecret(text)) return true;
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    const inner: unknown = JSON.parse(text);
    return typeof inner === "object" && inner !== null && secretsIn(inner).length > 0;
  } catch {
    return false;
  }
}
