// Containers: names, images, what they wait for and refer to, each form, and what is near a fault.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  afterFix,
  container,
  containers,
  definition,
  found,
  lines,
  messages,
  text,
  times,
  unknown,
} from "../../support/checkedInputs";

test("names of containers have up to 255 letters, digits, hyphens and underscores, each once", () => {
  const named = (name: unknown) => lines(container({ name }));
  for (const it of ["a", "A_b-1", text(255), unknown]) assert.deepEqual(named(it), []);
  assert.deepEqual(named(" my agent "), ["bad-container-name at  my agent : Change to 'my-agent'"]);
  assert.deepEqual(named(text(256)), [`bad-container-name at ${text(256)}: Change to '${text(255)}'`]);
  assert.deepEqual(named(undefined), ["container-without-name at {: Add a name"]);
  assert.deepEqual(named(""), ["container-without-name at "]);
  assert.deepEqual(lines(containers({}, { name: "agent" }, { name: "agent-2" })), [
    "duplicate-container-name at agent (agent): Change to 'agent-3'",
  ]);
});

test("a renamed container is renamed wherever it is named", () => {
  const refer = (name: string) => ({
    networkMode: "bridge",
    ...containers(
      { name },
      {
        dependsOn: [{ containerName: name, condition: "START" }],
        volumesFrom: [{ sourceContainer: name }],
        links: [`${name}:alias`],
      },
    ),
  });
  assert.deepEqual(afterFix(refer("my agent"), "Change to 'my-agent'"), refer("my-agent"));
});

test("a container has an image, whose name can be pulled", () => {
  const of = (image: unknown) => lines(container({ image }));
  assert.deepEqual(of(undefined), ["container-without-image at {: Add an image"]);
  assert.deepEqual(of(""), ["container-without-image at "]);
  const digest = `sha256:${"0".repeat(64)}`;
  const right = [
    "a",
    "a:1",
    `a@${digest}`,
    `a:1@${digest}`,
    "localhost/Agent".toLowerCase(),
    "Registry.test:5000/agent:V1",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/agent",
    "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/agent",
    "ACCOUNT.dkr.ecr.eu-west-1.amazonaws.com/agent",
    `a:${text(128)}`,
    text(255),
    "@IMAGE@",
    "AGENT",
    "myImage",
    "acme/yourApp",
    "localhost/agent",
    "agentApp",
    unknown,
  ];
  for (const it of right) assert.deepEqual(of(it), [], it);
  for (const it of ["a b", text(256), `a@${digest}@${digest}`, "a@sha256:1", `a@md5:${"0".repeat(64)}`])
    assert.deepEqual(of(it), [`bad-image at ${it}`]);
  const pulled: Readonly<Record<string, string>> = {
    "https://a/b": ": Change to 'a/b'",
    "docker://a": ": Change to 'a'",
    "a:": ": Change to 'a:latest'",
    "acme/Agent:V1": ": Change to 'acme/agent:V1'",
    "Registry.test/Agent": ": Change to 'Registry.test/agent'",
    "Registry.test/acme/Agent": ": Change to 'Registry.test/acme/agent'",
    "a:1:2": "",
    "a:-1": "",
    "a:.1": "",
    [`a:${text(129)}`]: "",
    "a/": "",
    "a//b": "",
    "'a'": "",
    "12345678901.dkr.ecr.eu-west-1.amazonaws.com/agent": "",
    "123456789012.dkr.ecr.amazonaws.com/agent": "",
    "123456789012.dkr.ecr.eu-west.amazonaws.com/agent": "",
  };
  for (const [it, fix] of Object.entries(pulled))
    assert.deepEqual(of(it), [`image-not-pullable at ${it}${fix}`], it);
  const reason = (image: string) => messages(container({ image }))[0] ?? "";
  assert.match(reason("a//b"), /between two slashes/);
  assert.match(reason("a/"), /after|follows the last slash/);
  assert.match(reason("12345678901.dkr.ecr.eu-west-1.amazonaws.com/agent"), /11 digits, not 12/);
  assert.match(reason(text(256)), /256 characters and 255/);
});

test("a task has one to ten containers, one of which is essential", () => {
  assert.deepEqual(lines({ family: "agent", containerDefinitions: [] }), ["no-containers at []"]);
  assert.deepEqual(found({ family: "agent", containerDefinitions: unknown }), []);
  assert.deepEqual(found(containers(...times(10, () => ({})))), []);
  assert.deepEqual(lines(containers(...times(11, () => ({})))), [
    "too-many-containers at containerDefinitions",
  ]);
  const essential = (...flags: readonly unknown[]) =>
    lines(containers(...flags.map((it) => ({ essential: it }))));
  assert.deepEqual(essential(false), ["no-essential-container at false: !Make this container essential"]);
  assert.deepEqual(essential(false, false), [
    "no-essential-container at false: !Make this container essential",
  ]);
  for (const it of [true, undefined, unknown]) assert.deepEqual(essential(false, it), []);
  const optional = { essential: false };
  for (const [condition, index] of [
    ["SUCCESS", 1],
    ["COMPLETE", 1],
    ["START", 0],
  ] as const) {
    const document = containers(optional, {
      ...optional,
      dependsOn: [{ containerName: "agent", condition }],
    });
    const after = afterFix(document, "Make this container essential") as typeof document;
    assert.deepEqual(
      after.containerDefinitions.map((it) => "essential" in it),
      [index !== 0, index !== 1],
      condition,
    );
  }
});

