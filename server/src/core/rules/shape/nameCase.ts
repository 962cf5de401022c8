// Names of properties in CloudFormation, which are read in any case, but which CloudFormation takes in its own case only:
// containers copied from JSON for the AWS CLI have the names of the API.

import { cloudFormationHostNames } from "../../resources/hosts/hostNames";
import { rename } from "../../source/change";
import { type Member, spanOf } from "../../source/tree";
import { fix } from "../fix";
import type { Walk } from "./shapeWalk";

/** Notes a property of a structure whose name a template writes in another case. */
export function noteNameCase({ context, otherCase }: Walk, member: Member, shapeName: string): void {
  if (context.document.hosted?.host !== "cloudFormation") return;
  const written = member.key.origin?.node.value;
  const name = cloudFormationHostNames.nameFor(shapeName, member.name);
  if (typeof written !== "string" || written === name) return;
  if (written.toLowerCase() === name.toLowerCase()) otherCase.push({ member, written, name });
}

/** One diagnostic for all of them: that is one mistake with one fix. */
export function reportNameCase({ report, otherCase }: Walk): void {
  const sorted = [...otherCase].sort((left, right) => left.member.key.offset - right.member.key.offset);
  const [first, ...others] = sorted;
  if (!first) return;
  const { member, written, name } = first;
  const count = others.length;
  const more = count === 0 ? "" : count === 1 ? ", and another one too" : `, and ${count} others too`;
  report(
    "property-case",
    member.key,
    { written, name, more },
    {
      related: others
        .slice(0, 50)
        .map((it) => ({ message: `CloudFormation calls it ${it.name}.`, span: spanOf(it.member.key) })),
      fixes: [
        fix(
          count === 0 ? `Change to ${name}` : `Change all ${count + 1}`,
          true,
          sorted.map((it) => rename(it.member.value, it.member.name)),
        ),
      ],
    },
  );
}
