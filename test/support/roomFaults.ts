// make-room among faults that come together: what ECS does not answer, answers half, late or twice, a clock that jumps,
// and other people who change the cluster meanwhile. What was carried out is recorded beside what was said.

import type { TestContext } from "node:test";
import fc from "fast-check";
import type { AnyAnswer } from "./localEndpoint";
import { startRoomStage } from "./roomStage";

/** A call by its number: of all calls of the run, or of those from its first change on, which has the number 0. */
interface Place {
  readonly phase: "all" | "change";
  readonly at: number;
}

/** What goes wrong, from that call on, for so many calls. */
interface Fault extends Place {
  readonly calls: number;
  /** `cut`: the first answer is lost, and what follows is denied. */
  readonly kind: "throttled" | "denied" | "broken" | "lost" | "cut" | "half" | "stale";
}

/** What somebody else does right before that call. */
interface Event extends Place {
  readonly what: keyof typeof others;
}

export interface Scenario {
  readonly way: "stop" | "drain" | "tie";
  /** MiB of the daemon: the room of one replica, or of two. */
  readonly memory: 2000 | 4500;
  readonly spareInstances: number;
  readonly fullInstances: number;
  readonly maxStops: number;
  readonly faults: readonly Fault[];
  readonly events: readonly Event[];
  /** The clock of the machine is set by so many milliseconds at that call. */
  readonly jump: Place & { readonly by: number };
  /** The call at which the run ends without a word. */
  readonly kill: Place | undefined;
  /** Seconds that a task takes to stop. */
  readonly stopDelay: number;
}

/** The constraint that somebody else gives the replica service. */
const foreign = { type: "memberOf", expression: "attribute:ecs.os-type == linux" };

type Stage = Awaited<ReturnType<typeof startRoomStage>>;

const replicasThere = async ({ call, full }: Stage): Promise<readonly string[]> =>
  (await call("ListTasks", { serviceName: "web", containerInstance: full })).taskArns;

const others = {
  scaleUp: ({ call }: Stage) => call("UpdateService", { service: "web", desiredCount: 6 }),
  scaleDown: ({ call }: Stage) => call("UpdateService", { service: "web", desiredCount: 1 }),
  deploy: ({ call }: Stage) => call("UpdateService", { service: "web", forceNewDeployment: true }),
  deployDaemon: ({ call }: Stage) => call("UpdateService", { service: "agent", forceNewDeployment: true }),
  resizeDaemon: async ({ call }: Stage) => {
    const containerDefinitions = [{ name: "agent", image: "example/agent:2", memory: 1000 }];
    await call("RegisterTaskDefinition", { family: "agent", containerDefinitions });
    await call("UpdateService", { service: "agent", taskDefinition: "agent" });
  },
  leave: ({ local, full }: Stage) =>
    local("UpdateContainerInstance", { containerInstance: full, remove: true }),
  undrain: ({ call, full }: Stage) =>
    call("UpdateContainerInstancesState", { containerInstances: [full], status: "ACTIVE" }),
  stopOther: async (stage: Stage) => {
    const [task] = await replicasThere(stage);
    if (task !== undefined) await stage.call("StopTask", { task });
  },
  protect: async (stage: Stage) => {
    const tasks = await replicasThere(stage);
    if (tasks.length > 0)
      await stage.call("UpdateTaskProtection", { cluster: "default", tasks, protectionEnabled: true });
  },
  constrain: ({ call }: Stage) => call("UpdateService", { service: "web", placementConstraints: [foreign] }),
  disconnect: ({ local, full }: Stage) =>
    local("UpdateContainerInstance", { containerInstance: full, agentConnected: false }),
  replicasFirst: ({ local }: Stage) => local("SetFault", { order: "replicasFirst" }),
  join: ({ local }: Stage) => local("AddContainerInstances", { count: 2 }),
  otherStarts: ({ call, full }: Stage) =>
    call("StartTask", { taskDefinition: "agent", containerInstances: [full] }),
};

