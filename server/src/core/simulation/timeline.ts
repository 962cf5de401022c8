// Steps through the life of a daemon service: a script says what happens, the schedulers do what they would do, and
// every step is written down. The same request always gives the same timeline.

import type { Cluster } from "../cluster/containerInstance";
import { knownSubnets } from "../cluster/knownSubnets";
import { type DaemonTask, reconcileDaemon } from "../scheduler/daemonReconciliation";
import type { DaemonService } from "../scheduler/placement";
import { type PreparedDaemon, prepareDaemon } from "../scheduler/preparedDaemon";
import { counted, instanceCount } from "../text/counts";
import { namesOf } from "./instanceNames";
import { coverageCounter, instanceObserver, type Look } from "./instanceStates";
import { type Narration, narrate, type Scene } from "./narration";
import { type NeighborScheduler, neighborScheduler } from "./neighborScheduler";
import { outcomeOf } from "./outcome";
import { type SimulatedCluster, simulatedCluster } from "./simulatedCluster";
import type { Act, Script, Step, StepAction, Timeline } from "./steps";

export interface SimulationRequest {
  readonly daemon: DaemonService;
  readonly cluster: Cluster;
  readonly script: Script;
  /** Percent of the wanted tasks that an update leaves running, rounded up. */
  readonly minimumHealthyPercent: number;
}

/** A task takes one step to start and one to stop; how long that is depends on images and stop timeouts. */
const secondsPerStep = 10;

/** A story of more steps is not read to its end; one of many instances takes its time to tell. */
const mostSteps = 250;
const mostLooks = 400_000;

/** Acts the script out on the cluster. Nothing real is touched, and nothing is asked of ECS. */
export function simulate(request: SimulationRequest): Timeline {
  const stage = openStage(request);
  const { script } = request;
  stage.record(0, [], () => ({ title: "Start", explanation: beginning(stage) }));
  script.acts.forEach((act, index) => {
    play(stage, act, index);
  });
  return {
    simulated: true,
    title: script.title,
    assumptions: [...script.assumptions, ...usualAssumptions(request)],
    secondsPerStep,
    steps: stage.steps,
    coverage: stage.coverage(),
    waves: stage.waves,
    cut: stage.cut,
    outcome: outcomeOf(stage.steps, stage.coverage(), {
      waves: stage.waves,
      secondsPerStep,
      cut: stage.cut,
      nameOf: namesOf(stage.cluster.instances()),
    }),
    facts: stage.facts,
  };
}

function usualAssumptions({ cluster, minimumHealthyPercent }: SimulationRequest): readonly string[] {
  const unknown = cluster.instances.filter((it) => it.tasks === undefined).length;
  return [
    `A task takes one step to start and one to stop, each ${secondsPerStep} seconds; real ones depend on images and stop timeouts.`,
    `minimumHealthyPercent is ${minimumHealthyPercent}: an update leaves at least that share of the expected tasks running.`,
    ...(unknown === 0
      ? []
      : ["The cluster's data do not list tasks: no task is assumed to run at the beginning."]),
  ];
}

interface Stage {
  readonly request: SimulationRequest;
  readonly daemon: PreparedDaemon;
  readonly cluster: SimulatedCluster;
  readonly neighbor: NeighborScheduler | undefined;
  readonly steps: Step[];
  readonly facts: Map<string, { readonly zone?: string; readonly instanceType?: string }>;
  /** ARN of the task definition that the service runs now. */
  current: string;
  waves: number;
  cut: boolean;
  coverage(): Timeline["coverage"];
  record(act: number, actions: readonly StepAction[], say: (look: Look) => Narration): void;
}

function openStage(request: SimulationRequest): Stage {
  const daemon = prepareDaemon(request.daemon);
  const cluster = simulatedCluster(request.cluster);
  const observe = instanceObserver(daemon);
  const counter = coverageCounter();
  const { neighbor } = request.script;
  const stage: Stage = {
    request,
    daemon,
    cluster,
    neighbor: neighbor === undefined ? undefined : neighborScheduler(cluster, neighbor),
    steps: [],
    facts: new Map(),
    current: currentDefinition(request.daemon, daemon, cluster),
    waves: 0,
    cut: false,
    coverage: counter.all,
    record: (act, actions, say) => {
      const instances = cluster.instances();
      const look = observe(instances, stage.current);
      // Until the service was asked for, nothing is missing.
      if (stage.steps.length > 0 || look.tasks > 0) counter.count(look);
      for (const { id, attributes } of instances) {
        if (stage.facts.has(id)) continue;
        const zone = attributes.get("ecs.availability-zone");
        const instanceType = attributes.get("ecs.instance-type");
        stage.facts.set(id, {
          ...(zone === undefined ? {} : { zone }),
          ...(instanceType === undefined ? {} : { instanceType }),
        });
      }
      const { states, nodes, tasks, wanted } = look;
      const seconds = stage.steps.length * secondsPerStep;
      stage.steps.push({ ...say(look), act, seconds, nodes, tasks, wanted, instances: states, actions });
    },
  };
  return stage;
}

/** What most of the service's tasks run, else the first revision of the family. */
function currentDefinition(
  service: DaemonService,
  daemon: PreparedDaemon,
  cluster: SimulatedCluster,
): string {
  const counts = new Map<string, number>();
  for (const { task } of cluster.tasks(daemon.group)) {
    const arn = task.taskDefinitionArn;
    if (arn !== undefined) counts.set(arn, (counts.get(arn) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, left], [, right]) => right - left);
  return most?.[0] ?? `${service.requirements.family ?? service.name}:1`;
}

