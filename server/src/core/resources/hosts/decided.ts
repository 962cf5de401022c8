// What a condition of a template or module chooses: certain where its values are known, and only by default where a
// default decides.

import type { Need, Node } from "../../source/node";
import { joinedNeeds } from "./givenValues";
import type { Meaning } from "./hostTree";

/** A value of which a condition chooses, while nobody knows the condition. */
export type OpenMeaning = Extract<Meaning, { readonly is: "unknown" | "perhaps" }>;

/** What a condition with a truth chooses, on top of what is said of it while nobody knows. */
export function chosenBy(open: OpenMeaning, needs: readonly Need[], meaning: Meaning): Meaning {
  if (meaning.is === "value") return { ...open, needs, fallback: meaning.node };
  if (meaning.is === "absent") return { ...open, needs, fallback: noValue };
  const { fallback } = meaning;
  if (fallback !== undefined) return { ...open, needs: joinedNeeds([needs, meaning.needs]), fallback };
  return { ...open, needs: joinedNeeds([needs.map(({ name }) => ({ name })), meaning.needs]) };
}

const noValue: Node = { type: "null", offset: 0, length: 0, value: null };
