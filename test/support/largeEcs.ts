// ECS with clusters of thousands of container instances, computed when asked for: nothing but the hosts that differ is kept.

import { compileQuery } from "../../server/src/core/query/evaluate";
import { parseQuery } from "../../server/src/core/query/parse/parser";
import type { EcsCalls, EcsOperation } from "../../server/src/ecs/calls/ecsCalls";
import type { JsonObject } from "../../server/src/ecs/port";
import type { AnyAnswer } from "./localEndpoint";

export interface LargeCluster {
  readonly region?: string;
  readonly clusters: readonly string[];
  readonly instances: number;
  readonly daemons: number;
  /** Replica tasks on each instance. */
  readonly replicas: number;
  /** Ids of the instances without room, which run the first of the daemons only. */
  readonly full: readonly string[];
  readonly daemonsOnFull: number;
}

export const hostId = (index: number): string => `h${String(index).padStart(6, "0")}`;

/** Calls that are answered from the numbers alone; `before` is awaited first, as a throttle is. */
export function largeEcs(shape: LargeCluster, before: (operation: EcsOperation) => Promise<void>): EcsCalls {
  const { region = "us-east-1" } = shape;
  const prefix = `arn:aws:ecs:${region}:123456789012`;
  const daemon = (index: number) => `d${String(index + 1).padStart(2, "0")}`;
  const full = new Set(shape.full);
  const daemonsOn = (id: string) => (full.has(id) ? shape.daemonsOnFull : shape.daemons);
  const page = (all: readonly string[], token: unknown) => {
    const start = Number(token ?? 0);
    return {
      items: all.slice(start, start + 100),
      next: start + 100 < all.length ? String(start + 100) : undefined,
    };
  };
  const allIds = Array.from({ length: shape.instances }, (_, index) => hostId(index));
  const groupsOn = (id: string) => [
    ...Array.from({ length: daemonsOn(id) }, (_, index) => `service:${daemon(index)}`),
    ...(shape.replicas > 0 ? ["service:web"] : []),
  ];
  const target = (id: string) => ({ attributes: new Map(), agentConnected: true, taskGroups: groupsOn(id) });
  const selected = (filter: unknown, status: unknown): readonly string[] => {
    if (status === "DRAINING") return [];
    if (typeof filter !== "string") return allIds;
    const holds = compileQuery(parseQuery(filter).tree);
    // Every instance that is not full is like the next.
    const well = allIds.find((it) => !full.has(it));
    const others = well !== undefined && holds(target(well)) === true;
    return allIds.filter((it) => (full.has(it) ? holds(target(it)) === true : others));
  };
  const tasksOn = (id: string) => [
    ...Array.from({ length: daemonsOn(id) }, (_, index) => `${id}_${daemon(index)}_0`),
    ...Array.from({ length: shape.replicas }, (_, index) => `${id}_web_${index}`),
  ];
  const allTasks = allIds.flatMap(tasksOn);
  /** Of one daemon, or of the whole cluster. */
  const tasksOf = (service: string | undefined) =>
    service === undefined ? allTasks : allTasks.filter((it) => it.includes(`_${service}_`));
  const last = (arn: unknown) => String(arn).slice(String(arn).lastIndexOf("/") + 1);
  const answers: Record<string, (input: JsonObject) => object> = {
    ListClusters: () => ({ clusterArns: shape.clusters.map((it) => `${prefix}:cluster/${it}`) }),
    DescribeClusters: ({ clusters }) => ({
      clusters: (clusters as string[]).map((clusterName) => ({
        clusterName,
        registeredContainerInstancesCount: shape.instances,
      })),
    }),
    ListDaemons: () => ({ daemonSummariesList: [] }),
    ListServices: ({ cluster }) => ({
      serviceArns: Array.from(
        { length: shape.daemons },
        (_, index) => `${prefix}:service/${cluster}/${daemon(index)}`,
      ),
    }),
    DescribeServices: ({ services }) => ({
      services: (services as string[]).map((serviceArn) => {
        const index = Number(last(serviceArn).slice(1)) - 1;
        const runs = allIds.length - (index < shape.daemonsOnFull ? 0 : full.size);
        return {
          serviceArn,
          serviceName: last(serviceArn),
          status: "ACTIVE",
          schedulingStrategy: "DAEMON",
          taskDefinition: `${prefix}:task-definition/${last(serviceArn)}:1`,
          desiredCount: allIds.length,
          runningCount: runs,
          pendingCount: 0,
          launchType: "EC2",
          deployments: [{ id: "x", status: "PRIMARY", rolloutState: "COMPLETED" }],
          events: [],
        };
      }),
    }),
    DescribeTaskDefinition: ({ taskDefinition }) => ({
      taskDefinition: {
        taskDefinitionArn: taskDefinition,
        containerDefinitions: [{ name: "c", image: "x", cpu: 10, memory: 64 }],
      },
    }),
    ListContainerInstances: ({ cluster, filter, status, nextToken }) => {
      const { items, next } = page(selected(filter, status), nextToken);
      return {
        containerInstanceArns: items.map((it) => `${prefix}:container-instance/${cluster}/${it}`),
        nextToken: next,
      };
    },
    DescribeContainerInstances: ({ cluster, containerInstances }) => ({
      containerInstances: (containerInstances as string[]).map((it) => {
        const left = full.has(last(it)) ? 32 : 4096;
        const resources = (memory: number) => [
          { name: "CPU", type: "INTEGER", integerValue: 2048 },
          { name: "MEMORY", type: "INTEGER", integerValue: memory },
        ];
        return {
          containerInstanceArn: `${prefix}:container-instance/${cluster}/${last(it)}`,
          ec2InstanceId: `i-${last(it)}`,
          status: "ACTIVE",
          agentConnected: true,
          attributes: [{ name: "ecs.instance-type", value: "m5.large" }],
          registeredResources: resources(7816),
          remainingResources: resources(left),
          runningTasksCount: tasksOn(last(it)).length,
        };
      }),
      failures: [],
    }),
    ListTasks: ({ cluster, containerInstance, serviceName, desiredStatus, nextToken }) => {
      if (desiredStatus === "STOPPED") return { taskArns: [] };
      const all =
        containerInstance === undefined
          ? tasksOf(serviceName as string | undefined)
          : tasksOn(last(containerInstance));
      const { items, next } = page(all, nextToken);
      return { taskArns: items.map((it) => `${prefix}:task/${cluster}/${it}`), nextToken: next };
    },
    DescribeTasks: ({ cluster, tasks }) => ({
      tasks: (tasks as string[]).map((taskArn) => {
        const [host, service] = last(taskArn).split("_");
        return {
          taskArn,
          containerInstanceArn: `${prefix}:container-instance/${cluster}/${host}`,
          group: `service:${service}`,
          taskDefinitionArn: `${prefix}:task-definition/${service}:1`,
          lastStatus: "RUNNING",
          desiredStatus: "RUNNING",
          containers: [],
        };
      }),
      failures: [],
    }),
  };
  return {
    send: async (operation, input): Promise<AnyAnswer> => {
      await before(operation);
      const answer = answers[operation];
      if (answer === undefined) throw new Error(`Nobody asked for ${operation} before.`);
      return answer(input);
    },
    close: () => undefined,
  };
}

/** A clock that moves on to the next end of a wait as soon as nothing else can happen. */
export function drivenClock() {
  let now = 0;
  const timers: { readonly at: number; readonly end: () => void }[] = [];
  return {
    now: () => now,
    wait: (milliseconds: number) =>
      new Promise<void>((resolve) => {
        timers.push({ at: now + milliseconds, end: resolve });
      }),
    /** Runs `work` to its end. */
    drive: async <T>(work: Promise<T>): Promise<T> => {
      let isDone = false;
      const end = work.finally(() => {
        isDone = true;
      });
      while (!isDone) {
        await new Promise((resolve) => setImmediate(resolve));
        if (isDone) break;
        const next = timers.reduce(
          (first, it, index) => (it.at < (timers[first]?.at ?? 0) ? index : first),
          0,
        );
        const [timer] = timers.splice(next, 1);
        if (timer === undefined) continue;
        now = Math.max(now, timer.at);
        timer.end();
      }
      return end;
    },
  };
}