/** Most of what matters happens from the first change on. */
const places: fc.Arbitrary<Place> = fc.oneof(
  fc.record({ phase: fc.constant("all" as const), at: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ phase: fc.constant("change" as const), at: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ phase: fc.constant("change" as const), at: fc.integer({ min: 0, max: 60 }) }),
);
const placed = <T extends object>(more: fc.Arbitrary<T>): fc.Arbitrary<Place & T> =>
  fc.tuple(places, more).map(([place, rest]) => ({ ...place, ...rest }));

/** Sequences of faults; short ones first where one is searched for. */
export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  way: fc.constantFrom("stop", "stop", "stop", "drain", "drain", "tie"),
  memory: fc.constantFrom(2000, 2000, 4500),
  spareInstances: fc.integer({ min: 0, max: 3 }),
  fullInstances: fc.constantFrom(1, 1, 2),
  maxStops: fc.integer({ min: 1, max: 4 }),
  faults: fc.array(
    placed(
      fc.record({
        calls: fc.constantFrom(1, 1, 2, 3, 12),
        kind: fc.constantFrom(
          "throttled",
          "denied",
          "broken",
          "lost",
          "cut",
          "cut",
          "half",
          "stale",
          "stale",
        ),
      }),
    ),
    { maxLength: 5 },
  ),
  events: fc.array(
    placed(
      fc.record({
        what: fc.constantFrom(...(Object.keys(others) as (keyof typeof others)[])),
      }),
    ),
    { maxLength: 3 },
  ),
  jump: placed(fc.record({ by: fc.constantFrom(0, 0, 3_600_000, -3_600_000) })),
  kill: fc.oneof(fc.constant(undefined), fc.constant(undefined), places),
  stopDelay: fc.constantFrom(0, 0.3),
});

/** A call that changes something, with what became of it. */
export interface Change {
  readonly operation: string;
  readonly input: AnyAnswer;
  /** Whether the run got the answer of ECS. */
  readonly isAnswered: boolean;
}

/** How the cluster is at a call. */
export interface Moment {
  readonly daemonRuns: readonly string[];
  readonly web: { readonly running: number; readonly desired: number };
  /** Groups of the tasks that should run, by instance, and their ARNs. */
  readonly tasks: readonly { readonly arn: string; readonly group: string; readonly instance: string }[];
}

export interface Run {
  readonly code: number;
  /** Until the run was killed. */
  readonly complaints: string;
  readonly questions: readonly string[];
  readonly results: readonly AnyAnswer[];
  readonly plans: readonly AnyAnswer[];
  readonly detail: string | undefined;
  readonly changes: readonly Change[];
  readonly moments: readonly Moment[];
  readonly isKilled: boolean;
  /** What somebody else did, and before which operation. */
  readonly events: readonly { readonly what: string; readonly before: string }[];
}

const error = (status: number, __type: string) => ({ status, body: { __type, message: "Not now." } });
const refusals = {
  throttled: error(400, "ThrottlingException"),
  denied: error(400, "AccessDeniedException"),
  broken: error(500, "ServerException"),
};
const reads = /^(?:Describe|List|Get)/;
const drop = (answer: AnyAnswer): object =>
  Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [
      name,
      Array.isArray(value) && !name.endsWith("Arns") ? value.slice(1) : value,
    ]),
  );

