// Where a service runs: launch type, capacity providers, platform version.

import type { ServiceView } from "../../resources/serviceView";
import { set } from "../../source/change";
import { get, isOpen, items, type JsonNode, keyOf, numberOf, stringOf } from "../../source/tree";
import { fix } from "../fix";
import type { Report } from "../rule";
import { advise, changeTo, filled, related, removal, sureItems } from "../ruleHelpers";
import { serviceRule } from "../service/serviceRule";

export const capacity = serviceRule(
  [
    "launch-type-and-capacity-provider",
    "too-many-capacity-providers",
    "capacity-provider-bases",
    "capacity-provider-weights",
    "capacity-provider-name",
    "capacity-providers-mixed",
    "managed-instances-launch-type",
    "fargate-placement",
    "platform-version-on-ec2",
    "platform-version",
  ],
  ({ service }, report) => {
    checkCapacity(service, report);
    checkLaunchType(service, report);
  },
);

function checkCapacity({ input, isDaemon }: ServiceView, report: Report): void {
  const strategy = filled(input, "capacityProviderStrategy");
  if (strategy?.type !== "array") return;
  const launchType = filled(input, "launchType");
  // A daemon may not have the strategy at all, which has been said.
  if (launchType && !isDaemon) {
    report(
      "launch-type-and-capacity-provider",
      keyOf(strategy),
      {},
      {
        related: related("The launch type.", keyOf(launchType)),
        fixes: [removal(strategy), removal(launchType)],
      },
    );
  }
  checkProviders(strategy, report);
  const count = sureItems(strategy).length;
  if (count > 20) report("too-many-capacity-providers", keyOf(strategy), { count });
  const based = items(strategy).flatMap((it) => {
    const base = get(it, "base");
    return base && (numberOf(base) ?? 0) > 0 ? [base] : [];
  });
  for (const base of based.slice(1)) {
    report(
      "capacity-provider-bases",
      keyOf(base),
      {},
      {
        related: related("The first base.", based[0]),
        fixes: [removal(base)],
      },
    );
  }
  // Without a weight 0 is taken.
  const weights = items(strategy).map((it) => (isOpen(it) ? undefined : (get(it, "weight") ?? null)));
  const allZero = weights.every((it) => it === null || (it !== undefined && numberOf(it) === 0));
  if (allZero && !isOpen(strategy) && items(strategy).length > 0) {
    const zero = weights.find((it) => it);
    report(
      "capacity-provider-weights",
      zero ?? keyOf(strategy),
      {},
      {
        fixes: [zero ? fix("Change to 1", false, set(zero, 1)) : undefined],
      },
    );
  }
}

/** Fargate's two providers are written in capitals; nobody may give another one a name that begins so. */
function checkProviders(strategy: JsonNode, report: Report): void {
  const named = items(strategy).flatMap((it) => {
    const node = get(it, "capacityProvider");
    const name = stringOf(node);
    return node && name !== undefined ? [{ node, name }] : [];
  });
  for (const { node, name } of named) {
    if (ofFargate.includes(name) || !/^(aws|ecs|fargate)/i.test(name)) continue;
    const upper = name.toUpperCase().replaceAll("-", "_");
    const suggestion = ofFargate.includes(upper) ? upper : undefined;
    const advice = advise(suggestion, "Use another one.");
    report("capacity-provider-name", node, { name, advice }, { fixes: [changeTo(node, suggestion)] });
  }
  const own = named.find(({ name }) => !name.startsWith("arn:") && !/^(aws|ecs|fargate)/i.test(name));
  const foreign = named.find(({ name }) => ofFargate.includes(name));
  if (!own || !foreign) return;
  const [first, second] = own.node.offset < foreign.node.offset ? [own, foreign] : [foreign, own];
  report(
    "capacity-providers-mixed",
    second.node,
    { name: second.name, other: first.name },
    { related: related("The other one.", first.node) },
  );
}

const ofFargate = ["FARGATE", "FARGATE_SPOT"];

function checkLaunchType({ input, launchType, isDaemon }: ServiceView, report: Report): void {
  const node = get(input, "launchType");
  // A daemon does not run there at all.
  if (node && launchType === "MANAGED_INSTANCES" && !isDaemon) {
    report("managed-instances-launch-type", node, {});
  }
  if (launchType === "FARGATE") {
    for (const member of ["placementConstraints", "placementStrategy"] as const) {
      const value = filled(input, member);
      // A daemon does not run on Fargate at all, which has a diagnostic of its own.
      if (!value || isDaemon) continue;
      report(
        "fargate-placement",
        keyOf(value),
        { member },
        {
          related: related("The launch type.", node),
          fixes: [removal(value)],
        },
      );
    }
  }
  const version = filled(input, "platformVersion");
  if (version && launchType === "EC2") {
    report("platform-version-on-ec2", keyOf(version), {}, { fixes: [removal(version, true)] });
  }
  const number = stringOf(version);
  if (version && number !== undefined && !/^(LATEST|\d+\.\d+\.\d+)$/.test(number)) {
    const suggestion = /^latest$/i.test(number) ? "LATEST" : undefined;
    report("platform-version", version, { version: number }, { fixes: [changeTo(version, suggestion)] });
  }
}
