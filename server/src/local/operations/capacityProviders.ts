// DescribeCapacityProviders: those that every account has, those of Auto Scaling groups, and those of Managed Instances.

import { capacityProviderAnswer, groupProviderAnswer } from "../answers/capacityProviderAnswer";
import { invalidParameter } from "../errors";
import type { Call, Operation } from "../operation";
import { clusterOf, includeOf } from "../request/findRecords";
import { type JsonObject, optionalText, textList } from "../request/input";
import { pageOf, pageSize } from "../request/paging";
import { fargateProviders } from "../request/strategyInput";
import type { World } from "../state/world";

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
  if ((optionalText(input, "cluster") ?? "") === "") {
    const groups = [...world.groupProviders.values()].map((it) => it.name);
    return [...new Set([...fargateProviders, ...groups, ...managed.map((it) => it.name)])];
  }
  const cluster = clusterOf(world, input);
  return [
    ...cluster.capacityProviders,
    ...managed.filter((it) => it.cluster === cluster.name).map((it) => it.name),
  ];
}

/** One that was deleted is shown to those who name it. */
const isActive = (world: World, name: string): boolean =>
  fargateProviders.includes(name) ||
  [world.capacityProviders.get(name), world.groupProviders.get(name)].some(
    (it) => it !== undefined && it.status !== "INACTIVE",
  );

/** A deleted one may have the name of another kind that came after it. */
function recordsOf(world: World, name: string) {
  const managed = world.capacityProviders.get(name);
  const group = world.groupProviders.get(name);
  if (managed === undefined || group === undefined) return { managed, group };
  return managed.status === "INACTIVE" ? { group } : { managed };
}

function typeOf(world: World, name: string): string {
  const { managed, group } = recordsOf(world, name);
  if (managed !== undefined) return "MANAGED_INSTANCES";
  return group === undefined ? name : "EC2_AUTOSCALING";
}

function answer(world: World, name: string, withTags: boolean, call: Call): JsonObject {
  const { managed, group } = recordsOf(world, name);
  if (managed !== undefined) return capacityProviderAnswer(managed, call, withTags);
  if (group !== undefined) return groupProviderAnswer(group, call, withTags);
  return {
    capacityProviderArn: call.arns.capacityProvider(name),
    name,
    status: "ACTIVE",
    type: name,
    ...(withTags ? { tags: [] } : {}),
  };
}
