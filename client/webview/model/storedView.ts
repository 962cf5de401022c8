// The view that a page kept, perhaps by an earlier or a later version: what this one does not know is left at its default.

import type { Against } from "../../src/preview/messages";
import { storedValues } from "../../src/storedValues";
import { groupKeys } from "../fleetMap/groups";
import { stageNames } from "../header/stages";
import { defaultView, sortKeys, type ViewOptions } from "./visibleRows";
import { verdictOrder } from "./words";

const comparisons: readonly Against[] = ["saved", "head", "deployed", "nothing"];

type Checks = { readonly [Name in keyof ViewOptions]: (value: unknown) => boolean };

const isIn = (known: readonly unknown[]) => (value: unknown) => known.includes(value);
const isBoolean = isIn([true, false]);

const checks: Checks = {
  hiddenVerdicts: (it) => Array.isArray(it) && it.every(isIn(verdictOrder)),
  text: (it) => typeof it === "string",
  sort: (it) =>
    typeof it === "object" &&
    it !== null &&
    "key" in it &&
    "descending" in it &&
    isIn(sortKeys)(it.key) &&
    isBoolean(it.descending),
  groupBy: (it) => isIn(groupKeys)(it) || (typeof it === "string" && it.startsWith("attribute:")),
  stage: isIn([...stageNames, undefined]),
  onlyChanged: isBoolean,
  against: isIn(comparisons),
  onlyMatching: isBoolean,
  byReason: isIn([true, false, "auto"]),
};

export function readView(stored: unknown): ViewOptions {
  const kept = Object.entries(storedValues(stored)).filter(
    ([name, value]) => Object.hasOwn(checks, name) && checks[name as keyof ViewOptions](value),
  );
  return { ...defaultView, ...Object.fromEntries(kept) };
}
