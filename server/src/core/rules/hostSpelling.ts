// Names of properties in messages and titles, as the file of a resource spells them: a reader looks for what is written.

import {
  type EntryStyle,
  entryStyle,
  ownerOf,
  spelledLike,
  spelledName,
} from "../resources/hosts/spelledNames";
import type { Resource } from "../resources/resource";
import { shownValue } from "../source/change";
import { nodeAnywhere } from "../source/node";
import { propertyOf, spanOf } from "../source/tree";
import type { Span } from "../text/span";
import type { Code } from "./catalogue";
import type { TitleWords } from "./fixTitle";

type Params = Readonly<Record<string, string | number>>;

/** Spells the texts of diagnostics for one resource. */
export interface Spelling {
  /** A text of the catalogue before its slots are filled; `span` is the place of the diagnostic. */
  template(text: string, span: Span): string;
  params(code: Code, params: Params, span: Span): Params;
  /** What titles of fixes call properties; a name without a place is one at `span`, or for there. */
  titleWords(span: Span): TitleWords;
}

/** Slots that hold the name of a property, and those that hold sentences of ours. */
const nameSlots = new Set(["member", "first", "second", "home"]);
/** Where the name is a word of the sentence: "is not a valid cpu of a task". */
const wordsOfCodes = new Set<Code>(["bad-task-size"]);
const sentenceSlots = new Set([
  "advice",
  "instead",
  "because",
  "reason",
  "refusal",
  "more",
  "what",
  "missing",
  "owner",
]);

/** An entry (`"type": "memberOf"`), a quoted name, and a bare name of several words. */
const mentions =
  /"(\w+)": ("[^"]*"|\d+|true|false)|'([A-Za-z]\w*(?:\.\w+)*)'|(?<![\w{.:/'"-])([a-z]+[0-9]*(?:[A-Z][a-z0-9]*)+)(?![\w}('"-]|:[^ ])/g;

/** `undefined`: the file has the names of the API. */
export function spellingOf(resource: Resource): Spelling | undefined {
  const host = resource.hosted?.host;
  const hasOwnNames = host === "cloudFormation" || host === "terraform" || host === "ansible";
  return hasOwnNames ? new HostSpelling(resource) : undefined;
}

class HostSpelling implements Spelling {
  constructor(private readonly resource: Resource) {}

  template(text: string, span: Span): string {
    return this.sentence(text, span, true);
  }

  params(code: Code, params: Params, span: Span): Params {
    const entries = Object.entries(params).map(([slot, value]) => {
      if (typeof value !== "string") return [slot, value] as const;
      const hasName = nameSlots.has(slot) && !wordsOfCodes.has(code);
      if (hasName) return [slot, this.path(value, span)] as const;
      // What is written there is wrong, however like the right name it is.
      if (slot === "suggestion" && code === "misspelt-member")
        return [slot, this.spelled(value, span)] as const;
      return [slot, sentenceSlots.has(slot) ? this.sentence(value, span, false) : value] as const;
    });
    return Object.fromEntries(entries);
  }

  titleWords(span: Span): TitleWords {
    const { resource } = this;
    return {
      property: ({ name, value }) => {
        const key = value && propertyOf(value)?.children?.[0];
        return this.name(name, key === undefined ? span : spanOf(key));
      },
      entry: ({ name, value }) => {
        const owner = ownerOf(name, span.start, resource);
        if (owner === undefined) return entryText(name, shownValue(value), "json");
        const spelled = spelledName(name, owner, resource);
        return entryText(spelled, shownValue(value), entryStyle(owner, resource));
      },
    };
  }

  /** The name of a property that is, or is to be, at a place. */
  private name(name: string, span: Span): string {
    const { resource } = this;
    const node = nodeAnywhere(resource.input, span.start);
    const key = node && (propertyOf(node)?.children?.[0] ?? node);
    for (const { start, end } of [span, ...(key === undefined ? [] : [spanOf(key)])]) {
      const written = resource.source.text.slice(start, end).replace(/^["']|["']$/g, "");
      if (plainName(written) === plainName(name)) return written;
    }
    return this.spelled(name, span);
  }

  /** A name as the host spells it at a place, whatever is written there. */
  private spelled(name: string, { start }: Span): string {
    const owner = ownerOf(name, start, this.resource);
    return owner === undefined
      ? spelledLike(name, start, this.resource)
      : spelledName(name, owner, this.resource);
  }

  /** A name, a way of names (`a.b[]`), or a sentence with quoted ones. */
  private path(text: string, span: Span): string {
    if (!/^\w+(?:\[\])?(?:\.\w+(?:\[\])?)*$/.test(text)) return this.sentence(text, span, true);
    return text.replace(/\w+/g, (name) => this.name(name, span));
  }

  /** A text of ours; in some a quoted name of one word may be a value. */
  private sentence(text: string, span: Span, hasSingleNames: boolean): string {
    const { resource } = this;
    return text.replace(mentions, (whole, key?: string, value?: string, quoted?: string, bare?: string) => {
      const name = key ?? quoted ?? bare ?? "";
      if (quoted !== undefined && !hasSingleNames && !/[a-z][A-Z]/.test(quoted)) return whole;
      const owner = ownerOf(name.replace(/\..*/, ""), span.start, resource);
      if (owner === undefined) return whole;
      if (name.includes(".")) return `'${this.path(name, span)}'`;
      const spelled = spelledName(name, owner, resource);
      if (key !== undefined) return entryText(spelled, value ?? "", entryStyle(owner, resource));
      return quoted === undefined ? spelled : `'${spelled}'`;
    });
  }
}

function entryText(name: string, value: string, style: EntryStyle): string {
  if (style === "json") return `"${name}": ${value}`;
  return style === "hcl" ? `${name} = ${value}` : `${name}: ${value.replace(/^"|"$/g, "")}`;
}

const plainName = (name: string) => name.replace(/_/g, "").toLowerCase();
