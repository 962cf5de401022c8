// What the DAEMON scheduling strategy forbids in service input.

import { serviceView } from "../../documents/serviceView";
import { at, get, keyOf, numberOf } from "../../documents/tree";
import { fix, remove, replaceNode } from "../edits";
import type { Rule } from "../rule";

export const daemonService: Rule = {
  codes: [
    "daemon-desired-count",
    "daemon-placement-strategy",
    "daemon-maximum-percent",
    "daemon-capacity-provider",
  ],
  check({ document }, report) {
    const service = serviceView(document);
    if (!service?.isDaemon) return;
    const count = get(service.input, "desiredCount");
    if (count && count.type !== "null") {
      report(
        "daemon-desired-count",
        keyOf(count),
        {},
        { fixes: [fix("Remove desiredCount", true, remove(count))] },
      );
    }
    const strategy = get(service.input, "placementStrategy");
    if (strategy && strategy.children?.length !== 0 && strategy.type !== "null") {
      report(
        "daemon-placement-strategy",
        keyOf(strategy),
        {},
        {
          fixes: [fix("Remove placementStrategy", true, remove(strategy))],
        },
      );
    }
    const maximum = at(service.input, "deploymentConfiguration", "maximumPercent");
    const percent = numberOf(maximum);
    if (maximum && percent !== undefined && percent > 100) {
      report(
        "daemon-maximum-percent",
        maximum,
        { percent },
        {
          fixes: [fix("Change to 100", true, replaceNode(maximum, "100"))],
        },
      );
    }
    const providers = get(service.input, "capacityProviderStrategy");
    if (providers && providers.children?.length !== 0 && providers.type !== "null") {
      const useEc2 = get(service.input, "launchType")
        ? fix("Remove capacityProviderStrategy", true, remove(providers))
        : fix(
            'Replace by "launchType": "EC2"',
            true,
            replaceNode(keyOf(providers), '"launchType"'),
            replaceNode(providers, '"EC2"'),
          );
      report("daemon-capacity-provider", keyOf(providers), {}, { fixes: [useEc2] });
    }
  },
};
