// The roles of a task: what is given as an ARN has to be one of a role.

import { taskDefinitionView } from "../../resources/taskDefinitionView";
import { get, stringOf } from "../../source/tree";
import { aboutArn } from "../arns";
import type { Rule } from "../rule";

/** The account may be blank or a placeholder of any kind; names have no spaces. */
export const roleArn = /^arn:[^:]+:iam::[^:]*:role\/\S+$/;

export const roles: Rule = {
  codes: ["bad-role"],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    for (const member of ["taskRoleArn", "executionRoleArn"] as const) {
      const node = get(task?.input, member);
      const arn = stringOf(node);
      if (node && arn?.startsWith("arn:") && (!roleArn.test(arn) || aboutArn(arn) !== "")) {
        report("bad-role", node, { arn, because: aboutArn(arn) });
      }
    }
  },
};
