import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Cluster } from "../../../server/src/core/cluster/containerInstance";
import { readFleet } from "../../../server/src/core/cluster/fleet";
import { placeDaemon } from "../../../server/src/core/scheduler/placeDaemon";
import type { DaemonService } from "../../../server/src/core/scheduler/placement";
import { minimumHealthyPercentOf } from "../../../server/src/core/simulation/deploymentPercents";
import { type ScenarioName, scenarioNames, scriptOf } from "../../../server/src/core/simulation/scenarios";
import type { Timeline } from "../../../server/src/core/simulation/steps";
import { simulate } from "../../../server/src/core/simulation/timeline";
import {
  cluster,
  containerInstance,
  daemonService,
  instances,
  instanceTask,
  taskDefinition,
} from "../../support/builders";
import "../../support/sameSequences";

const five = cluster(instances(5));
const daemon = daemonService();

function tell(
  scenario: ScenarioName,
  on: Cluster = five,
  percent = 0,
  service: DaemonService = daemon,
): Timeline {
  const { script, problem } = scriptOf(scenario, service, on);
  assert.ok(script !== undefined, problem);
  return simulate({ daemon: service, cluster: on, script, minimumHealthyPercent: percent });
}

const counts = ({ steps }: Timeline) => steps.map((it) => `${it.nodes} ${it.tasks}/${it.wanted}`);
const titles = ({ steps }: Timeline) => steps.map((it) => it.title);
const stepOf = (timeline: Timeline, title: string) => {
  const found = timeline.steps.find((it) => it.title === title);
  assert.ok(found !== undefined, `${title} in ${titles(timeline).join(", ")}`);
  return found;
};
const running = (on: readonly string[], revision = "agent:7") =>
  cluster(
    instances(5).map((it) =>
      on.includes(it.id)
        ? containerInstance({
            id: it.id,
            tasks: [
              instanceTask({
                arn: `arn:aws:ecs:us-east-1:123456789012:task/test/${it.id}`,
                taskDefinitionArn: `arn:aws:ecs:us-east-1:123456789012:task-definition/${revision}`,
              }),
            ],
            remaining: { memory: 7560, cpu: 1920 },
          })
        : it,
    ),
  );

describe("every timeline", () => {
  it("says that it is simulated, and what is assumed", () => {
    for (const name of scenarioNames) {
      const timeline = tell(name);
      assert.equal(timeline.simulated, true);
      assert.ok(timeline.assumptions.length >= 2);
      for (const it of timeline.assumptions) assert.match(it, /\.$/);
      for (const { title, explanation } of timeline.steps) {
        assert.notEqual(title, "");
        assert.match(explanation, /\.$/, title);
      }
      assert.match(timeline.outcome, /^At the end \d+ of \d+ expected tasks run\./);
    }
  });

  it("begins with the cluster as it is, and leaves it alone", () => {
    const before = JSON.stringify(five);
    const { steps } = tell("update");
    assert.equal(steps[0]?.title, "Start");
    assert.equal(steps[0]?.tasks, 0);
    assert.deepEqual(steps[0]?.actions, []);
    assert.equal(JSON.stringify(five), before);
  });

  it("is the same for the same request", () => {
    for (const name of scenarioNames) assert.deepEqual(tell(name), tell(name));
  });

  it("begins with the tasks that the cluster has", () => {
    const timeline = tell("update", running(["i-1", "i-2", "i-3", "i-4", "i-5"]), 0);
    assert.equal(timeline.steps[0]?.tasks, 5);
    assert.equal(timeline.steps[0]?.instances.get("i-1")?.text, "agent:7 runs.");
    assert.equal(timeline.steps.at(-1)?.instances.get("i-1")?.text, "agent:8 runs.");
    assert.ok(!titles(timeline).includes("The daemon service is deployed"));
  });

  it("says where nothing can be told", () => {
    const nowhere = daemonService(["attribute:env == prod"]);
    assert.match(
      scriptOf("update", nowhere, five).problem ?? "",
      /No container instance of this cluster matches/,
    );
    assert.match(scriptOf("update", daemon, cluster([])).problem ?? "", /no container instances/);
    const free = daemonService([], taskDefinition({}, { cpu: 0, memory: 0 }));
    assert.match(scriptOf("race", free, five).problem ?? "", /reserves no memory and no CPU/);
  });

  it("assumes that nothing runs where nobody says what does", () => {
    const unknown = cluster(
      instances(2, { tasks: undefined, taskGroups: undefined, runningTasksCount: undefined }),
    );
    const timeline = tell("joinAndLeave", unknown);
    assert.ok(timeline.assumptions.some((it) => it.includes("no task is assumed to run")));
    assert.equal(timeline.steps.at(-1)?.tasks, 3);
  });
});

