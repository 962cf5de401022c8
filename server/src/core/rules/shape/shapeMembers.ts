// Members that their owner does not have, and members written twice.

import { ordinaryShape, shapeNamed } from "../../api/apiModel";
import { add, Copy, remove, rename, set } from "../../source/change";
import { get, type JsonNode, type Member, stringOf } from "../../source/tree";
import { fix, type ProposedFix } from "../fix";
import { property, title } from "../fixTitle";
import { reportForeignMember } from "../managed/foreignMembers";
import { removal } from "../ruleHelpers";
import type { NearHome } from "./nearHomes";
import { type Home, homeOf, ownerName } from "./shapeNames";
import type { Walk } from "./shapeWalk";
import { meantMember, synonymOf } from "./synonyms";

/** Creating and updating a service share most members; what only the other one has is no member here. */
const otherOperation: Readonly<
  Record<string, { readonly shape: string; readonly code: "create-service-member" | "update-service-member" }>
> = {
  UpdateServiceRequest: { shape: "CreateServiceRequest", code: "update-service-member" },
  CreateServiceRequest: { shape: "UpdateServiceRequest", code: "create-service-member" },
};

/** Objects that lack a property, and where it belongs by its name. */
interface MeantPlace {
  readonly near: readonly NearHome[];
  readonly home: Home | undefined;
}

/** Says of a member that its owner does not have what was probably meant. */
export function unknownMember(
  walk: Walk,
  member: Member,
  shapeName: string,
  known: Readonly<Record<string, string>>,
  siblings: ReadonlySet<string>,
): void {
  const { context, report } = walk;
  if (reportForeignMember(walk, member, shapeName, siblings)) {
    context.doubts.noteValue(member.value);
    return;
  }
  const owner = ownerName(shapeName);
  const params = { member: member.name, owner };
  const sibling = Object.hasOwn(otherOperation, shapeName) ? otherOperation[shapeName] : undefined;
  if (sibling && Object.hasOwn(shapeNamed(sibling.shape).members ?? {}, member.name)) {
    // An update of a daemon is one, whether or not its strategy belongs there.
    if (member.name !== "schedulingStrategy") context.doubts.noteValue(member.value);
    report(sibling.code, member.key, params, {
      fixes: [removal(member.value)],
    });
    return;
  }
  const free = Object.keys(known).filter((name) => !siblings.has(name));
  const all = Object.keys(known);
  const home = homeOf(member.name, ordinaryShape(shapeName), get(member.property.parent, "logDriver")?.value);
  const lacking = walk.homes.lacking(member.property.parent, member.name);
  const isNeeded = lacking.some((it) => it.isRequired);
  const near = home?.isOptions && !isNeeded ? [] : lacking;
  // The exact name of another level was hardly meant as a misspelling of this level's.
  const suggestion =
    home === undefined && near.length === 0
      ? (meantMember(member.name, ordinaryShape(shapeName), free) ??
        meantMember(member.name, ordinaryShape(shapeName), all))
      : fittingSynonym(member, shapeName, isNeeded ? free : all);
  if (suggestion !== undefined) {
    const { parent } = member.property;
    if (parent && free.includes(suggestion)) context.doubts.noteMember(parent, suggestion);
    report(
      "misspelt-member",
      member.key,
      { ...params, suggestion },
      {
        fixes: [
          free.includes(suggestion)
            ? fix(title`Change to '${property(suggestion)}'`, true, rename(member.value, suggestion))
            : removal(member.value),
        ],
      },
    );
    return;
  }
  if (near.length > 0 || home) reportMisplaced(walk, member, { near, home, owner });
  else report("unknown-member", member.key, params, { fixes: [removal(member.value)] });
}

/** A name that others use for one of this level, unless its value can only be of another level. */
function fittingSynonym(
  { name, value }: Member,
  shapeName: string,
  known: readonly string[],
): string | undefined {
  const synonym = synonymOf(name, ordinaryShape(shapeName), known);
  const shape = synonym === undefined ? undefined : shapeNamed(shapeName).members?.[synonym];
  const values = shape === undefined ? undefined : shapeNamed(shape).enum;
  const text = stringOf(value);
  return values === undefined || text === undefined || values.includes(text) ? synonym : undefined;
}

function reportMisplaced(
  { context, report, homes }: Walk,
  member: Member,
  { near, home, owner }: MeantPlace & { readonly owner: string },
): void {
  // Where it is missing, that follows from this.
  for (const { node } of near) {
    context.doubts.noteMember(node, member.name);
    if (node.children?.length === 0) context.doubts.noteValue(node);
  }
  const { parent } = member.property;
  const options = home?.isOptions ? get(parent, "options") : undefined;
  if (options) context.doubts.noteMember(options, member.name);
  const absent = parent && near.length === 0 ? homes.absentIn(parent, member.name) : undefined;
  if (parent && absent !== undefined) context.doubts.noteMember(parent, absent);
  const [target, ...others] = near;
  // What is removed where it is meant for something is the next to be missed, as a log option is.
  const only = others.length === 0 ? moved(member, target?.node) : undefined;
  const isMissed = near.length > 0 || absent !== undefined;
  const fixes = [home?.isOptions ? movedOption(member) : isMissed ? only : removal(member.value)];
  const words = target?.words ?? home?.words ?? "";
  report("misplaced-member", member.key, { member: member.name, owner, home: words }, { fixes });
}

/** Moves a member to the one object that lacks it. */
function moved({ name, value }: Member, target: JsonNode | undefined): ProposedFix | undefined {
  if (target === undefined) return undefined;
  const added = add(target, name, new Copy(value));
  return fix(title`Move '${property(name, value)}' there`, false, remove(value), added);
}

/** Moves an option of a log driver or of FireLens into `options`, from beside it or from the container. */
function movedOption(member: Member): ProposedFix | undefined {
  const { name, value } = member;
  const owner = member.property.parent;
  const inside = get(owner, "logConfiguration");
  if (inside !== undefined && inside.type !== "object") return undefined;
  const configuration = inside ?? owner;
  const options = get(configuration, "options");
  if (!configuration || (options && (options.type !== "object" || get(options, name)))) return undefined;
  const move = `Move '${name}' there`;
  if (options) return fix(move, false, remove(value), add(options, name, new Copy(value)));
  if (inside) return fix(move, false, remove(value), add(inside, "options", { [name]: new Copy(value) }));
  // A container without a log configuration has no place for its options.
  return get(owner, "image")
    ? undefined
    : fix(move, false, rename(value, "options"), set(value, { [name]: new Copy(value) }));
}

/** Names written twice: the last one counts. */
export function noteDuplicates({ report }: Pick<Walk, "report">, found: readonly Member[]): void {
  const last = new Map<string, Member>();
  for (const member of found) {
    const earlier = last.get(member.name);
    last.set(member.name, member);
    if (!earlier) continue;
    report(
      "duplicate-member",
      member.key,
      { member: member.name },
      {
        related: [
          {
            message: "The first one, which does not count.",
            span: { start: earlier.key.offset, end: earlier.key.offset + earlier.key.length },
          },
        ],
        fixes: [fix("Remove the one that does not count", false, remove(earlier.value))],
      },
    );
  }
}
