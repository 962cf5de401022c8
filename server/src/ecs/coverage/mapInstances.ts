// The map of a cluster: where each ACTIVE container instance is, what room it has, and which daemons it should not run.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import { placeOfInstance } from "../../core/coverage/judgeCell";
import { prepareDaemon, wantsInstance } from "../../core/scheduler/preparedDaemon";
import type { Gathered } from "./gather";
import type { Look } from "./look";
import { describeInstances } from "./readInstances";
import { allOfStatus, describeDefinitions } from "./suspects";

export interface MappedInstance {
  readonly instance: string;
  readonly ec2InstanceId?: string;
  readonly zone?: string;
  readonly type?: string;
  /** CPU units and MiB that are left. */
  readonly cpu: number;
  readonly memory: number;
  /** Names of the daemons that it should not run. */
  readonly excluded?: readonly string[];
}

export interface InstanceMap {
  readonly instances: readonly MappedInstance[];
  /**
   * How many instances match by our reading, by service: ECS's desiredCount tells whether it is right. Absent where a
   * definition is not known, or an instance undecided.
   */
  readonly matching: ReadonlyMap<string, number>;
}

/** `undefined` where the instances could not be read. */
export async function mapInstances(
  look: Look,
  gathered: Gathered | undefined,
): Promise<InstanceMap | undefined> {
  const instances = gathered?.isWhole ? gathered.instances : await readActive(look);
  return instances && mapOf(look, instances);
}

async function readActive(look: Look): Promise<readonly ContainerInstance[] | undefined> {
  const ids = await allOfStatus(look, "ACTIVE");
  if (ids === undefined) return undefined;
  await describeDefinitions(look, look.services);
  return describeInstances(look, ids, undefined);
}

function mapOf({ services, daemons }: Look, instances: readonly ContainerInstance[]): InstanceMap {
  const matching = new Map<string, number>();
  const excludedFrom: (string[] | undefined)[] = [];
  for (const { name } of services) {
    const daemon = daemons.get(name);
    if (daemon === undefined) continue;
    const prepared = prepareDaemon(daemon);
    let count: number | undefined = 0;
    for (let index = 0; index < instances.length; index += 1) {
      const wants = wantsInstance(prepared, instances[index] as ContainerInstance);
      if (wants === "unknown") count = undefined;
      else if (wants) count = count === undefined ? undefined : count + 1;
      else {
        excludedFrom[index] ??= [];
        excludedFrom[index]?.push(name);
      }
    }
    if (count !== undefined) matching.set(name, count);
  }
  return {
    matching,
    instances: instances.map((it, index) => {
      const { cpu, memory } = it.remaining;
      const excluded = excludedFrom[index];
      return { ...placeOfInstance(it), cpu, memory, ...(excluded === undefined ? {} : { excluded }) };
    }),
  };
}
