// Attributes as people type them into an input box: `env=prod, canary`.

export interface AttributeValue {
  readonly name: string;
  readonly value?: string;
}

/** Splits at commas, then at the first `=`; empty parts are skipped, an attribute without `=` has no value. */
export function readAttributes(text: string): readonly AttributeValue[] {
  return text
    .split(",")
    .map((it) => it.trim())
    .filter((it) => it !== "")
    .map((part) => {
      const equals = part.indexOf("=");
      if (equals < 0) return { name: part };
      return { name: part.slice(0, equals).trim(), value: part.slice(equals + 1).trim() };
    });
}

/** Why the text names no attribute, `undefined` where it does. What ECS allows in a name, the server knows. */
export function attributesProblem(text: string): string | undefined {
  const attributes = readAttributes(text);
  if (attributes.length === 0) return "Enter at least one attribute, for example env=prod.";
  if (attributes.some((it) => it.name === "")) return "An attribute needs a name before the equals sign.";
  return undefined;
}
