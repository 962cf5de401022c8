// A default that was taken for granted, and the sentence that says so.

/** One default that counts. */
export interface Assumption {
  /** As the host names it: `AgentMemory`, `var.memory`. */
  readonly name: string;
  /** The default, as a message shows it. */
  readonly value: string;
  /** The properties of the API whose values depend on it, without indexes: `containerDefinitions.memory`. */
  readonly properties: readonly string[];
}

/** "With the default of AgentMemory, 512." for the defaults that count; empty without one. */
export function assumptionText(assumptions: readonly Pick<Assumption, "name" | "value">[]): string {
  if (assumptions.length === 0) return "";
  const shown = assumptions.slice(0, mostShown).map((it) => `${it.name}, ${shortened(it.value)}`);
  const more = assumptions.length - shown.length;
  const names = [...shown, ...(more > 0 ? [`${more} more`] : [])];
  return `With the ${assumptions.length === 1 ? "default" : "defaults"} of ${names.join("; ")}.`;
}

/** A resource that a template or module does not make. */
export interface Absence {
  /** As the host names it: a logical id, a Terraform address. */
  readonly id: string;
  /** The defaults that say so. */
  readonly byDefault: readonly Pick<Assumption, "name" | "value">[];
}

/** "With the default of Env, dev, AgentService is not created." for each of the resources. */
export function absenceText(absent: readonly Absence[]): string {
  return absent
    .map(({ id, byDefault }) => {
      const assumed = assumptionText(byDefault).replace(/\.$/, ", ");
      return `${assumed}${id} is not created.`;
    })
    .join(" ");
}

/** "With the given value of AgentMemory, 512." for values that somebody gave; empty without one. */
export function givenValuesText(given: readonly Pick<Assumption, "name" | "value">[]): string {
  return assumptionText(given).replace(/^With the default/, "With the given value");
}

/** More than a sentence names. */
const mostShown = 4;
const longest = 60;

const shortened = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
