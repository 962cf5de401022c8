// Names of properties in messages and titles, as the file of a resource spells them: a reader looks for what is written.

import { entryStyle, ownerOf, spelledLike, spelledName } from "../resources/hosts/spelledNames";
import type { Resource } from "../resources/resource";
import { propertyOf } from "../source/tree";
import type { Span } from "../text/span";
import type { Code } from "./catalogue";
import type { ProposedFix } from "./fix";

type Params = Readonly<Record<string, string | number>>;

/** Spells the texts of diagnostics for one resource. */
export interface Spelling {
  /** A text of the catalogue before its slots are filled; `span` is the place of the diagnostic. */
  template(text: string, span: Span): string;
  params(code: Code, params: Params, span: Span): Params;
  title(fix: ProposedFix, span: Span): string;
}

/** Slots that hold the name of a property, and those that hold sentences of ours. */
const nameSlots = new Set(["member", "first", "second", "home"]);
/** Where the name is a word of the sentence: "is not a valid cpu of a task". */
const wordsOfCodes = new Set<Code>(["bad-task-size"]);
const sentenceSlots = new Set(["advice", "instead", "because", "reason", "refusal", "more", "what"]);

/** An entry (`"type": "memberOf"`), a quoted name, and a bare name of several words. */
const mentions =
  /"(\w+)": ("[^"]*"|\d+|true|false)|'([A-Za-z]\w*(?:\.\w+)*)'|(?<![\w{.:/'"-])([a-z]+[0-9]*(?:[A-Z][a-z0-9]*)+)(?![\w}('"-]|:[^ ])/g;

/** `undefined`: the file has the names of the API. */
export function spellingOf(resource: Resource): Spelling | undefined {
  const host = resource.hosted?.host;
  if (host === undefined || host === "code" || host === "containerList" || host === "ecsParams")
    return undefined;

  /** The name of a property that is, or is to be, at a place. */
  const named = (name: string, span: Span): string => {
    const written = resource.source.text.slice(span.start, span.end).replace(/^["']|["']$/g, "");
    if (plainName(written) === plainName(name)) return written;
    const owner = ownerOf(name, span.start, resource);
    return owner === undefined ? spelledLike(name, span.start, resource) : spelledName(name, owner, resource);
  };

  /** A text of ours; names of one word may be values in some. */
  const spelled = (text: string, span: Span, hasSingleNames: boolean): string =>
    text.replace(mentions, (whole, key?: string, value?: string, quoted?: string, bare?: string) => {
      const name = key ?? quoted ?? bare ?? "";
      if (quoted !== undefined && !hasSingleNames && !/[a-z][A-Z]/.test(quoted)) return whole;
      if (name.includes(".")) return isPath(name, span) ? `'${spelledMember(name, span)}'` : whole;
      const owner = ownerOf(name, span.start, resource);
      if (owner === undefined) return whole;
      const hostName = spelledName(name, owner, resource);
      if (key === undefined) return quoted === undefined ? hostName : `'${hostName}'`;
      const style = entryStyle(owner, resource);
      if (style === "json") return `"${hostName}": ${value}`;
      return style === "hcl"
        ? `${hostName} = ${value}`
        : `${hostName}: ${(value ?? "").replace(/^"|"$/g, "")}`;
    });

  const isPath = (text: string, span: Span) =>
    ownerOf(text.slice(0, text.indexOf(".")), span.start, resource) !== undefined;

  const spelledMember = (text: string, span: Span): string => {
    if (!/^\w+(?:\[\])?(?:\.\w+(?:\[\])?)*$/.test(text)) return spelled(text, span, true);
    return text.replace(/\w+/g, (name) => named(name, span));
  };

  return {
    template: (text, span) => spelled(text, span, true),
    params: (code, params, span) =>
      Object.fromEntries(
        Object.entries(params).map(([slot, value]) => {
          if (typeof value !== "string") return [slot, value];
          const isName =
            (nameSlots.has(slot) && !wordsOfCodes.has(code)) ||
            (slot === "suggestion" && code === "misspelt-member");
          if (isName) return [slot, spelledMember(value, span)];
          return [slot, sentenceSlots.has(slot) ? spelled(value, span, false) : value];
        }),
      ),
    title: ({ title, changes }, span) => {
      const removed = changes[0]?.kind === "remove" ? changes[0].nodes[0] : undefined;
      const key = removed && (propertyOf(removed) ?? removed).children?.[0];
      const place = key === undefined ? span : { start: key.offset, end: key.offset + key.length };
      const [, verb, name] = /^(Remove|Move|Raise|Lower|Change to) '(\w+)'/.exec(title) ?? [];
      const isName = verb !== "Change to" || changes.some((it) => it.kind === "rename" && it.name === name);
      if (verb === undefined || name === undefined) return spelled(title, span, false);
      if (!isName) return title;
      const rest = title.slice(verb.length + name.length + 3);
      return `${verb} '${named(name, place)}'${spelled(rest, span, false)}`;
    },
  };
}

const plainName = (name: string) => name.replace(/_/g, "").toLowerCase();
