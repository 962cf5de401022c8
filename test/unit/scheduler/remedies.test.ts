// What a reason proposes helps: done as it is written, the filter has nothing left against the instance.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type {
  ContainerInstance,
  InstanceResources,
} from "../../../server/src/core/cluster/containerInstance";
import { judgeInstance, judgePrepared } from "../../../server/src/core/scheduler/placeDaemon";
import type { DaemonService, FilterName, Reason } from "../../../server/src/core/scheduler/placement";
import { prepareDaemon } from "../../../server/src/core/scheduler/preparedDaemon";
import { containerInstance, daemonService, instanceTask } from "../../support/builders";
import { anyExpression, anyInstance } from "../../support/queryArbitraries";
import "../../support/sameSequences";

const runs = { numRuns: 1000 };

function reasonsOf(
  filter: FilterName,
  daemon: DaemonService,
  instance: ContainerInstance,
): readonly Reason[] {
  return judgeInstance(daemon, instance).reasons.filter((it) => it.filter === filter);
}

function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text.replaceAll(",", ""));
}

const resources = fc.record({ cpu: fc.nat(3000), memory: fc.nat(9000) });

for (const filter of ["cpu", "memory"] as const)
  test(`room that is freed, and a smaller reservation, admit an instance that lacks ${filter}`, () => {
    const bare = daemonService();
    fc.assert(
      fc.property(
        resources,
        resources,
        fc.nat(9000),
        fc.boolean(),
        (registered, taken, requested, runsHere) => {
          const daemon = withRequirements(bare, { [filter]: requested });
          const left = { cpu: registered.cpu - taken.cpu, memory: registered.memory - taken.memory };
          const tasks = runsHere ? [instanceTask()] : [];
          const instance = containerInstance({ registered, remaining: left, tasks });
          const [reason] = reasonsOf(filter, daemon, instance);
          if (reason === undefined) return;
          const { message, remedy = "", available } = reason;
          const own = runsHere ? (instanceTask()[filter] ?? 0) : 0;
          assert.equal(available, Math.max(0, left[filter] + own), message);
          assert.equal(number(/reserves ([\d,]+) /.exec(message)?.[1]), requested, message);
          const whole = number(/whole instance has ([\d,]+)\./.exec(message)?.[1]);
          if (whole !== undefined) assert.equal(whole, registered[filter], message);
          else assert.equal(number(/and ([\d,]+) (?:is|are) left/.exec(message)?.[1]), available, message);
          assert.match(`${message} ${remedy}`, /^(?:(?!\b1 CPU units).)*$/);
          const free = number(/Free ([\d,]+) /.exec(remedy)?.[1]);
          if (free !== undefined) {
            const freed = {
              ...instance,
              remaining: { ...instance.remaining, [filter]: left[filter] + free },
            };
            assert.deepEqual(reasonsOf(filter, daemon, freed), [], remedy);
            const short = {
              ...instance,
              remaining: { ...instance.remaining, [filter]: left[filter] + free - 1 },
            };
            assert.notDeepEqual(reasonsOf(filter, daemon, short), [], remedy);
          }
          const reserve = number(/eserve at most ([\d,]+) /.exec(remedy)?.[1]);
          if (reserve !== undefined)
            assert.deepEqual(
              reasonsOf(filter, withRequirements(daemon, { [filter]: reserve }), instance),
              [],
              remedy,
            );
          assert.ok(free !== undefined || /[Ss]elect larger instances/.test(remedy), remedy);
        },
      ),
      runs,
    );
  });

function withRequirements(
  daemon: DaemonService,
  requirements: Partial<DaemonService["requirements"]>,
): DaemonService {
  return { ...daemon, requirements: { ...daemon.requirements, ...requirements } };
}

const port = fc.oneof(
  fc.integer({ min: 20, max: 30 }),
  fc.integer({ min: 2370, max: 2380 }),
  fc.integer({ min: 32_760, max: 32_775 }),
);
const protocol = fc.constantFrom("tcp" as const, "udp" as const);

