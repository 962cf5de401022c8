// DescribeCapacityProviders. The endpoint has no Auto Scaling groups: the providers that every account has are the only
// ones.

import { invalidParameter } from "../errors";
import type { Call, Operation } from "../operation";
import { clusterOf, includeOf } from "../request/findRecords";
import { type JsonObject, optionalText, textList } from "../request/input";
import { pageOf, pageSize } from "../request/paging";
import type { World } from "../state/world";

export const capacityProviders = ["FARGATE", "FARGATE_SPOT"] as const;

const isKnown = (name: string): boolean => capacityProviders.some((it) => it === name);

export const describeCapacityProviders: Operation = (world, input, call) => {
  const names = textList(input, "capacityProviders").map((it) => it.slice(it.lastIndexOf("/") + 1));
  if (names.length > 100) throw invalidParameter("Capacity providers cannot have more than 100 elements.");
  const types = textList(input, "types");
  const present = presentIn(world, input);
  const found = capacityProviders
    .filter((it) => present.includes(it) && (names.length === 0 || names.includes(it)))
    .filter((it) => types.length === 0 || types.includes(it));
  const include = includeOf(input);
  const page = pageOf(
    found,
    (it) => it,
    { operation: "DescribeCapacityProviders", input },
    pageSize(input, 10),
  );
  return {
    capacityProviders: page.items.map((name) => answer(name, include.has("TAGS"), call)),
    failures: names
      .filter((it) => !isKnown(it) || !present.includes(it))
      .map((name) => ({ arn: call.arns.capacityProvider(name), reason: "MISSING" })),
    nextToken: page.nextToken,
  };
};

/** Those that are associated with the cluster of the request; all without one. */
function presentIn(world: World, input: JsonObject): readonly string[] {
  const cluster = optionalText(input, "cluster") ?? "";
  return cluster === "" ? capacityProviders : clusterOf(world, input).capacityProviders;
}

function answer(name: string, withTags: boolean, call: Call): JsonObject {
  return {
    capacityProviderArn: call.arns.capacityProvider(name),
    name,
    status: "ACTIVE",
    type: name,
    ...(withTags ? { tags: [] } : {}),
  };
}
