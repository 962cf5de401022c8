// The reasons in `failures` of RunTask and StartTask.

import type { Refusal } from "../scheduling/placementNeed";

export const failureReasons: Readonly<Record<Refusal, string>> = {
  status: "INACTIVE",
  constraints: "MemberOf placement constraint unsatisfied.",
  distinctInstance: "DistinctInstance placement constraint unsatisfied.",
  agent: "AGENT",
  attributes: "ATTRIBUTE",
  platform: "ATTRIBUTE",
  cpu: "RESOURCE:CPU",
  memory: "RESOURCE:MEMORY",
  ports: "RESOURCE:PORTS",
  gpu: "RESOURCE:GPU",
  eni: "RESOURCE:ENI",
  subnets: "LOCATION",
};