test("the free port that is named is free for the task, in its protocol", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ port, protocol }), {
        minLength: 1,
        maxLength: 3,
        selector: (it) => `${it.port}/${it.protocol}`,
      }),
      fc.array(port, { maxLength: 12 }),
      fc.array(port, { maxLength: 12 }),
      (asked, tcp, udp) => {
        const ports = asked.map((it) => ({ ...it, container: "agent" }));
        const daemon = withRequirements(daemonService(), { ports });
        const remaining: Partial<InstanceResources> = {
          usedTcpPorts: new Set(tcp),
          usedUdpPorts: new Set(udp),
        };
        const instance = containerInstance({ remaining });
        for (const { requested, remedy = "" } of reasonsOf("ports", daemon, instance)) {
          const [, free, kind] = /; (\d+)\/(tcp|udp) is free here\.$/.exec(remedy) ?? [];
          assert.ok(free !== undefined, remedy);
          assert.equal(kind, String(requested).split("/")[1]);
          assert.ok(!asked.some((it) => it.port === Number(free) && it.protocol === kind), remedy);
          const moved = ports.map((it) =>
            `${it.port}/${it.protocol}` === requested ? { ...it, port: Number(free) } : it,
          );
          const left = reasonsOf("ports", withRequirements(daemon, { ports: moved }), instance);
          assert.ok(!left.some((it) => it.requested === `${free}/${kind}`), remedy);
        }
      },
    ),
    runs,
  );
});

test("of several ports in use each gets another one", () => {
  const taken = new Set([8126, 8127]);
  const instance = containerInstance({ remaining: { usedTcpPorts: taken } });
  for (const [more, change] of [
    [{}, "Use another host port"],
    [{ isContainerPort: true }, "Let the container listen on another port"],
  ] as const) {
    const ports = [...taken].map((port) => ({ port, protocol: "tcp" as const, container: "agent", ...more }));
    const reasons = reasonsOf("ports", withRequirements(daemonService(), { ports }), instance);
    assert.deepEqual(
      reasons.map((it) => it.remedy),
      [`${change}; 8128/tcp is free here.`, `${change}; 8129/tcp is free here.`],
    );
  }
});

test("attributes changed as a reason proposes make its constraint true, and no change of them is needless", () => {
  fc.assert(
    fc.property(anyExpression, anyInstance, (text, instance) => {
      const daemon = daemonService([text]);
      const [reason] = reasonsOf("constraints", daemon, instance);
      if (reason?.remedy === undefined) return;
      const parts = reason.remedy.replace(/\.$/, "").split(" and ");
      const after = (done: readonly string[]) => reasonsOf("constraints", daemon, changed(instance, done));
      assert.deepEqual(after(parts), [], reason.remedy);
      for (const part of parts)
        assert.notDeepEqual(after(parts.filter((it) => it !== part)), [], `${part} in ${reason.remedy}`);
    }),
    runs,
  );
});