describe("instances that join and leave", () => {
  it("gain and lose the daemon, and #tasks follows #nodes", () => {
    assert.deepEqual(counts(tell("joinAndLeave")), [
      "5 0/5",
      "5 0/5",
      "5 5/5",
      "7 5/7",
      "7 7/7",
      "7 7/7",
      "7 7/7",
      "6 6/6",
    ]);
  });

  it("keep their task while the agent is away", () => {
    const away = stepOf(tell("joinAndLeave"), "An agent is disconnected");
    const [state] = [...away.instances.values()].filter((it) => !it.agentConnected);
    assert.match(state?.text ?? "", /agent:1 runs\. Its agent is disconnected/);
    assert.equal(state?.verdict, "keep");
  });
});

describe("a rolling update", () => {
  it("goes in waves that minimumHealthyPercent bounds", () => {
    const timeline = tell("update", five, 60);
    assert.equal(timeline.waves, 3);
    assert.deepEqual(counts(timeline).slice(2), [
      "5 5/5",
      "5 3/5",
      "5 3/5",
      "5 3/5",
      "5 3/5",
      "5 4/5",
      "5 4/5",
      "5 5/5",
    ]);
    assert.equal(tell("update", five, 0).waves, 1);
  });

  it("leaves each instance without the daemon for two steps", () => {
    const timeline = tell("update", running(["i-1", "i-2", "i-3", "i-4", "i-5"]), 60);
    assert.equal(timeline.coverage.size, 5);
    for (const it of timeline.coverage.values()) assert.deepEqual(it, { gapSteps: 2, waitSteps: 0 });
    assert.match(timeline.outcome, /5 container instances were without the daemon .* 2 steps \(20 seconds\)/);
  });

  it("does not begin where nothing may be stopped, and says why", () => {
    const one = cluster(instances(1));
    const timeline = tell("update", one, 50);
    assert.equal(timeline.waves, 0);
    assert.equal(timeline.steps.at(-1)?.instances.get("i-1")?.outdated, true);
    assert.match(
      timeline.steps.at(-1)?.explanation ?? "",
      /Nothing can be stopped: 1 of 1 have to stay up \(minimumHealthyPercent 50, rounded up\)/,
    );
    assert.match(timeline.outcome, /1 task is still of an old revision/);
  });

  it("is cut off where it would take too long to tell, and says so", () => {
    const timeline = tell("update", cluster(instances(300)), 99.4);
    assert.equal(timeline.cut, true);
    assert.equal(timeline.steps.length, 250);
    assert.match(timeline.outcome, /only its first 250 steps/);
  });
});

describe("a drained instance", () => {
  it("loses its replica tasks first and the daemon last", () => {
    const { steps } = tell("drain");
    const on = "i-1";
    const order = steps.flatMap((step, index) =>
      step.actions
        .filter((it) => it.instanceId === on && (it.kind === "stop" || it.kind === "stopped"))
        .map((it) => `${index} ${it.kind} ${it.group}`),
    );
    assert.deepEqual(
      order.map((it) => it.replace(/^\d+ /, "")),
      [
        "stop service:web",
        "stop service:web",
        "stopped service:web",
        "stopped service:web",
        "stop service:agent",
        "stopped service:agent",
      ],
    );
    assert.ok(titles({ steps } as Timeline).includes("The daemon's task stops last"));
    assert.equal(steps.at(-1)?.nodes, 4);
  });

  it("waits for the tasks of others that the cluster has", () => {
    const others = ["service:web", "family:batch"].map((group, index) =>
      instanceTask({ arn: `task/${index}`, group, taskDefinitionArn: "x:1" }),
    );
    const timeline = tell(
      "drain",
      cluster([containerInstance({ id: "i-1", tasks: others }), containerInstance({ id: "i-2" })]),
    );
    const stopsAt = timeline.steps.findIndex((step) =>
      step.actions.some((it) => it.kind === "stop" && it.group === "service:agent"),
    );
    assert.ok(stopsAt > 0);
    assert.equal(timeline.steps[stopsAt - 1]?.instances.get("i-1")?.others, 1);
    assert.equal(timeline.steps[stopsAt]?.instances.get("i-1")?.others, 0);
  });

  it("keeps its tasks where they have nowhere to go", () => {
    const timeline = tell("drain", cluster(instances(1)));
    const drained = stepOf(timeline, "The container instance is drained");
    assert.equal(drained.tasks, 1);
    assert.ok(!titles(timeline).includes("The daemon's task stops last"));
  });
});

