// A REPLICA service that is made to have one task on every instance: that is what DAEMON is for.

import { get, items, keyOf, numberOf, stringOf } from "../../source/tree";
import { filled } from "../ruleHelpers";
import { serviceRule } from "../service/serviceRule";

/** So many tasks on different instances were hardly counted out: the number stands for "all". */
const many = 100;

export const handMadeDaemon = serviceRule(["hand-made-daemon"], ({ service, workspace }, report) => {
  const { input, isDaemon, launchType, controller } = service;
  const strategy = get(input, "schedulingStrategy");
  if (isDaemon || (strategy && stringOf(strategy) !== "REPLICA") || launchType === "FARGATE") return;
  if (controller !== undefined && controller !== "ECS") return;
  if (filled(input, "loadBalancers") || filled(input, "capacityProviderStrategy")) return;
  const distinct = items(get(input, "placementConstraints"))
    .map((it) => get(it, "type"))
    .find((it) => stringOf(it) === "distinctInstance");
  const countNode = get(input, "desiredCount");
  const count = numberOf(countNode);
  if (!distinct || !countNode || count === undefined) return;
  const active = workspace.cluster?.instances.filter((it) => it.status === "ACTIVE").length ?? 0;
  const isEvery = count >= many || (active > 1 && count >= active);
  if (isEvery) report("hand-made-daemon", keyOf(countNode), { count });
});