test("what reasons about the same attributes propose goes together, and is against no constraint that holds", () => {
  const expressions = fc.array(anyExpression, { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(expressions, anyInstance, (texts, instance) => {
      const falseOnes = (it: ContainerInstance) =>
        new Set(reasonsOf("constraints", daemonService(texts), it).map((reason) => reason.constraint?.index));
      const before = falseOnes(instance);
      const reasons = reasonsOf("constraints", daemonService(texts), instance);
      const helped = reasons.filter((it) => it.remedy !== undefined);
      const partsOf = ({ remedy = "" }: Reason) =>
        remedy
          .replace(/\.$/, "")
          .split(" and ")
          .map((it) => it.charAt(0).toUpperCase() + it.slice(1));
      for (const it of helped)
        for (const index of falseOnes(changed(instance, partsOf(it))))
          assert.ok(before.has(index), it.remedy);
      const after = falseOnes(changed(instance, [...new Set(helped.flatMap(partsOf))]));
      for (const it of helped) assert.ok(!after.has(it.constraint?.index), it.remedy);
    }),
    runs,
  );
});

test("one change is proposed where it is enough for two constraints, and none where they contradict each other", () => {
  const proposed = (expressions: readonly string[], attributes: Record<string, string> = {}) =>
    reasonsOf("constraints", daemonService(expressions), containerInstance({ attributes })).map(
      (it) => it.remedy,
    );
  const both = ["attribute:tier == a1", "attribute:tier !exists or attribute:tier == a1"];
  const change = "Change the attribute to tier=a1.";
  assert.deepEqual(proposed(both, { tier: "dev" }), [change, change]);
  assert.deepEqual(proposed(["attribute:tier == a", "attribute:tier == b"]), [undefined, undefined]);
  assert.deepEqual(proposed(["attribute:tier == a", "attribute:tier != a"], { tier: "b" }), [undefined]);
  assert.deepEqual(proposed(["attribute:tier == a", "attribute:env == b"]), [
    "Add the attribute tier=a.",
    "Add the attribute env=b.",
  ]);
});

test("of several ways the one with the fewest changes is proposed", () => {
  for (const [text, remedy] of [
    [
      "(attribute:a == 1 or attribute:b == 2) and attribute:a == 2",
      "Add the attribute b=2 and add the attribute a=2.",
    ],
    [
      "(attribute:a == 1 or attribute:b == 1) and (attribute:c == 1 or attribute:b == 1)",
      "Add the attribute b=1.",
    ],
    ["attribute:a != 1 or (attribute:a == 2 and attribute:a =~ 3)", "Add the attribute a=2."],
  ] as const) {
    const [reason] = reasonsOf("constraints", daemonService([text]), containerInstance({ attributes: {} }));
    assert.equal(reason?.remedy, remedy, text);
  }
});

test("no proposal gives an instance more custom attributes than ECS lets it have", () => {
  const room = fc.integer({ min: 7, max: 11 });
  fc.assert(
    fc.property(anyExpression, fc.array(fc.tuple(anyInstance, room)), (text, list) => {
      const daemon = prepareDaemon(daemonService([text]));
      for (const [instance, count] of list) {
        const others = Array.from({ length: count }, (_, at) => [`a${at}`, "x"] as const);
        const full = { ...instance, attributes: new Map([...instance.attributes, ...others]) };
        const { reasons } = judgePrepared(daemon, full);
        const remedy = reasons.find((it) => it.filter === "constraints")?.remedy;
        if (remedy === undefined) continue;
        const after = changed(full, remedy.replace(/\.$/, "").split(" and ")).attributes;
        const custom = [...after.keys()].filter((it) => !it.startsWith("ecs."));
        assert.ok(custom.length <= 10 || after.size <= full.attributes.size, remedy);
      }
    }),
    runs,
  );
});

test("a remedy leaves alone what a negated pattern, which holds already, reads", () => {
  const daemon = daemonService(["attribute:rack == 2 and not(attribute:stack =~ prod.*)"]);
  const [reason] = reasonsOf("constraints", daemon, containerInstance({ attributes: { stack: "dev" } }));
  assert.equal(reason?.remedy, "Add the attribute rack=2.");
});

/** The instance after changes in words: "Add the attribute env=prod". */
function changed(instance: ContainerInstance, parts: readonly string[]): ContainerInstance {
  const attributes = new Map(instance.attributes);
  for (const part of parts) {
    const [, verb, name = "", value] =
      /^(add|remove|change) the attribute (?:to )?([^=]+)(?:=(.*))?$/i.exec(part) ?? [];
    assert.ok(verb !== undefined, part);
    assert.equal(attributes.has(name), verb.toLowerCase() !== "add", part);
    if (verb.toLowerCase() === "remove") attributes.delete(name);
    else attributes.set(name, value);
  }
  return { ...instance, attributes };
}

test("the platform that a reason proposes is that of the instance", () => {
  const requested = fc.constantFrom("LINUX", "WINDOWS_SERVER_2022_CORE", "WINDOWS_SERVER_2019_FULL");
  const architecture = fc.constantFrom("X86_64", "ARM64");
  fc.assert(
    fc.property(requested, architecture, requested, architecture, (os, processor, hasOs, hasProcessor) => {
      const daemon = withRequirements(daemonService(), {
        platform: { osFamily: os, cpuArchitecture: processor },
      });
      const instance = containerInstance({
        attributes: { "ecs.os-family": hasOs, "ecs.cpu-architecture": hasProcessor.toLowerCase() },
      });
      const platform: { osFamily: string; cpuArchitecture: string } = {
        osFamily: os,
        cpuArchitecture: processor,
      };
      for (const { remedy = "", message } of reasonsOf("platform", daemon, instance)) {
        assert.doesNotMatch(message, /\ba (?:ARM|X86)/);
        const [, property, value = ""] = /set (\w+) to (\w+)/.exec(remedy) ?? [];
        if (property === "cpuArchitecture") platform.cpuArchitecture = value;
        else if (property === "operatingSystemFamily") platform.osFamily = value;
        else assert.fail(remedy);
      }
      assert.deepEqual(reasonsOf("platform", withRequirements(daemon, { platform }), instance), []);
    }),
    { numRuns: 200 },
  );
});

test("GPUs that are freed admit the instance", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.nat(4), fc.nat(4), (gpus, whole, taken) => {
      const all = ["a", "b", "c", "d"].slice(0, whole);
      const daemon = withRequirements(daemonService(), { gpus });
      const instance = containerInstance({
        registered: { gpus: all },
        remaining: { gpus: all.slice(taken) },
      });
      const [reason] = reasonsOf("gpu", daemon, instance);
      if (reason === undefined) return;
      const free = number(/Free (\d+) GPUs? /.exec(reason.remedy ?? "")?.[1]);
      if (free === undefined) return assert.ok(whole < gpus, reason.remedy);
      assert.equal(Math.max(0, whole - taken) + free, gpus, reason.remedy);
    }),
    runs,
  );
});