describe("the race on a new instance", () => {
  it("is lost to replicas that are first", () => {
    const timeline = tell("race");
    const last = timeline.steps.at(-1);
    assert.equal(last?.nodes, 6);
    assert.equal(last?.tasks, 5);
    const blocked = [...(last?.instances ?? [])].filter(([, it]) => it.verdict === "blocked");
    assert.equal(blocked.length, 1);
    assert.match(blocked[0]?.[1].text ?? "", /reserves 256 MiB of memory, and 0 are left/);
    assert.equal(blocked[0]?.[1].others, 2);
    assert.ok((timeline.coverage.get(blocked[0]?.[0] ?? "")?.waitSteps ?? 0) > 0);
    assert.match(stepOf(timeline, "A container instance joins").explanation, /cannot run on/);
  });

  it("is won where the replicas are tied to the daemon", () => {
    const timeline = tell("raceTied");
    const last = timeline.steps.at(-1);
    assert.equal(last?.tasks, 6);
    const joined = stepOf(timeline, "A container instance joins").actions;
    assert.deepEqual(
      joined.map((it) => `${it.kind} ${it.group}`),
      ["start service:agent"],
    );
    const added = joined[0]?.instanceId ?? "";
    assert.equal(last?.instances.get(added)?.others, 1);
  });

  it("is about CPU where the daemon asks for no memory", () => {
    const service = daemonService([], taskDefinition({}, { memory: 0, cpu: 512 }));
    const timeline = tell("race", five, 0, service);
    assert.match(timeline.outcome, /512 CPU units, and 0 are left/);
  });

  it("has other neighbors where the daemon service is called as they are", () => {
    const service = { ...daemon, name: "web" };
    assert.match(tell("race", five, 0, service).assumptions.join(" "), /replica service shop/);
  });
});

describe("attributes that change", () => {
  const service = daemonService(["attribute:env == prod"]);
  const mixed = cluster([
    containerInstance({ id: "i-1", attributes: { env: "prod" } }),
    containerInstance({ id: "i-2", attributes: { env: "dev" } }),
  ]);

  it("take the task away, give it back, and bring one where none was", () => {
    const timeline = tell("attributes", mixed, 0, service);
    assert.deepEqual(counts(timeline).slice(2), [
      "2 1/1",
      "2 0/0",
      "2 0/0",
      "2 0/1",
      "2 1/1",
      "2 1/2",
      "2 2/2",
    ]);
    assert.match(stepOf(timeline, "An attribute changes").explanation, /i-1 loses the attribute env\./);
    assert.match(timeline.steps.at(-2)?.explanation ?? "", /i-2 gets the attribute env=prod\./);
  });

  it("bring no task where what one constraint requires makes another one false", () => {
    const both = daemonService(["attribute:env == prod", "attribute:env != prod or attribute:rack == 1"]);
    const racks = cluster([
      containerInstance({ id: "i-1", attributes: { env: "prod", rack: "1" } }),
      containerInstance({ id: "i-2", attributes: { env: "dev" } }),
    ]);
    const gained = "Another instance gets what the constraints require";
    assert.ok(!titles(tell("attributes", racks, 0, both)).includes(gained));
    assert.ok(titles(tell("attributes", mixed, 0, service)).includes(gained));
  });

  it("change nothing where no constraint asks for them", () => {
    const timeline = tell("attributes");
    const step = stepOf(timeline, "An attribute that no constraint depends on");
    assert.deepEqual(step.actions, []);
    assert.equal(step.tasks, 5);
    assert.ok(!tell("attributes", five, 0, daemonService(["attribute:ecs.os-type == linux"])).cut);
    const other = tell("attributes", five, 0, daemonService(["not(attribute:example =~ .*)"]));
    const unread = stepOf(other, "An attribute that no constraint depends on");
    assert.match(unread.explanation, / example-2=1, which no constraint of the daemon service reads/);
    assert.deepEqual(unread.actions, []);
  });
});

