// DescribeCapacityProviders. The endpoint has no Auto Scaling groups: there are the providers that every account has, and
// those of Managed Instances.

import { capacityProviderAnswer } from "../answers/capacityProviderAnswer";
import { invalidParameter } from "../errors";
import type { Call, Operation } from "../operation";
import { clusterOf, includeOf } from "../request/findRecords";
import { type JsonObject, optionalText, textList } from "../request/input";
import { pageOf, pageSize } from "../request/paging";
import type { World } from "../state/world";

export const capacityProviders = ["FARGATE", "FARGATE_SPOT"] as const;

export const describeCapacityProviders: Operation = (world, input, call) => {
  const names = textList(input, "capacityProviders").map((it) => it.slice(it.lastIndexOf("/") + 1));
  if (names.length > 100) throw invalidParameter("Capacity providers cannot have more than 100 elements.");
  const types = textList(input, "types");
  const present = presentIn(world, input);
  const isShown = (it: string) => names.includes(it) || (names.length === 0 && isActive(world, it));
  const found = present
    .filter(isShown)
    .filter((it) => types.length === 0 || types.includes(typeOf(world, it)))
    .toSorted();
  const include = includeOf(input);
  const page = pageOf(
    found,
    (it) => it,
    { operation: "DescribeCapacityProviders", input },
    pageSize(input, 10),
  );
  return {
    capacityProviders: page.items.map((name) => answer(world, name, include.has("TAGS"), call)),
    failures: names
      .filter((it) => !present.includes(it))
      .map((name) => ({ arn: call.arns.capacityProvider(name), reason: "MISSING" })),
    nextToken: page.nextToken,
  };
};

/** Those that are associated with the cluster of the request; all without one. */
function presentIn(world: World, input: JsonObject): readonly string[] {
  const managed = [...world.capacityProviders.values()];
  if ((optionalText(input, "cluster") ?? "") === "")
    return [...capacityProviders, ...managed.map((it) => it.name)];
  const cluster = clusterOf(world, input);
  return [
    ...cluster.capacityProviders,
    ...managed.filter((it) => it.cluster === cluster.name).map((it) => it.name),
  ];
}

/** One that was deleted is shown to those who name it. */
const isActive = (world: World, name: string): boolean =>
  world.capacityProviders.get(name)?.status !== "INACTIVE";

const typeOf = (world: World, name: string): string =>
  world.capacityProviders.get(name) === undefined ? name : "MANAGED_INSTANCES";

function answer(world: World, name: string, withTags: boolean, call: Call): JsonObject {
  const managed = world.capacityProviders.get(name);
  if (managed !== undefined) return capacityProviderAnswer(managed, call, withTags);
  return {
    capacityProviderArn: call.arns.capacityProvider(name),
    name,
    status: "ACTIVE",
    type: name,
    ...(withTags ? { tags: [] } : {}),
  };
}