function nextRevision(taskDefinitionArn: string): string {
  const [, name = taskDefinitionArn, revision = "1"] = /^(.*):(\d{1,9})$/.exec(taskDefinitionArn) ?? [];
  return `${name}:${Number(revision) + 1}`;
}

function beginning({ cluster, daemon }: Stage): string {
  const running = cluster.tasks(daemon.group).length;
  const count = cluster.instances().length;
  const instances = instanceCount(count);
  if (running === 0) return `The cluster has ${instances}, and the daemon service does not run yet.`;
  return `The cluster has ${instances}, and ${counted(running, "task")} of the daemon service.`;
}

/** The act, and then one step after the other until nothing moves. */
function play(stage: Stage, act: Act, index: number): void {
  for (let begins = true; ; begins = false) {
    if (isTooLong(stage)) return;
    const arrived = stage.cluster.progress();
    const acted = begins ? perform(stage, act) : [];
    const decided = decide(stage, act);
    const actions = [...arrived, ...acted, ...decided];
    if (begins && act.skipIfIdle && actions.length === 0 && !stage.cluster.isMoving()) return;
    if (decided.some((it) => it.kind === "stop" && it.reason === "update")) stage.waves += 1;
    stage.record(index, actions, (look) => narrate(sceneOf(stage, { act, begins, actions, look })));
    if (decided.length === 0 && !stage.cluster.isMoving()) return;
  }
}

function isTooLong(stage: Stage): boolean {
  const { length } = stage.steps;
  if (length >= mostSteps || length * stage.cluster.instances().length >= mostLooks) stage.cut = true;
  return stage.cut;
}

function sceneOf(
  stage: Stage,
  moment: {
    readonly act: Act;
    readonly begins: boolean;
    readonly actions: readonly StepAction[];
    readonly look: Look;
  },
): Scene {
  const { look, ...rest } = moment;
  const before = stage.steps.at(-1)?.instances;
  const blocked = [...look.states].filter(
    ([id, { verdict }]) => verdict === "blocked" && before?.get(id)?.verdict !== "blocked",
  );
  return {
    ...rest,
    daemonGroup: stage.daemon.group,
    minimumHealthyPercent: stage.request.minimumHealthyPercent,
    wanted: look.wanted,
    wave: stage.waves,
    blocked: new Map(blocked.map(([id, { obstacle = "" }]) => [id, obstacle])),
    outdated: [...look.states.values()].some((it) => it.outdated),
    nameOf: namesOf([...stage.request.cluster.instances, ...stage.cluster.instances()]),
  };
}

function perform(stage: Stage, act: Act): readonly StepAction[] {
  if (act.changes !== undefined) stage.cluster.change(act.changes);
  if (act.update) stage.current = nextRevision(stage.current);
  const { neighbor } = stage;
  if (neighbor === undefined) return [];
  return [
    ...(act.neighborTasks === undefined
      ? []
      : neighbor.startOn(act.neighborTasks.instanceId, act.neighborTasks.count)),
    ...(act.fillWithNeighbors === undefined ? [] : neighbor.fill(act.fillWithNeighbors.waiting)),
  ];
}

function decide(stage: Stage, act: Act): readonly StepAction[] {
  const daemon = () => daemonActs(stage);
  const neighbors = () => [...(stage.neighbor?.act() ?? []), ...othersLeave(stage)];
  const order = act.neighborsFirst ? [neighbors, daemon] : [daemon, neighbors];
  return order.flatMap((it) => it());
}

function daemonActs({ cluster, daemon, current, request }: Stage): readonly StepAction[] {
  const { group, service } = daemon;
  const own = cluster.tasks(group);
  const byArn = new Map(own.map((it) => [it.task.arn, it]));
  const actions = reconcileDaemon({
    daemon: service,
    instances: cluster.instances(),
    tasks: own.map(({ instanceId, task }): DaemonTask => ({ ...task, instanceId })),
    currentTaskDefinitionArn: current,
    minimumHealthyPercent: request.minimumHealthyPercent,
    daemonGroups: new Set([group]),
    subnets: { known: knownSubnets(cluster.instances()), placesUnknown: false },
  });
  return actions.map((it): StepAction => {
    if (it.kind === "start") {
      const { instanceId } = it;
      cluster.start({ instanceId, group, taskDefinitionArn: current, needs: service.requirements });
      return { kind: "start", instanceId, group };
    }
    const placed = byArn.get(it.taskArn);
    if (placed !== undefined) cluster.stop(placed);
    return { kind: "stop", instanceId: it.instanceId, group, reason: it.reason };
  });
}

/** A task that no service owns is not stopped by draining; it is assumed to end after so many steps. */
const standaloneSteps = 3;

/** The tasks of others that the cluster had from the beginning leave a draining instance; where they go is not acted out. */
function othersLeave({ cluster, daemon, neighbor }: Stage): readonly StepAction[] {
  return cluster
    .instances()
    .filter((it) => it.status === "DRAINING" && it.agentConnected)
    .flatMap(({ id, tasks = [] }) =>
      tasks
        .filter((it) => it.group !== daemon.group && it.group !== neighbor?.group)
        .filter((it) => it.desiredStatus === "RUNNING")
        .map((task): StepAction => {
          const isOfService = task.group?.startsWith("service:") === true;
          cluster.stop({ instanceId: id, task }, isOfService ? 1 : standaloneSteps);
          return { kind: "stop", instanceId: id, group: task.group ?? "", reason: "ended" };
        }),
    );
}
