// CPU and memory of tasks and containers: how they are written, what has to fit, and what Fargate sells.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fargateCpus, fargateMemories } from "../../../server/src/core/resources/taskSize";
import {
  container,
  containers,
  definition,
  fargate,
  found,
  lines,
  messages,
  unknown,
} from "../../support/checkedInputs";

const windows = { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } };
const ofCodes = (codes: readonly string[], all: readonly string[]) =>
  all.filter((it) => codes.some((code) => it.startsWith(`${code} `)));

test("a task's cpu is written in CPU units or vCPU, within its range", () => {
  const of = (cpu: string, more: object = {}) =>
    ofCodes(["bad-task-size"], lines(definition({ cpu, ...more })));
  for (const it of ["128", "196608", "1 vCPU", ".25 vcpu", "0.125 vCPU", "192 vCPU", unknown])
    assert.deepEqual(of(it), [], it);
  const meant: Readonly<Record<string, string>> = {
    "127": "128",
    "0": "128",
    "-256": "256",
    "196609": "196608",
    "1 core": "1 vCPU",
    "2cpus": "2 vCPU",
    "2 cores": "2 vCPU",
    "0.5": "0.5 vCPU",
    "512 units": "512",
    "512unit": "512",
    "193 vCPU": "196608",
  };
  for (const [it, to] of Object.entries(meant))
    assert.deepEqual(of(it), [`bad-task-size at ${it}: Change to '${to}'`], it);
  for (const it of ["lots", "1 GHz", "one core"]) assert.deepEqual(of(it), [`bad-task-size at ${it}`]);
  assert.deepEqual(of("64", windows), []);
  assert.deepEqual(of("lots", windows).length, 1);
  assert.deepEqual(
    of("64", { requiresCompatibilities: ["FARGATE"], networkMode: "awsvpc", memory: "512" }),
    [],
  );
});

test("a task's memory is written in MiB or GB", () => {
  const of = (memory: string, more: object = {}) =>
    ofCodes(
      ["bad-task-size"],
      lines(definition({ memory, containerDefinitions: [{ name: "a", image: "a:1" }], ...more })),
    );
  for (const it of ["1", "512", "1 GB", "1GB", unknown]) assert.deepEqual(of(it), [], it);
  const meant: Readonly<Record<string, string>> = {
    "1G": "1 GB",
    "2 GiB": "2 GB",
    "2gbs": "2 GB",
    "1 TB": "1024 GB",
    "1TiB": "1024 GB",
    "512M": "512",
    "512 MiB": "512",
    "512 mb": "512",
  };
  for (const [it, to] of Object.entries(meant))
    assert.deepEqual(of(it), [`bad-task-size at ${it}: Change to '${to}'`], it);
  for (const it of ["0", "-512", "1.5 G", "512 KB", "much", "99999999999"])
    assert.deepEqual(of(it), [`bad-task-size at ${it}`], it);
  assert.deepEqual(of("0", windows), []);
});

test("containers have no more cpu than their task", () => {
  const of = (cpu: string, ...each: readonly unknown[]) =>
    ofCodes(["cpu-over-task"], lines({ cpu, ...containers(...each.map((it) => ({ cpu: it }))) }));
  assert.deepEqual(of("256", 256), []);
  assert.deepEqual(of("256", 128, 128), []);
  assert.deepEqual(of("256", 257), ["cpu-over-task at 257 (256): Raise the task's cpu to 257"]);
  assert.deepEqual(of("256", 128, 129), ["cpu-over-task at 256 (128, 129): Raise the task's cpu to 257"]);
  assert.deepEqual(of("1 vCPU", 1025).length, 1);
  assert.deepEqual(of(unknown, 1025), []);
  assert.deepEqual(of("256", 200, unknown), []);
  assert.deepEqual(ofCodes(["cpu-over-task"], lines(fargate({}, { cpu: 257 }))), [
    "cpu-over-task at 257 (256)",
  ]);
  assert.ok(!found({ ...windows, cpu: "256", ...container({ cpu: 257 }) }).includes("cpu-over-task"));
});

test("Fargate sells the memory of each cpu, in its steps", () => {
  for (const cpu of fargateCpus) {
    const all = fargateMemories(cpu);
    const of = (memory: number) =>
      ofCodes(["fargate-size"], lines({ ...fargate({ cpu: String(cpu), memory: String(memory) }) }));
    const [first = 0, second = 0] = all;
    const last = all.at(-1) ?? 0;
    for (const it of all) assert.deepEqual(of(it), [], `${cpu} ${it}`);
    const change = (to: number) => `: Change memory to ${to}`;
    assert.deepEqual(of(first - 1), [`fargate-size at ${first - 1} (${cpu})${change(first)}`]);
    assert.deepEqual(of(last + 1), [`fargate-size at ${last + 1} (${cpu})${change(last)}`]);
    assert.deepEqual(of(first + 1), [`fargate-size at ${first + 1} (${cpu})${change(second)}`]);
  }
  const advice = (cpu: string, memory: string) =>
    messages(fargate({ cpu, memory }, { memory: undefined }))[0] ?? "";
  assert.match(advice("256", "513"), /512, 1024 or 2048 MiB/);
  assert.match(advice("512", "1"), /1024, 2048, 3072 or 4096 MiB/);
  assert.match(advice("1024", "2049"), /2048 to 8192 in steps of 1024 MiB/);
  assert.match(advice("300", "512"), /256, 512, .* or \d+\./);
  const missing = (more: object) => lines(fargate(more, { memory: undefined }));
  assert.deepEqual(missing({ cpu: undefined }), ['fargate-cpu-missing at {: Add "cpu": "256"']);
  assert.deepEqual(missing({ memory: undefined }), ['fargate-memory-missing at {: Add "memory": "512"']);
  assert.deepEqual(missing({ cpu: "1024", memory: undefined }), [
    'fargate-memory-missing at {: Add "memory": "2048"',
  ]);
  assert.deepEqual(missing({ cpu: unknown, memory: undefined }), [
    'fargate-memory-missing at {: Add "memory": "512"',
  ]);
  assert.deepEqual(missing({ cpu: unknown, memory: unknown }), []);
  assert.deepEqual(missing({ cpu: "300", memory: undefined }).length, 2);
});