describe("the steps of any timeline", () => {
  const fleets = fc.array(
    fc.record({
      count: fc.integer({ min: 0, max: 6 }),
      instanceType: fc.constantFrom("m5.large", "t3.micro", "c5.large"),
      zones: fc.subarray(["us-east-1a", "us-east-1b"]),
      attributes: fc.constantFrom({}, { env: "prod" }, { env: "dev" }),
      status: fc.constantFrom("ACTIVE", "ACTIVE", "DRAINING"),
      agentConnected: fc.constantFrom(true, true, false),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const expressions = fc.constantFrom<readonly string[]>(
    [],
    ["attribute:env == prod"],
    ["attribute:env != dev"],
    ["attribute:ecs.instance-type =~ m5.*"],
    ["not(attribute:env == dev)"],
  );

  it("keep the minimum up, start nothing where nothing is wanted, and end as the preview says", () => {
    fc.assert(
      fc.property(
        fleets,
        expressions,
        fc.constantFrom(...scenarioNames),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom(64, 900, 5000),
        (groups, constraints, name, percent, memory) => {
          const service = daemonService(constraints, taskDefinition({}, { memory }));
          const { cluster: on } = readFleet(JSON.stringify({ groups }));
          const { script } = scriptOf(name, service, on);
          if (script === undefined) return;
          const { steps, coverage } = simulate({
            daemon: service,
            cluster: on,
            script,
            minimumHealthyPercent: percent,
          });
          let uncovered = 0;
          steps.forEach((step, index) => {
            const before = steps[index - 1];
            const updates = step.actions.filter((it) => it.kind === "stop" && it.reason === "update");
            if (updates.length > 0)
              assert.ok(
                step.tasks >= Math.ceil((percent * step.wanted) / 100),
                `${step.title} ${step.tasks}`,
              );
            for (const it of step.actions)
              if (it.kind === "start" && it.group === "service:agent")
                assert.equal(step.instances.get(it.instanceId)?.verdict, "place");
            const states = [...step.instances.values()];
            assert.ok(step.tasks <= states.filter((it) => it.verdict === "keep").length);
            assert.ok(step.nodes === states.length);
            if (before !== undefined) assert.equal(step.seconds, before.seconds + 10);
            if (index > 0 || step.tasks > 0) uncovered += Math.max(0, step.wanted - step.tasks);
          });
          const counted = [...coverage.values()].reduce((sum, it) => sum + it.gapSteps + it.waitSteps, 0);
          assert.ok(counted >= uncovered, "every wanted instance without a task is counted");
          const last = steps.at(-1);
          if (name !== "joinAndLeave" && name !== "update") return;
          // Nobody else takes room in these: what is placed in the preview runs at the end.
          for (const { id, verdict } of placeDaemon(service, on).instances)
            if (last?.instances.has(id) && verdict === "place")
              assert.equal(last.instances.get(id)?.verdict, "keep");
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("the healthy minimum of a service", () => {
  it("is what its input says, else 0", () => {
    const of = (value: unknown) =>
      minimumHealthyPercentOf({ deploymentConfiguration: { minimumHealthyPercent: value } });
    assert.deepEqual(of(50), { percent: 50, from: "service" });
    for (const it of [undefined, "50", -1, 101, 1.5])
      assert.deepEqual(of(it), { percent: 0, from: "default" });
    assert.deepEqual(minimumHealthyPercentOf(undefined), { percent: 0, from: "default" });
  });
});
