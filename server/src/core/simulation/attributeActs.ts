// The acts of a story about attributes: one that the constraints ask for is lost, comes back, and comes to an instance
// that never had it.

import type { Cluster, ContainerInstance } from "../cluster/containerInstance";
import { leavesOf } from "../query/cases/instanceCases";
import type { PreparedConstraint, PreparedDaemon } from "../scheduler/preparedDaemon";
import { wantsInstance } from "../scheduler/preparedDaemon";
import { type AttributeChange, changesTowards, withChanges } from "../scheduler/smallestChange";
import type { ClusterChange } from "./clusterChanges";
import { nameOfInstance } from "./instanceNames";
import type { Act } from "./steps";

/** `model` is an instance that the service wants a task on. */
export function attributeActs(
  daemon: PreparedDaemon,
  cluster: Cluster,
  model: ContainerInstance,
): readonly Act[] {
  const loss = firstOf(daemon.constraints, (it) => towards(it, false, model));
  return [
    ...(loss === undefined ? noMatter(daemon, model) : lostAndBack(model, loss)),
    ...gainedElsewhere(daemon, cluster),
  ];
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const it of items) {
    const found = find(it);
    if (found !== undefined) return found;
  }
  return undefined;
}

function towards(
  { constraint, holds }: PreparedConstraint,
  wanted: boolean,
  instance: ContainerInstance,
): readonly AttributeChange[] | undefined {
  return constraint.query === undefined
    ? undefined
    : changesTowards(constraint.query.tree, wanted, holds, instance);
}

function lostAndBack(model: ContainerInstance, loss: readonly AttributeChange[]): readonly Act[] {
  return [
    {
      title: "An attribute changes",
      explanation: `${sayChanges(loss, model)} The constraints are evaluated again for tasks that run.`,
      changes: changesOn(model, loss),
    },
    {
      title: "The attribute is as it was",
      explanation: "The instance matches the constraints again.",
      changes: changesOn(
        model,
        loss.map((it) => backOf(it, model)),
      ),
    },
  ];
}

function backOf({ name }: AttributeChange, { attributes }: ContainerInstance): AttributeChange {
  return attributes.has(name) ? { kind: "set", name, value: attributes.get(name) } : { kind: "remove", name };
}

/** No change was found that a constraint depends on: one that surely none does. */
function noMatter({ constraints }: PreparedDaemon, model: ContainerInstance): readonly Act[] {
  const read = new Set(constraints.flatMap((it) => attributesIn(it)));
  const name =
    ["example", ...[...read].map((_, at) => `example-${at + 2}`)].find((it) => !read.has(it)) ?? "";
  return [
    {
      title: "An attribute that no constraint depends on",
      explanation: `${nameOfInstance(model)} gets the attribute ${name}=1, which no constraint of the daemon service reads: nothing moves.`,
      changes: [{ kind: "setAttribute", instances: [model.id], name, value: "1" }],
    },
  ];
}

/** Names of the attributes that a constraint reads. */
function attributesIn({ constraint }: PreparedConstraint): readonly string[] {
  const leaves = constraint.query === undefined ? [] : leavesOf(constraint.query.tree);
  return leaves.flatMap((it) =>
    it.kind === "comparison" && it.subject.kind === "attribute" ? [it.subject.name] : [],
  );
}

function gainedElsewhere(daemon: PreparedDaemon, { instances }: Cluster): readonly Act[] {
  const found = firstOf(instances, (instance) => {
    if (instance.status !== "ACTIVE" || wantsInstance(daemon, instance) !== false) return undefined;
    const changes = daemon.constraints
      .filter(({ holds }) => holds(instance) !== true)
      .map((it) => towards(it, true, instance));
    const all = changes.flatMap((it) => it ?? []);
    // What one constraint asks for may be what another one refuses.
    const isEnough =
      changes.every((it) => it !== undefined) && wantsInstance(daemon, withChanges(instance, all)) === true;
    return isEnough ? { instance, changes: all } : undefined;
  });
  if (found === undefined) return [];
  const { instance, changes } = found;
  return [
    {
      title: "Another instance gets what the constraints require",
      explanation: `${sayChanges(changes, instance)} Until now no task was expected there.`,
      changes: changesOn(instance, changes),
    },
  ];
}

function changesOn({ id }: ContainerInstance, changes: readonly AttributeChange[]): readonly ClusterChange[] {
  const instances = [id];
  return changes.map((it): ClusterChange => {
    if (it.kind === "remove") return { kind: "removeAttribute", instances, name: it.name };
    const { name, value } = it;
    return { kind: "setAttribute", instances, name, ...(value === undefined ? {} : { value }) };
  });
}

function sayChanges(changes: readonly AttributeChange[], instance: ContainerInstance): string {
  const parts = changes.map((it) =>
    it.kind === "remove"
      ? `loses the attribute ${it.name}`
      : `gets the attribute ${it.value === undefined ? it.name : `${it.name}=${it.value}`}`,
  );
  return `${nameOfInstance(instance)} ${parts.join(" and ")}.`;
}
