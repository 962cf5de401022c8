// Completion in the JSON of task definitions and services: member names with what they insert, and values that mean
// something at their place.

import { inputShape, shapeNamed } from "../api/apiModel";
import type { Resource } from "../resources/resource";
import { get, items, members, stringOf } from "../source/tree";
import type { Completion } from "./completion";
import { hoverOfMember } from "./fieldHelp";
import { type InputLocation, inputLocation } from "./inputLocation";
import type { KnownValue } from "./knownValue";
import { knownKeys, knownValues, type ValueSurroundings } from "./knownValues";
import { isRequired, itemSnippet, memberSnippet, offeredMembers } from "./memberText";
import { itemSnippets, memberSnippets } from "./partSnippets";
import { documentSnippets } from "./snippets";

/** What may stand at `offset`, best first; nothing inside of expressions, which have a completion of their own. */
export function completeInput(
  document: Resource,
  offset: number,
  surroundings: ValueSurroundings,
): readonly Completion[] {
  if (document.source.text.trim() === "") return documentSnippets(document, offset);
  const place = inputLocation(document, offset);
  if (place === undefined) return [];
  return place.at === "key" ? keys(document, place) : values(document, place, surroundings);
}

function keys(document: Resource, place: InputLocation): readonly Completion[] {
  const { type } = shapeNamed(place.owner);
  const present = new Set(members(place.object).map((it) => it.name));
  // The name under the cursor is being replaced, so it is offered as well.
  present.delete(place.member);
  if (type === "map") return mapKeys(document, place, present);
  if (type !== "structure") return [];
  const top = place.path.length === 1 ? documentSnippets(document, place.token.start, place) : [];
  const unfit = unfitMembers(place);
  const fitting = offeredMembers(place.owner).filter((it) => !present.has(it));
  const offered = (isFit: boolean) =>
    fitting
      .filter((it) => unfit.has(it) !== isFit)
      .map((member): Completion => {
        const help = hoverOfMember(place.owner, member);
        const detail = unfit.has(member) ? "not for a daemon service" : "";
        return {
          label: member,
          kind: "property",
          detail: isRequired(place.owner, member) ? "required" : detail,
          ...(help === undefined ? {} : { documentation: help }),
          ...keyInsertion(document, place, member, memberSnippet(place.owner, member)),
          continues: shapeNamed(shapeNamed(place.owner).members?.[member] ?? "").enum !== undefined,
        };
      });
  const insertion = (member: string, snippet: string) => keyInsertion(document, place, member, snippet);
  const hasValue = insertion("", "").isSnippet !== true;
  const parts = hasValue || top.length > 0 ? [] : memberSnippets(document, place, insertion);
  return [...top, ...offered(true), ...parts, ...offered(false)];
}

/** Members that ECS rejects in a daemon service; they stay in the list, last, because the strategy may change. */
function unfitMembers({ owner, object }: InputLocation): ReadonlySet<string> {
  const isService = owner === inputShape("createService") || owner === inputShape("updateService");
  if (!isService || stringOf(get(object, "schedulingStrategy")) !== "DAEMON") return new Set();
  return new Set(["desiredCount", "placementStrategy", "capacityProviderStrategy", "volumeConfigurations"]);
}

function mapKeys(
  document: Resource,
  place: InputLocation,
  present: ReadonlySet<string>,
): readonly Completion[] {
  return knownKeys(document, place)
    .filter((it) => !present.has(it.value))
    .map((it) => ({
      label: it.value,
      kind: "property",
      ...(it.detail === undefined ? {} : { detail: it.detail }),
      ...keyInsertion(document, place, it.value, `"${it.value}": "$1"`),
    }));
}

/** The edit that writes a member: the whole of it, or only its name where a value follows already. */
function keyInsertion(
  { source: { text } }: Resource,
  { token, missingCommaAt }: InputLocation,
  name: string,
  snippet: string,
): Pick<Completion, "insertText" | "isSnippet" | "filterText" | "replace" | "extraEdits"> {
  const hasValue = /^\s*:/.test(text.slice(token.end));
  const comma = !hasValue && /^\s*"/.test(text.slice(token.end)) ? "," : "";
  return {
    insertText: hasValue ? JSON.stringify(name) : `${snippet}${comma}`,
    isSnippet: !hasValue,
    filterText: JSON.stringify(name),
    replace: token,
    ...(missingCommaAt === undefined
      ? {}
      : { extraEdits: [{ span: { start: missingCommaAt, end: missingCommaAt }, newText: "," }] }),
  };
}

function values(
  document: Resource,
  place: InputLocation,
  surroundings: ValueSurroundings,
): readonly Completion[] {
  const shape = shapeNamed(place.shape);
  const taken = new Set(items(place.list).map((it) => stringOf(it)));
  const offered = knownValues(document, place, surroundings).filter(
    (it) => !taken.has(it.value) || it.value === textOfToken(document, place),
  );
  const found = offered.map((it) => valueCompletion(document, place, it));
  if (found.length > 0 || place.inString) return found;
  if (shape.type !== "structure" && shape.type !== "list" && shape.type !== "map") return [];
  const insertion = (snippet: string) => ({
    insertText: snippet + commaBehind(document, place),
    isSnippet: true,
    filterText: "",
    replace: place.token,
  });
  return [
    {
      label: wordsOf(place.shape),
      kind: "snippet",
      ...insertion(itemSnippet(place.shape)),
      continues: true,
    },
    ...(place.list === undefined ? [] : itemSnippets(document, place, insertion)),
  ];
}

/** Two values of a list, or a value and the next member, without a comma between them are broken JSON. */
function commaBehind({ source: { text } }: Resource, { token }: InputLocation): string {
  return /^\s*["{[\d]/.test(text.slice(token.end, token.end + 500)) ? "," : "";
}

/** `ContainerDefinition` → `container definition`. */
function wordsOf(shape: string): string {
  return shape.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

function valueCompletion(
  document: Resource,
  place: InputLocation,
  { value, detail, isReference, isNumber }: KnownValue,
): Completion {
  const insertText = isNumber === true ? value : JSON.stringify(value);
  const comma = commaBehind(document, place);
  return {
    label: value,
    kind: isReference === true ? "reference" : "value",
    ...(detail === undefined ? {} : { detail }),
    insertText: insertText + comma,
    filterText: place.inString || place.token.start === place.token.end ? insertText : value,
    replace: place.token,
  };
}

function textOfToken({ source: { text } }: Resource, { token }: InputLocation): string {
  return text.slice(token.start, token.end).replace(/^"|"$/g, "");
}
