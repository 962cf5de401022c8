// The stories a timeline can tell about a daemon service and a cluster at hand.

import type { Cluster, ContainerInstance } from "../cluster/containerInstance";
import { notKnown } from "../scheduler/filters/unknownReason";
import type { DaemonService } from "../scheduler/placement";
import { ownTasks, type PreparedDaemon, prepareDaemon, wantsInstance } from "../scheduler/preparedDaemon";
import { cpuText, memoryText } from "../text/counts";
import { attributeActs } from "./attributeActs";
import { clusterAsFleet } from "./clusterAsFleet";
import { type AddInstances, applyChanges } from "./clusterChanges";
import { simulatedCluster } from "./simulatedCluster";
import type { Act, Neighbor, Script } from "./steps";

/** In the order in which a reader meets them. */
export const scenarioNames = ["joinAndLeave", "update", "drain", "race", "raceTied", "attributes"] as const;
export type ScenarioName = (typeof scenarioNames)[number];

const scenarioTitles: Readonly<Record<ScenarioName, string>> = {
  joinAndLeave: "Container instances join and leave",
  update: "A rolling update to the next revision",
  drain: "A container instance is drained",
  race: "The race with replica tasks on a new instance",
  raceTied: "The race, with the replicas tied to the daemon",
  attributes: "Attributes of container instances change",
};

export type ScriptOrProblem =
  | { readonly script: Script; readonly problem?: undefined }
  | { readonly script?: undefined; readonly problem: string };

/** The script of a scenario for this daemon service and cluster, or why it cannot be told of them. */
export function scriptOf(scenario: ScenarioName, daemon: DaemonService, cluster: Cluster): ScriptOrProblem {
  const setting = settingOf(daemon, cluster);
  if (setting === undefined)
    return {
      problem:
        cluster.instances.length === 0
          ? "The cluster has no container instances: add some under What if."
          : "No container instance of this cluster matches the daemon service, so nothing would move.",
    };
  switch (scenario) {
    case "joinAndLeave":
      return { script: joinAndLeave(setting) };
    case "update":
      return { script: update() };
    case "drain":
      return { script: drain(setting) };
    case "race":
    case "raceTied":
      return race(setting, scenario === "raceTied");
    case "attributes":
      return {
        script: script("attributes", [deployed, ...attributeActs(setting.daemon, cluster, setting.model)]),
      };
  }
}

interface Setting {
  readonly daemon: PreparedDaemon;
  readonly cluster: Cluster;
  /** A wanted instance with an agent: new ones are like it, and to it things happen. */
  readonly model: ContainerInstance;
}

function settingOf(service: DaemonService, cluster: Cluster): Setting | undefined {
  const daemon = prepareDaemon(service);
  // As the simulation begins: tasks that nobody knows of do not run.
  const living = simulatedCluster(cluster).instances();
  const wanted = living.filter((it) => wantsInstance(daemon, it) === true && it.agentConnected);
  const model = wanted.find((it) => ownTasks(daemon, it).length > 0) ?? wanted[0];
  return model === undefined ? undefined : { daemon, cluster, model };
}

function script(name: ScenarioName, acts: readonly Act[], more: Partial<Script> = {}): Script {
  return { title: scenarioTitles[name], assumptions: [], acts, ...more };
}

const deployed: Act = {
  title: "The daemon service is deployed",
  explanation: "One task is desired on every ACTIVE container instance that its constraints match.",
  skipIfIdle: true,
};

/** Instances like the one given, in its zone, as a fleet would write them. */
function like(model: ContainerInstance, count: number): AddInstances {
  const [group] = clusterAsFleet({ name: "", instances: [model] }).fleet.groups;
  const { status: _, agentConnected: __, ...rest } = group ?? {};
  return { kind: "addInstances", ...rest, count };
}

function joinAndLeave({ cluster, model }: Setting): Script {
  const join = like(model, 2);
  const [away = "", gone = ""] = applyChanges(cluster, [join]).added;
  return script("joinAndLeave", [
    deployed,
    {
      title: "2 container instances join",
      explanation: "They match the constraints, so a task is desired on each at once.",
      changes: [join],
    },
    {
      title: "An agent is disconnected",
      explanation:
        "ECS starts and stops nothing there. The task is still counted as running, whether it runs or not.",
      changes: [{ kind: "disconnect", instances: [away] }],
    },
    {
      title: "The agent is back",
      explanation: "ECS sees the instance again; its task is where it was.",
      changes: [{ kind: "reconnect", instances: [away] }],
    },
    {
      title: "A container instance is terminated",
      explanation:
        "It was not drained: its tasks ended with it. One task less is desired, and all desired tasks run.",
      changes: [{ kind: "remove", instances: [gone] }],
    },
  ]);
}

