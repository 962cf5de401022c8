// The roles of a task: what is given as an ARN has to be one of a role.

import { taskDefinitionView } from "../../resources/taskDefinitionView";
import { get, stringOf } from "../../source/tree";
import type { Rule } from "../rule";

/** The account may be blank or a placeholder of any kind; a number has twelve digits. */
export const roleArn = /^arn:[^:]+:iam::(?:\d{12}|(?!\d+:)[^:]*):role\/.+/;

export const roles: Rule = {
  codes: ["bad-role"],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    for (const member of ["taskRoleArn", "executionRoleArn"] as const) {
      const node = get(task?.input, member);
      const arn = stringOf(node);
      if (node && arn?.startsWith("arn:") && !roleArn.test(arn)) {
        report("bad-role", node, { arn, because: aboutAccount(arn) });
      }
    }
  },
};

/** An account with a digit too few or too many is hard to see. */
export function aboutAccount(arn: string): string {
  const account = /^arn:[^:]+:iam::(\d+):role\//.exec(arn)?.[1];
  return account === undefined ? "" : `: its account has ${account.length} digits, not 12`;
}
