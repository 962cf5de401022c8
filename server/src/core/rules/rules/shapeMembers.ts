// Members that their owner does not have, and members written twice.

import { nearest } from "../../documents/spelling";
import type { Member } from "../../documents/tree";
import { shapeNamed } from "../apiModel";
import { fix, remove, renameMember } from "../edits";
import type { Walk } from "./shape";
import { homeOf, ownerName } from "./shapeNames";

/** Says of a member that its owner does not have what was probably meant. */
export function unknownMember(
  { report }: Walk,
  member: Member,
  shapeName: string,
  known: Readonly<Record<string, string>>,
  siblings: ReadonlySet<string>,
): void {
  const owner = ownerName(shapeName);
  const params = { member: member.name, owner };
  if (shapeName === "UpdateServiceRequest") {
    const create = shapeNamed("CreateServiceRequest").members ?? {};
    if (Object.hasOwn(create, member.name)) {
      report("update-service-member", member.key, params, {
        fixes: [fix(`Remove '${member.name}'`, false, remove(member.value))],
      });
      return;
    }
  }
  const free = Object.keys(known).filter((name) => !siblings.has(name));
  const suggestion = nearest(member.name, free) ?? nearest(member.name, Object.keys(known));
  if (suggestion !== undefined) {
    report(
      "misspelt-member",
      member.key,
      { ...params, suggestion },
      {
        fixes: [
          free.includes(suggestion)
            ? fix(`Change to '${suggestion}'`, true, renameMember(member.value, suggestion))
            : fix(`Remove '${member.name}'`, false, remove(member.value)),
        ],
      },
    );
    return;
  }
  const removal = fix(`Remove '${member.name}'`, false, remove(member.value));
  const home = homeOf(member.name, shapeName);
  if (home) report("misplaced-member", member.key, { ...params, home }, { fixes: [removal] });
  else report("unknown-member", member.key, params, { fixes: [removal] });
}

/** Names written twice: the last one counts. */
export function noteDuplicates({ report }: Walk, found: readonly Member[]): void {
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
