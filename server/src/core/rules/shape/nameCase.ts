// Names of properties in CloudFormation and Terraform, which are read in any case and under the name of the API, but which
// both take in their own case and under their own names only: what is copied from JSON for the AWS CLI has those of the API.

import { cloudFormationHostNames } from "../../resources/hosts/hostNames";
import { hasOwnBlock, ownerOf, spelledName } from "../../resources/hosts/spelledNames";
import { rename } from "../../source/change";
import { type Member, spanOf } from "../../source/tree";
import { fix } from "../fix";
import type { RuleContext } from "../rule";
import { isInContainers, isOfOldTerraform, isOtherNumber } from "./blockOrArgument";
import type { Walk } from "./shapeWalk";

/** Notes a property of a structure whose name a template, or a resource of Terraform, writes as neither has it. */
export function noteNameCase({ context, otherCase }: Walk, member: Member, shapeName: string): void {
  const host = context.document.hosted?.host;
  if (host === "terraform") {
    const found = otherArgument(context, member, shapeName);
    if (found) otherCase.push({ member, ...found });
    return;
  }
  if (host !== "cloudFormation") return;
  const written = member.key.origin?.node.value;
  const name = cloudFormationHostNames.nameFor(shapeName, member.name);
  if (typeof written !== "string" || written === name) return;
  const meant = [name, member.name].map((it) => it.toLowerCase());
  if (meant.includes(written.toLowerCase())) otherCase.push({ member, written, name });
}

/** Pairs that Terraform writes as a map, whose names are anybody's. */
const pairs = new Set(["Tag", "KeyValuePair"]);

/** Arguments have no capitals, and some have another name than the API; what is in containers has the API's names, which the AWS provider reads in any case. */
function otherArgument(
  { document }: RuleContext,
  { name: apiName, key }: Member,
  shapeName: string,
): { readonly written: string; readonly name: string } | undefined {
  const { start, end } = spanOf(key);
  const written = document.source.text.slice(start, end).replace(/^"|"$/g, "");
  const isSame = written.replace(/_/g, "").toLowerCase() === apiName.toLowerCase();
  if (!isSame || pairs.has(shapeName)) return undefined;
  // The inputs of modules are what their authors made them.
  if (!document.hosted?.id.startsWith("aws_ecs_")) return undefined;
  if (isInContainers(document, start)) return undefined;
  const owner = ownerOf(apiName, start, document);
  const name = owner && spelledName(apiName, owner, document);
  if (owner === undefined || name === undefined || name === written) return undefined;
  if (/[A-Z]/.test(written)) return { written, name };
  // Terraform 0.11 and older providers had other blocks, and singulars are reported as such.
  const isOfOld = written === "placement_strategy" || isOfOldTerraform(document.source.text);
  const isOther = !isOtherNumber(written, name) && !isOfOld;
  return isOther && hasOwnBlock(owner, document) ? { written, name } : undefined;
}

/** One diagnostic for all of them: that is one mistake with one fix. */
export function reportNameCase({ context, report, otherCase }: Walk): void {
  const sorted = [...otherCase].sort((left, right) => left.member.key.offset - right.member.key.offset);
  const [first, ...others] = sorted;
  if (!first) return;
  const { member, written, name } = first;
  const count = others.length;
  const more = count === 0 ? "" : count === 1 ? ", and another one too" : `, and ${count} others too`;
  const isTerraform = context.document.hosted?.host === "terraform";
  const host = isTerraform ? "Terraform" : "CloudFormation";
  report(
    isTerraform ? "argument-case" : "property-case",
    member.key,
    { written, name, more },
    {
      related: others
        .slice(0, 50)
        .map((it) => ({ message: `${host} calls it ${it.name}.`, span: spanOf(it.member.key) })),
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
