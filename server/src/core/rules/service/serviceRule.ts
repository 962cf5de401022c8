// What every rule about services begins with: is this a service, and which task definition does it run?

import { type ServiceView, serviceView } from "../../resources/serviceView";
import { type TaskDefinitionView, taskDefinitionView } from "../../resources/taskDefinitionView";
import type { Code } from "../catalogue";
import type { Report, Rule, RuleContext } from "../rule";

export interface ServiceContext extends RuleContext {
  readonly service: ServiceView;
  /** The task definition that the service refers to, if the workspace has it. */
  readonly task: TaskDefinitionView | undefined;
}

/** A rule that looks at services only. */
export function serviceRule(
  codes: readonly Code[],
  check: (context: ServiceContext, report: Report) => void,
): Rule {
  return {
    codes,
    check(context, report) {
      const service = serviceView(context.document);
      if (service) check({ ...context, service, task: referredTask(context, service) }, report);
    },
  };
}

function referredTask(
  { workspace }: RuleContext,
  { taskDefinition }: ServiceView,
): TaskDefinitionView | undefined {
  const document = workspace.findTaskDefinition?.(taskDefinition);
  return document && taskDefinitionView(document);
}