test("a container waits for another one of the task, which can be in that state", () => {
  const of = (condition: unknown, target: object, more: object = {}) =>
    lines(containers(target, { dependsOn: [{ containerName: "agent", condition }], ...more }));
  const check = (...command: readonly string[]) => ({ healthCheck: { command } });
  assert.deepEqual(of("START", {}), []);
  assert.deepEqual(of("HEALTHY", check("CMD", "true")), []);
  assert.deepEqual(of("HEALTHY", { healthCheck: unknown }), []);
  assert.deepEqual(of("HEALTHY", { [unknown]: 1 }), []);
  assert.deepEqual(of("HEALTHY", {}), ["depends-on-health at HEALTHY (agent): Wait for START"]);
  assert.deepEqual(
    of("HEALTHY", { healthCheck: null }).some((it) => it.startsWith("depends-on-health")),
    true,
  );
  assert.deepEqual(of("HEALTHY", check("NONE")), [
    'depends-on-no-check at HEALTHY ([ "NONE" ]): Wait for START',
  ]);
  assert.deepEqual(of("START", check("NONE")), []);
  for (const it of ["SUCCESS", "COMPLETE"]) {
    assert.deepEqual(of(it, { essential: false }), []);
    assert.deepEqual(of(it, { essential: unknown }), []);
    assert.deepEqual(of(it, {}), [`depends-on-essential at ${it} (agent): Wait for START`]);
    assert.deepEqual(of(it, { essential: true }), [
      `depends-on-essential at ${it} (agent): Make 'agent' not essential | Wait for START`,
    ]);
    assert.deepEqual(of(it, { essential: true }, { essential: false }), [
      `depends-on-essential at ${it} (agent): Wait for START`,
    ]);
  }
  assert.deepEqual(of("START", { essential: true }), []);
  const named = (containerName: unknown, target: object = {}) =>
    lines(containers(target, { dependsOn: [{ containerName, condition: "START" }] }));
  assert.deepEqual(named("agnet"), ["depends-on-unknown at agnet: !Change to 'agent' | Remove it"]);
  assert.deepEqual(named("other"), ["depends-on-unknown at other: Remove it"]);
  assert.deepEqual(named(unknown), []);
  assert.deepEqual(named("other", { name: unknown }), []);
});

test("links and volumes are of another container of the task", () => {
  const linked = (link: string) => lines({ networkMode: "bridge", ...containers({}, { links: [link] }) });
  for (const it of ["agent", "agent:a", unknown]) assert.deepEqual(linked(it), []);
  assert.deepEqual(linked("agnet:a"), ["unknown-link at agnet:a: !Change to 'agent:a' | Remove it"]);
  assert.deepEqual(linked("c1"), ["refers-to-itself at c1: Remove it"]);
  assert.deepEqual(linked("agent:a:b"), ["link-format at agent:a:b: Change to 'agent:a'"]);
  const from = (sourceContainer: unknown) => lines(containers({}, { volumesFrom: [{ sourceContainer }] }));
  for (const it of ["agent", unknown]) assert.deepEqual(from(it), []);
  assert.deepEqual(from("agnet"), ["volumes-from-unknown at agnet: !Change to 'agent' | Remove it"]);
  assert.deepEqual(from("c1"), ["refers-to-itself at c1: Remove it"]);
  assert.deepEqual(from(undefined), ["volumes-from-without-source at {: Remove it"]);
});

test("a circle of containers is closed once, by whatever they wait", () => {
  const waits = (name: string) => ({ dependsOn: [{ containerName: name, condition: "START" }] });
  const takes = (name: string) => ({ volumesFrom: [{ sourceContainer: name }] });
  const links = (name: string) => ({ links: [name] });
  const circle = (networkMode: string, ...each: readonly object[]) =>
    lines({ networkMode, ...containers(...each) });
  assert.deepEqual(circle("bridge", waits("c1"), waits("agent")), ["depends-on-cycle at agent: Remove it"]);
  assert.deepEqual(circle("bridge", waits("agent")), ["depends-on-cycle at agent: Remove it"]);
  assert.deepEqual(circle("bridge", waits("c1"), waits("c2"), waits("c1")), [
    "depends-on-cycle at c1: Remove it",
  ]);
  assert.deepEqual(circle("bridge", waits("c1"), waits("c2"), {}), []);
  assert.deepEqual(circle("bridge", waits("c2"), waits("c2"), {}), []);
  assert.deepEqual(circle("bridge", links("c1"), links("agent")), ["links-cycle at agent: Remove it"]);
  assert.deepEqual(circle("bridge", takes("c1"), takes("agent")), ["start-cycle at agent: Remove it"]);
  assert.deepEqual(circle("bridge", waits("c1"), takes("agent")), ["start-cycle at agent: Remove it"]);
  assert.deepEqual(circle("bridge", waits("c1"), links("agent:x")), ["start-cycle at agent:x: Remove it"]);
  assert.ok(!circle("awsvpc", waits("c1"), links("agent")).some((it) => it.startsWith("start-cycle")));
  assert.ok(!circle("awsvpc", links("c1"), links("agent")).some((it) => it.startsWith("links-cycle")));
  const words = messages({ ...containers(waits("c1"), waits("c2"), waits("c1")) })[0] ?? "";
  assert.match(words, /c1 → c2 → c1/);
});

test("the user of a container is a name or an ID that the runtime takes", () => {
  const of = (user: string, more: object = {}) => lines(definition(more, { user }));
  for (const it of ["root", "0", "2147483647", "1000:1000", "a:b", "app user", unknown])
    assert.deepEqual(of(it), [], it);
  for (const it of ["-1", "2147483648", "0:2147483648", "-1:0", "a:b:c"])
    assert.deepEqual(of(it), [`container-user at ${it}`]);
});
