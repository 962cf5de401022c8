// What is sent is what was shown: files with errors are not sent, and what is sent is what the files hold.

import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { runCli } from "../support/commandLine";
import { startTestEndpoint } from "../support/localEndpoint";
import { recordedCredentials, startRecordedEcs } from "../support/recordedEcs";
import { temporaryFolder } from "../support/temporaryFolder";

const container = { name: "agent", image: "example/agent:1", memory: 64 };
const definition = (more: object = {}, members: object = {}) => ({
  family: "agent",
  ...members,
  containerDefinitions: [{ ...container, ...more }],
});
const service = (more: object = {}) => ({
  serviceName: "agent",
  taskDefinition: "agent",
  schedulingStrategy: "DAEMON",
  ...more,
});

async function stage(context: TestContext, files: Readonly<Record<string, object | string>>) {
  const { call, endpoint } = await startTestEndpoint(context);
  const folder = temporaryFolder(
    Object.fromEntries(
      Object.entries(files).map(([name, it]) => [name, typeof it === "string" ? it : JSON.stringify(it)]),
    ),
  );
  context.after(folder.remove);
  const deploy = (name: string, ...more: readonly string[]) =>
    runCli(["deploy", name, "--cluster", "default", "--endpoint-url", endpoint.url, ...more], {
      cwd: folder.path,
    });
  const registered = async () => (await call("ListTaskDefinitions")).taskDefinitionArns.length;
  return { call, deploy, registered, path: (name: string) => join(folder.path, name) };
}

test("errors of the file stop every way of sending it, by name and count", async (context) => {
  const misspelt = { essental: false, privilaged: true, readonlyRootFileSystem: true };
  const { deploy, registered } = await stage(context, { "a.taskdef.json": definition(misspelt) });
  for (const more of [
    [],
    ["--dry-run"],
    ["--format", "json"],
    ["--yes"],
    ["--dry-run", "--format", "json"],
  ]) {
    const { code, stdout, stderr } = await deploy("a.taskdef.json", ...more);
    assert.equal(code, 2, more.join(" "));
    assert.equal(stdout, "");
    for (const name of Object.keys(misspelt)) assert.match(stderr, new RegExp(`'${name}'`));
    assert.match(stderr, /3 errors in a\.taskdef\.json: nothing was sent\./);
  }
  assert.equal(await registered(), 0);
});

test("a property that ECS does not know is refused by name, whatever was overridden", async (context) => {
  const { deploy, registered } = await stage(context, {
    "near.taskdef.json": definition({ essental: false }),
    // Its name is like none of the API's, so that the rules only warn.
    "new.taskdef.json": definition({}, { quantumEntanglement: true }),
    "deep.taskdef.json": definition({
      linuxParameters: { tmpfs: [{ containerPath: "/x", size: 1, colour: 1 }] },
    }),
    "answer.taskdef.json": { taskDefinition: { ...definition(), revision: 3 }, tags: [] },
    "right.taskdef.json": definition(),
    "a.service.json": service({ quantumEntanglement: true }),
  });
  const refused = async (message: RegExp, ...words: readonly [string, ...string[]]) => {
    const { code, stderr, stdout } = await deploy(...words);
    assert.equal(code, 2, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, message);
  };
  const despite = "--despite-errors";
  await refused(
    /'essental' in containerDefinitions\[0\].*Did you mean 'essential'/,
    "near.taskdef.json",
    despite,
  );
  await refused(/Unknown property 'quantumEntanglement'/, "new.taskdef.json");
  await refused(
    /'colour' in containerDefinitions\[0\]\.linuxParameters\.tmpfs\[0\]/,
    "deep.taskdef.json",
    despite,
  );
  await refused(/Unknown property 'taskDefinition'/, "answer.taskdef.json", despite);
  await refused(/'quantumEntanglement'/, "right.taskdef.json", "--service", "a.service.json");
  await refused(/'quantumEntanglement'/, "new.taskdef.json", "--dry-run");
  assert.equal(await registered(), 0);
});

