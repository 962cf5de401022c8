// With which values of a template or module a preview is, in a sentence. No DOM here.

import type { PreviewedValue } from "../../../server/src/lsp/protocol/protocol";

/** "With the given value of AgentMemory and the default of Env. Zone is not known." Empty without a name. */
export function withValues(values: readonly PreviewedValue[]): string {
  const isUsed = (it: PreviewedValue) =>
    (it.given !== undefined || it.secret === true) && it.problem === undefined;
  const given = values.filter(isUsed);
  const others = values.filter((it) => !isUsed(it));
  const defaults = others.filter((it) => it.byDefault !== undefined);
  const unknown = others.filter((it) => it.byDefault === undefined);
  const parts = [
    ...(given.length > 0 ? [`the given ${noun("value", given)} of ${named(given)}`] : []),
    ...(defaults.length > 0 ? [`the ${noun("default", defaults)} of ${named(defaults)}`] : []),
  ];
  const sentences = [
    ...(parts.length > 0 ? [`With ${parts.join(" and ")}.`] : []),
    ...(unknown.length > 0 ? [`${named(unknown)} ${unknown.length === 1 ? "is" : "are"} not known.`] : []),
  ];
  return sentences.join(" ");
}

/** More than a sentence names. */
const mostNamed = 3;

function named(values: readonly PreviewedValue[]): string {
  const names = values.map((it) => it.name);
  const shown = names.length > mostNamed ? names.slice(0, mostNamed - 1) : names;
  const rest = names.length - shown.length;
  const all = rest === 0 ? shown : [...shown, `${rest} more`];
  return all.length < 2 ? (all[0] ?? "") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

function noun(word: string, values: readonly PreviewedValue[]): string {
  return values.length === 1 ? word : `${word}s`;
}
