// Properties of an object by name: one that has many is asked for hundreds of them.

/** A property: its first part is its name. */
interface Property {
  readonly children?: readonly { readonly value?: unknown }[] | undefined;
}

/** So many are searched one by one. */
const few = 40;

interface Named {
  /** How many of the properties are in the groups. */
  count: number;
  readonly groups: Map<unknown, Property[]>;
}

const named = new WeakMap<readonly Property[], Named>();

/**
 * The properties that may have the name, in their order: those that have it where there are many, else all. Properties are
 * only ever added behind the others.
 */
export function propertiesNamed<P extends Property>(properties: readonly P[], name: string): readonly P[] {
  if (properties.length <= few) return properties;
  let known = named.get(properties);
  if (known === undefined || known.count > properties.length) {
    known = { count: 0, groups: new Map() };
    named.set(properties, known);
  }
  // An object that is being made gets more of them.
  for (; known.count < properties.length; known.count += 1) {
    const property = properties[known.count] as P;
    const own = property.children?.[0]?.value;
    const group = known.groups.get(own);
    if (group === undefined) known.groups.set(own, [property]);
    else group.push(property);
  }
  return (known.groups.get(name) ?? []) as P[];
}
