// The edit that mends a damaged text.

/** The one edit that makes a damaged text JSON. */
export interface Repair {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}
