// Names of properties in CloudFormation and Terraform, which are read in any case, but which both take in their own case
// only: containers copied from JSON for the AWS CLI, and arguments copied from it, have the names of the API.

import { cloudFormationHostNames } from "../../resources/hosts/hostNames";
import { ownerOf, spelledName } from "../../resources/hosts/spelledNames";
import { rename } from "../../source/change";
import { nodeAnywhere } from "../../source/node";
import { get, type Member, spanOf } from "../../source/tree";
import { fix } from "../fix";
import type { RuleContext } from "../rule";
import type { Walk } from "./shapeWalk";

/** Notes a property of a structure whose name a template, or a resource of Terraform, writes in another case. */
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
  if (written.toLowerCase() === name.toLowerCase()) otherCase.push({ member, written, name });
}

/** Pairs that Terraform writes as a map, whose names are anybody's. */
const pairs = new Set(["Tag", "KeyValuePair"]);

/** Arguments have no capitals; what is in containers has the API's names, which the AWS provider reads in any case. */
function otherArgument(
  { document }: RuleContext,
  { name: apiName, key }: Member,
  shapeName: string,
): { readonly written: string; readonly name: string } | undefined {
  const { start, end } = spanOf(key);
  const written = document.source.text.slice(start, end).replace(/^"|"$/g, "");
  const isSame = written.replace(/_/g, "").toLowerCase() === apiName.toLowerCase();
  if (!/[A-Z]/.test(written) || !isSame || pairs.has(shapeName)) return undefined;
  // The inputs of modules are what their authors made them.
  if (!document.hosted?.id.startsWith("aws_ecs_")) return undefined;
  if (nodeAnywhere(get(document.input, "containerDefinitions"), start) !== undefined) return undefined;
  const owner = ownerOf(apiName, start, document);
  const name = owner === undefined ? undefined : spelledName(apiName, owner, document);
  return name === undefined || name === written ? undefined : { written, name };
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
