// References in the expressions of Terraform.

import type { Need } from "../../../source/node";
import { joinedNeeds } from "../givenValues";

/** The references in an expression: `var.x`, `data.aws_region.current.name`, `aws_iam_role.agent.arn`. */
export function referencesIn(expression: string): readonly Need[] {
  const reference =
    /\b(?:(?:var|local|data|module|each|path|terraform|count|self)\.[\w-]+|[a-z][a-z0-9]*_\w+\.[\w-]+)(?:\.[\w-]+|\[[^\]]*\])*/g;
  return joinedNeeds([(expression.slice(0, mostRead).match(reference) ?? []).map((name) => ({ name }))]);
}

/** UTF-16 units of an expression that are looked at for references. */
const mostRead = 4000;
