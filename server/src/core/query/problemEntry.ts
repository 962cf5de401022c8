// The form of an entry in the list of query problems.

/** `{name}` in a message is filled from the problem's parameters; `wrong` and `right` are expressions. */
export interface QueryProblemEntry {
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly title: string;
  readonly message: string;
  readonly why: string;
  readonly wrong: string;
  readonly right: string;
}
