// What the walk along the API model carries with it.

import type { NewValue } from "../../source/change";
import type { JsonNode, Member } from "../../source/tree";
import type { Report, RuleContext } from "../rule";
import type { NearHomes } from "./nearHomes";

export interface Walk {
  readonly context: RuleContext;
  readonly report: Report;
  readonly homes: NearHomes;
  readonly unfinished: Unfinished[];
  /** Scalars written as another type, such as a number in quotes: one diagnostic for all of them. */
  readonly convertible: WrongScalar[];
  /** Properties of a template whose names are right but for their case. */
  readonly otherCase: { readonly member: Member; readonly written: string; readonly name: string }[];
}

/** An object whose required properties are looked for when all that is misplaced is known. */
export interface Unfinished {
  readonly node: JsonNode;
  readonly shapeName: string;
  readonly found: readonly Member[];
  readonly isRoot: boolean;
}

/** A number or flag in quotes, or a text without them: what was meant is certain. */
export interface WrongScalar {
  readonly node: JsonNode;
  readonly member: string;
  readonly expected: string;
  readonly found: string;
  readonly value: NewValue;
  /** Neither value is to be told. */
  readonly isHidden: boolean;
}
