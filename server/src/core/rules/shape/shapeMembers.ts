// Members that their owner does not have, and members written twice.

import { ordinaryShape, shapeNamed } from "../../api/apiModel";
import { add, Copy, remove, rename, set } from "../../source/change";
import { get, items, type Member } from "../../source/tree";
import { fix, type ProposedFix } from "../fix";
import { property, title } from "../fixTitle";
import { reportForeignMember } from "../managed/foreignMembers";
import type { RuleContext } from "../rule";
import { removal } from "../ruleHelpers";
import { homeOf, ownerName } from "./shapeNames";
import type { Walk } from "./shapeWalk";
import { meantMember, synonymOf } from "./synonyms";

/** Creating and updating a service share most members; what only the other one has is no member here. */
const otherOperation: Readonly<
  Record<string, { readonly shape: string; readonly code: "create-service-member" | "update-service-member" }>
> = {
  UpdateServiceRequest: { shape: "CreateServiceRequest", code: "update-service-member" },
  CreateServiceRequest: { shape: "UpdateServiceRequest", code: "create-service-member" },
};

/** Says of a member that its owner does not have what was probably meant. */
export function unknownMember(
  walk: Walk,
  member: Member,
  shapeName: string,
  known: Readonly<Record<string, string>>,
  siblings: ReadonlySet<string>,
): void {
  const { context, report } = walk;
  if (reportForeignMember(walk, member, shapeName, siblings)) return;
  const owner = ownerName(shapeName);
  const params = { member: member.name, owner };
  const sibling = Object.hasOwn(otherOperation, shapeName) ? otherOperation[shapeName] : undefined;
  if (sibling && Object.hasOwn(shapeNamed(sibling.shape).members ?? {}, member.name)) {
    report(sibling.code, member.key, params, {
      fixes: [removal(member.value)],
    });
    return;
  }
  const free = Object.keys(known).filter((name) => !siblings.has(name));
  const all = Object.keys(known);
  const home = homeOf(member.name, ordinaryShape(shapeName), get(member.property.parent, "logDriver")?.value);
  // The exact name of another level was hardly meant as a misspelling of this level's.
  const suggestion =
    home === undefined
      ? (meantMember(member.name, ordinaryShape(shapeName), free) ??
        meantMember(member.name, ordinaryShape(shapeName), all))
      : synonymOf(member.name, ordinaryShape(shapeName), all);
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
  if (home) {
    // A log option that is removed is the next one to be missed.
    const fixes = home.isOptions
      ? [movedOption(member)]
      : [moved(context, member, shapeName), removal(member.value)];
    report("misplaced-member", member.key, { ...params, home: home.words }, { fixes });
  } else report("unknown-member", member.key, params, { fixes: [removal(member.value)] });
}

/** Moves a member between the task definition and its only container. */
function moved({ input }: RuleContext, member: Member, shapeName: string): ProposedFix | undefined {
  const [container, ...others] = items(get(input, "containerDefinitions"));
  const isIn = (shape: string) => Object.hasOwn(shapeNamed(shape).members ?? {}, member.name);
  const isManaged = shapeName !== ordinaryShape(shapeName);
  const [task, part] = isManaged
    ? (["RegisterDaemonTaskDefinitionRequest", "DaemonContainerDefinition"] as const)
    : (["RegisterTaskDefinitionRequest", "ContainerDefinition"] as const);
  const toContainer = shapeName === task && others.length === 0 && isIn(part);
  const toTask = shapeName === part && isIn(task);
  const target = toContainer ? container : toTask ? input : undefined;
  if (target?.type !== "object" || get(target, member.name)) return undefined;
  const added = add(target, member.name, new Copy(member.value));
  return fix(title`Move '${property(member.name, member.value)}' there`, false, remove(member.value), added);
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
