// ECS Exec runs commands with the permissions of the task role, so that there has to be one.

import { booleanOf, get, stringOf } from "../../source/tree";
import { inTask } from "../otherFile";
import { isAbsent, shownDefinition } from "../ruleHelpers";
import { serviceRule } from "./serviceRule";

export const executeCommand = serviceRule(
  ["execute-command-role", "execute-command-role-later"],
  ({ service, task, operation }, report) => {
    const enabled = get(service.input, "enableExecuteCommand");
    if (!enabled || booleanOf(enabled) !== true || !task) return;
    const role = get(task.input, "taskRoleArn");
    const isMissing = stringOf(role) === "" || (role === undefined && isAbsent(task.input, "taskRoleArn"));
    if (!isMissing) return;
    const code = operation === "updateService" ? "execute-command-role" : "execute-command-role-later";
    report(
      code,
      enabled,
      { family: shownDefinition(task) },
      { related: inTask(task, "The task definition without a task role.", role ?? task.input) },
    );
  },
);
