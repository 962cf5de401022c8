// Lifecycle hooks of a service's deployments: what each kind of hook needs, and where it can be.

import { at, get, items, stringOf } from "../../source/tree";
import { isAbsent, isAbsentOrEmpty, missingWords, placeOfMissing } from "../ruleHelpers";
import { serviceRule } from "./serviceRule";

/** Stages at which a deployment cannot be paused. Source: API model, DeploymentLifecycleHook. */
const withoutPause = new Set(["TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"]);

export const lifecycleHooks = serviceRule(
  ["lifecycle-hook-incomplete", "lifecycle-hook-pause"],
  ({ service: { input } }, report) => {
    for (const hook of items(at(input, "deploymentConfiguration", "lifecycleHooks"))) {
      if (hook.type !== "object") continue;
      const typeNode = get(hook, "targetType");
      const type = typeNode === undefined ? "AWS_LAMBDA" : stringOf(typeNode);
      const missing = isAbsentOrEmpty(hook, "lifecycleStages") ? ["lifecycleStages"] : [];
      if (type === "AWS_LAMBDA" && isAbsent(hook, "hookTargetArn")) missing.unshift("hookTargetArn");
      if (missing.length > 0)
        report("lifecycle-hook-incomplete", placeOfMissing(hook), missingWords(missing));
      if (type !== "PAUSE") continue;
      for (const stage of items(get(hook, "lifecycleStages"))) {
        const name = stringOf(stage);
        if (name !== undefined && withoutPause.has(name))
          report("lifecycle-hook-pause", stage, { stage: name });
      }
    }
  },
);