test("errors of the service file stop as well, also those that only the pair has", async (context) => {
  const { deploy, registered } = await stage(context, {
    "a.taskdef.json": definition(),
    "wrong.service.json": service({
      placementConstraints: [{ type: "memberOf", expression: "attribute:env = prod" }],
    }),
    "pair.service.json": service({
      loadBalancers: [
        {
          targetGroupArn:
            "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/0123456789abcdef",
          containerName: "other",
          containerPort: 80,
        },
      ],
    }),
    "broken.service.json": `${JSON.stringify(service()).slice(0, -1)},`,
  });
  for (const name of ["wrong", "pair", "broken"]) {
    const { code, stderr } = await deploy("a.taskdef.json", "--service", `${name}.service.json`);
    assert.equal(code, 2, stderr);
    assert.match(stderr, new RegExp(`${name}\\.service\\.json`));
  }
  assert.equal(await registered(), 0);
});

test("warnings are part of the plan, and stop nothing", async (context) => {
  const { deploy } = await stage(context, {
    "a.taskdef.json": `{ "family": "agent", "family": "agent", ${JSON.stringify(definition()).slice(1)}`,
  });
  const { code, stderr } = await deploy("a.taskdef.json");
  assert.equal(code, 0, stderr);
  assert.match(stderr, /warnings +a\.taskdef\.json line 1: 'family' is written twice/);
});

test("what is JSON arrives as it is written", async (context) => {
  const odd = {
    command: [
      "curl -f http://localhost:$PORT/",
      "echo $HOME",
      "cat <file> out",
      "{{.Name}}",
      "%X% @Y@ __Z__ [[A]]",
    ],
    dockerLabels: { a$HOME: "x", "b{{y}}": "1", "<c>": "3", ok: "2" },
    environment: [{ name: "URL", value: "http://{host}/${path}" }],
  };
  const { deploy, call } = await stage(context, { "a.taskdef.json": definition(odd) });
  const { code, stderr } = await deploy("a.taskdef.json");
  assert.equal(code, 0, stderr);
  const { taskDefinition } = await call("DescribeTaskDefinition", { taskDefinition: "agent" });
  const [found] = taskDefinition.containerDefinitions;
  for (const [name, value] of Object.entries(odd)) assert.deepEqual(found[name], value, name);
  const again = await deploy("a.taskdef.json", "--format", "json");
  assert.equal(again.json().steps[0].outcome, "unchanged");
});

test("with errors overridden ECS gets exactly what the file holds, nulls and wrong types too", async (context) => {
  const input = {
    family: "agent",
    volumes: null,
    cpu: 256,
    containerDefinitions: [
      { ...container, memory: "64", command: "run", dockerLabels: { a: null }, portMappings: [null, 80] },
    ],
  };
  const { path } = await stage(context, { "a.taskdef.json": input });
  const bodies: unknown[] = [];
  const ecs = await startRecordedEcs(context);
  ecs.before(async (operation, body) => {
    if (operation === "RegisterTaskDefinition") bodies.push(JSON.parse(body));
    return undefined;
  });
  const words = ["deploy", path("a.taskdef.json"), "--cluster", "default", "--endpoint-url", ecs.url];
  await runCli([...words, "--yes", "--despite-errors"], { environment: recordedCredentials });
  assert.deepEqual(bodies, [input]);
});

test("placeholders are named where the text is not JSON without them, or the file is a template", async (context) => {
  const withImage = (image: string) => definition({ image });
  const must = withImage("example/agent:{{ must_env `TAG` }}");
  const { deploy, registered } = await stage(context, {
    "bare.taskdef.json": JSON.stringify(definition()).replace("64", "${MEMORY}"),
    "image.taskdef.json.tpl": withImage("${image}"),
    "image.taskdef.j2": withImage("{{ image }}"),
    "must.taskdef.json": must,
    "spresso/ecspresso.yml": "region: eu-west-1\n",
    "spresso/a.taskdef.json": withImage("example/agent:{{ .Tag }}"),
  });
  const names = {
    "bare.taskdef.json": "${MEMORY}",
    "image.taskdef.json.tpl": "${image}",
    "image.taskdef.j2": "{{ image }}",
    "must.taskdef.json": "{{ must_env `TAG` }}",
    "spresso/a.taskdef.json": "{{ .Tag }}",
  };
  for (const [name, placeholder] of Object.entries(names))
    for (const more of [[], ["--dry-run"], ["--despite-errors"]]) {
      const { code, stderr } = await deploy(name, ...more);
      assert.equal(code, 2, name);
      assert.ok(stderr.includes(`${name}:1:`) && stderr.includes(`placeholder ${placeholder}`), stderr);
    }
  assert.equal(await registered(), 0);
});