/** The cluster of a scenario, and make-room to be run in it: first among its faults, then without any. */
export async function startFaultyStage(context: TestContext, scenario: Scenario) {
  const { spareInstances, fullInstances, memory, stopDelay } = scenario;
  const stage = await startRoomStage(context, {
    others: spareInstances,
    ...{ fullInstances, memory, stopDelay },
  });
  const history = new Map<string, { readonly at: number; readonly answer: object }[]>();
  const run = async (isFaulty: boolean): Promise<Run> => {
    let [calls, changeAt]: [number, number | undefined] = [0, undefined];
    let [offset, saidUntil]: [number, number | undefined] = [0, undefined];
    const [changes, moments, events]: [Change[], Moment[], Run["events"][number][]] = [[], [], []];
    const realNow = Date.now;
    const clock = context.mock.method(Date, "now", () => realNow() + offset);
    /** How many calls before that one the place is; below zero where it is still to come. */
    const since = ({ phase, at }: Place, now: number) =>
      !isFaulty || (phase === "change" && changeAt === undefined)
        ? -1
        : now - at - (phase === "change" ? (changeAt ?? 0) : 0);
    const faultOf = (now: number) => {
      const found = scenario.faults.find((it) => since(it, now) >= 0 && since(it, now) < it.calls);
      if (found?.kind !== "cut") return found?.kind;
      return since(found, now) === 0 ? "lost" : "denied";
    };
    const isDead = () => scenario.kill !== undefined && since(scenario.kill, calls) >= 0;
    const numbers = new Map<string, number[]>();
    const said = stage.listen();
    stage.before(async (operation, body) => {
      calls += 1;
      const at = calls;
      if (!reads.test(operation)) changeAt ??= at;
      if (isDead()) {
        saidUntil ??= said().length;
        return refusals.denied;
      }
      if (since(scenario.jump, at) === 0) offset = scenario.jump.by;
      for (const { what } of scenario.events.filter((it) => since(it, at) === 0)) {
        await others[what](stage).catch(() => {});
        events.push({ what, before: operation });
      }
      moments.push(await momentOf(stage));
      const fault = faultOf(at);
      if (fault === "throttled" || fault === "denied" || fault === "broken") return refusals[fault];
      const key = operation + body;
      numbers.set(key, [...(numbers.get(key) ?? []), at]);
      return undefined;
    });
    stage.after((operation, answer, body) => {
      const key = operation + body;
      const fault = faultOf(numbers.get(key)?.shift() ?? 0);
      const isAnswered = fault !== "lost";
      if (!reads.test(operation)) changes.push({ operation, input: JSON.parse(body), isAnswered });
      if (fault === "lost") return "lost";
      if (!reads.test(operation)) return undefined;
      const before = history.get(key) ?? [];
      history.set(key, [...before, { at: performance.now(), answer }].slice(-40));
      if (fault === "half") return drop(answer);
      return fault === "stale" ? before.findLast((it) => it.at < performance.now() - 60)?.answer : undefined;
    });
    const words = ["--all-missing", "--way", scenario.way, "--max-stops", String(scenario.maxStops)];
    const done = await stage.make([...words, "--timeout", "1"]);
    clock.mock.restore();
    stage.before(undefined);
    stage.after(undefined);
    const isKilled = saidUntil !== undefined;
    moments.push(await momentOf(stage));
    const printed = done.output === "" || isKilled ? undefined : JSON.parse(done.output);
    return {
      ...{ code: done.code, questions: done.questions, changes, moments, isKilled, events },
      complaints: done.complaints.slice(0, saidUntil),
      results: printed?.results ?? [],
      plans: printed?.plans ?? [],
      detail: printed?.detail,
    };
  };
  return { ...stage, run, forget: () => history.clear() };
}

async function momentOf({ call }: Stage): Promise<Moment> {
  const { taskArns } = await call("ListTasks");
  const { tasks } = taskArns.length === 0 ? { tasks: [] } : await call("DescribeTasks", { tasks: taskArns });
  const { services } = await call("DescribeServices", { services: ["web"] });
  const found = (tasks as AnyAnswer[]).map((it) => ({
    arn: it.taskArn as string,
    group: it.group as string,
    instance: String(it.containerInstanceArn).split("/").at(-1) ?? "",
    status: it.lastStatus as string,
  }));
  return {
    daemonRuns: found
      .filter((it) => it.group === "service:agent" && it.status === "RUNNING")
      .map((it) => it.instance),
    web: { running: services[0].runningCount, desired: services[0].desiredCount },
    tasks: found,
  };
}
