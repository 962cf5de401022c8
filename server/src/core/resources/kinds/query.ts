// A scratch file with one expression of the cluster query language.

import type { Kind } from "./kind";

export const querySigns = { kind: "query", names: /\.ecsquery$/i, members: [], isPlainText: true } as const;

export const query: Kind = {
  signs: querySigns,
  noun: "an expression",
  label: "expression",
  isExpression: true,
};