function update(): Script {
  return script("update", [
    deployed,
    {
      title: "The next revision is deployed",
      explanation:
        "maximumPercent is 100 for a daemon service, never more: ECS stops an old task before it starts a new one.",
      update: true,
    },
  ]);
}

function drain({ daemon, cluster, model }: Setting): Script {
  const neighbor = neighborOf(daemon, 64, Math.min(128, Math.floor(model.remaining.memory / 8)));
  const ready = daemon.service.requirements;
  const hasOthers = (model.tasks ?? []).length > ownTasks(daemon, model).length;
  const hasRoom =
    model.remaining.memory >= ready.memory + 2 * neighbor.memory &&
    model.remaining.cpu >= ready.cpu + 2 * neighbor.cpu;
  const invents = !hasOthers && hasRoom;
  return script(
    "drain",
    [
      deployed,
      ...(invents
        ? [
            {
              title: "A replica service has 2 tasks next to the daemon",
              explanation: `The service ${neighbor.name} is an example; it has 2 tasks wherever they fit.`,
              neighborTasks: { instanceId: model.id, count: 2 },
            },
          ]
        : []),
      {
        title: "The container instance is drained",
        explanation:
          "Its replica tasks are replaced elsewhere first and then stop. No daemon task is desired there any longer, but it stops last: it may watch the others, or forward their logs.",
        changes: [{ kind: "drain", instances: [model.id] }],
      },
      {
        title: "The empty container instance is terminated",
        explanation: "Nothing ran on it any longer, so nothing is lost.",
        changes: [{ kind: "remove", instances: [model.id] }],
      },
    ],
    {
      assumptions: [
        invents
          ? `The replica service ${neighbor.name} is an example (minimumHealthyPercent 100, maximumPercent 200).`
          : "Where the tasks of others go is not simulated; a task of no service ends by itself after a few steps.",
        ...(cluster.instances.length === 1
          ? ["There is one container instance only: no other instance can take its replica tasks."]
          : []),
      ],
      ...(invents ? { neighbor } : {}),
    },
  );
}

function neighborOf(daemon: PreparedDaemon, cpu: number, memory: number, constraint?: string): Neighbor {
  const name = daemon.service.name === "web" ? "shop" : "web";
  return { name, cpu, memory, ...(constraint === undefined ? {} : { constraint }) };
}

/** Containers-roadmap #428: two schedulers see a new instance at the same time, and replicas can be first. */
function race({ daemon, model }: Setting, tied: boolean): ScriptOrProblem {
  const { memory, cpu, unknown } = daemon.service.requirements;
  const { registered } = model;
  const open = unknown?.memory ?? unknown?.cpu;
  if (open !== undefined)
    return { problem: `${notKnown(open.values)}: the room that the daemon needs cannot be simulated.` };
  // Two of them fill an empty instance, and beside the daemon there is room for one.
  const byMemory = memory >= 2;
  if (!byMemory && cpu < 2)
    return { problem: "The daemon's task reserves no memory and no CPU: nothing can take its room from it." };
  const constraint = tied ? `task:group == service:${daemon.service.name}` : undefined;
  const neighbor = byMemory
    ? neighborOf(daemon, 0, Math.floor(registered.memory / 2), constraint)
    : neighborOf(daemon, Math.floor(registered.cpu / 2), 0, constraint);
  const size = byMemory ? memoryText(neighbor.memory) : cpuText(neighbor.cpu);
  const join = like(model, 1);
  return {
    script: script(
      tied ? "raceTied" : "race",
      [
        deployed,
        {
          title: "The cluster fills up",
          explanation: `The replica service ${neighbor.name} has a task wherever one of ${size} fits, and 2 more wait for room.`,
          fillWithNeighbors: { waiting: 2 },
        },
        {
          title: "A container instance joins",
          explanation: tied
            ? `The replica scheduler is first again, but its constraint \`${constraint}\` is false on an instance without the daemon: it has to wait.`
            : "Both schedulers see it at the same time. Here the one of the replicas is first, as users report that it can be.",
          changes: [join],
          neighborsFirst: true,
        },
        {
          title: tied ? "The order is kept" : "What would help",
          explanation: tied
            ? "Two replicas would have filled the instance; now the daemon is there first, and replicas take what it leaves. When the daemon is stopped, running replicas stay: the constraint counts for new tasks."
            : `Give the replica services the placement constraint \`task:group == service:${daemon.service.name}\`: then their tasks start only where the daemon is. The scenario with tied replicas shows it.`,
        },
      ],
      {
        assumptions: [
          `The replica service ${neighbor.name} is an example; two of its tasks (${size} each) fill an empty instance.`,
          "That the replicas are first is assumed: the documentation of ECS gives daemon tasks priority, and users report the opposite (aws/containers-roadmap #428).",
        ],
        neighbor,
      },
    ),
  };
}