test("Fargate has a whole vCPU for Windows", () => {
  const of = (cpu: string) =>
    ofCodes(["fargate-windows-cpu"], lines(fargate({ cpu, memory: "2048", ...windows })));
  assert.deepEqual(of("512"), ["fargate-windows-cpu at 512: Change to 1024"]);
  for (const it of ["1024", unknown]) assert.deepEqual(of(it), []);
});

test("a container has memory, of its own or of its task", () => {
  const of = (more: object, inTask: object = {}) =>
    ofCodes(["memory-missing"], lines(definition(inTask, { memory: undefined, ...more })));
  const both = 'Add "memory": 128 | Add "memoryReservation": 128';
  assert.deepEqual(of({}), [`memory-missing at {: ${both}`]);
  for (const it of ["memory", "memoryReservation"]) {
    assert.deepEqual(of({ [it]: 0 }), ["memory-missing at 0: Change to 128"]);
    for (const value of [6, unknown]) assert.deepEqual(of({ [it]: value }), []);
  }
  assert.deepEqual(of({ memory: 0, memoryReservation: 6 }), []);
  assert.deepEqual(of({}, { memory: "512" }), []);
  assert.deepEqual(of({}, { memory: unknown }), []);
  assert.deepEqual(of({}, { [unknown]: 1 }), []);
  assert.deepEqual(of({ [unknown]: 1 }), []);
});

test("a container's memory is at least its reservation, and in MiB", () => {
  const of = (memory: unknown, memoryReservation?: unknown) =>
    lines(container({ memory, memoryReservation }));
  for (const [limit, reservation] of [
    [128, 128],
    [129, 128],
    [unknown, 128],
    [128, unknown],
  ])
    assert.deepEqual(of(limit, reservation), []);
  assert.deepEqual(of(128, 129), [
    "memory-below-reservation at 128 (129): !Raise 'memory' to 129 | Lower 'memoryReservation' to 128",
  ]);
  assert.deepEqual(of(5), ["memory-too-small at 5: Change to 6"]);
  assert.deepEqual(of(undefined, 5), ["memory-too-small at 5: Change to 6"]);
  assert.deepEqual(of(6), []);
  const largest = 32 * 1024 * 1024;
  assert.deepEqual(of(largest), []);
  assert.deepEqual(of(largest + 1), [`memory-too-large at ${largest + 1}`]);
  assert.deepEqual(of(128 * 1024 * 1024), [`memory-too-large at ${128 * 1024 * 1024}: Change to 128`]);
  assert.deepEqual(found(container({ memory: 2_147_483_647 })), ["memory-too-large"]);
  assert.ok(!found(container({ memory: 2_147_483_648 })).includes("memory-too-large"));
});

test("containers have no more memory than their task", () => {
  const codes = ["memory-over-task", "memories-over-task"];
  const of = (memory: string, ...each: readonly object[]) =>
    ofCodes(codes, lines({ memory, ...containers(...each) }));
  const limit = (memory: number) => ({ memory });
  assert.deepEqual(of("512", limit(512)), []);
  assert.deepEqual(of("512", limit(256), limit(256)), []);
  assert.deepEqual(of("512", limit(513)), ["memory-over-task at 513 (512): Lower 'memory' to 512"]);
  assert.deepEqual(of("512", limit(513), limit(100)), [
    "memory-over-task at 513 (512): Lower 'memory' to 412",
  ]);
  assert.deepEqual(of("512", limit(513), limit(506)), ["memory-over-task at 513 (512): Lower 'memory' to 6"]);
  assert.deepEqual(of("512", limit(513), limit(507)), ["memory-over-task at 513 (512)"]);
  assert.deepEqual(of("512", { memory: 513, memoryReservation: 128 }, limit(128)), [
    "memory-over-task at 513 (512): Lower 'memory' to 512",
  ]);
  assert.deepEqual(of("512", { memory: undefined, memoryReservation: 513 }), [
    "memory-over-task at 513 (512): Lower 'memoryReservation' to 512",
  ]);
  assert.deepEqual(of("512", limit(256), limit(257)), [
    "memories-over-task at 512: Raise the task's memory to 513",
  ]);
  const reserving = { memory: 500, memoryReservation: 256 };
  assert.deepEqual(of("512", reserving, reserving), []);
  assert.deepEqual(of(unknown, limit(9999)), []);
  assert.deepEqual(of("1 GB", limit(1025)).length, 1);
  assert.deepEqual(
    ofCodes(
      codes,
      lines(fargate({ containerDefinitions: containers(limit(256), limit(257)).containerDefinitions })),
    ),
    ["memories-over-task at 512"],
  );
  assert.deepEqual(ofCodes(codes, lines({ ...windows, memory: "512", ...containers(limit(513)) })), []);
  const name = messages({ memory: "512", ...containers(limit(513)) })[0] ?? "";
  assert.match(name, /container 'agent'/);
});
