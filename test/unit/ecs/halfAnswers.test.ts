// Reads that list more than they describe: what is missing counts, and nothing is concluded from half an answer.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { runCommandLine } from "../../../server/src/cli/runCommandLine";
import { connectEcs } from "../../../server/src/ecs/aws";
import { pages } from "../../../server/src/ecs/calls/paging";
import { agentDefinition } from "../../support/localEndpoint";
import { person, type RecordedEcs, recordedCredentials, startRecordedEcs } from "../../support/recordedEcs";

async function cli(ecs: RecordedEcs, ...words: readonly string[]) {
  const { terminal, said } = person(true);
  const code = await runCommandLine([...words, "--cluster", "default", "--endpoint-url", ecs.url], terminal);
  return { code, ...said };
}

async function withDaemon(context: TestContext): Promise<RecordedEcs> {
  Object.assign(process.env, recordedCredentials);
  const ecs = await startRecordedEcs(context);
  await ecs.call("RegisterTaskDefinition", agentDefinition());
  const input = { serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  await ecs.call("CreateService", input);
  assert.equal((await cli(ecs, "verify", "agent")).code, 0);
  return ecs;
}

const expression = "attribute:ecs.instance-type == m5.large";

const halves: readonly (readonly [string, (answer: { containerInstances: object[] }) => object])[] = [
  ["nothing", () => ({})],
  ["empty lists", () => ({ containerInstances: [], failures: [] })],
  [
    "one less",
    ({ containerInstances }) => ({ containerInstances: containerInstances.slice(1), failures: [] }),
  ],
  [
    "failures",
    ({ containerInstances: [first] }) => ({
      containerInstances: [first],
      failures: [{ arn: "x", reason: "THROTTLED" }],
    }),
  ],
];

for (const [name, half] of halves)
  test(`compare, capture and verify believe no half list of container instances: ${name}`, async (context) => {
    const ecs = await withDaemon(context);
    ecs.after((operation, answer) => (operation === "DescribeContainerInstances" ? half(answer) : undefined));
    for (const words of [
      ["compare", expression],
      ["compare", expression, "--format", "json"],
      ["capture"],
      ["verify", "agent", "--timeout", "0"],
    ]) {
      const { code, output, complaints } = await cli(ecs, ...words);
      assert.notEqual(code, 0, words.join(" "));
      assert.equal(output, "", words.join(" "));
      assert.match(complaints, /ECS lists 5 container instances and does not describe \d of them/);
    }
    assert.equal((await cli(ecs, "capture")).code, 2);
    assert.equal((await cli(ecs, "compare", expression)).code, 2);
  });

test("half a list of tasks is no snapshot and no verification", async (context) => {
  const ecs = await withDaemon(context);
  ecs.after((operation, answer) =>
    operation === "DescribeTasks" ? { tasks: answer.tasks.slice(2), failures: [] } : undefined,
  );
  for (const words of [["capture"], ["verify", "agent", "--timeout", "0"]]) {
    const { code, output, complaints } = await cli(ecs, ...words);
    assert.notEqual(code, 0);
    assert.equal(output, "");
    assert.match(complaints, /ECS lists 5 tasks and does not describe 2 of them/);
  }
});

test("what is gone between two calls is no half answer", async (context) => {
  const ecs = await withDaemon(context);
  ecs.after((operation, answer) => {
    if (operation !== "ListContainerInstances" || ecs.operations.includes("DescribeContainerInstances"))
      return undefined;
    const [arn] = answer.containerInstanceArns;
    const gone = arn.replace(/[^/]*$/, "0123456789abcdef0123456789abcdef");
    return { containerInstanceArns: [...answer.containerInstanceArns, gone] };
  });
  ecs.operations.length = 0;
  const { code, output } = await cli(ecs, "capture");
  assert.equal(code, 0);
  assert.equal(JSON.parse(output).containerInstances.length, 5);
});

for (const operation of ["ListContainerInstances", "ListTasks"])
  test(`an empty answer to ${operation} is not an empty cluster`, async (context) => {
    const ecs = await withDaemon(context);
    ecs.before(async (called) => (called === operation ? { status: 200, body: {} } : undefined));
    const { code, output, complaints } = await cli(ecs, "capture");
    assert.equal(code, 2);
    assert.equal(output, "");
    assert.match(complaints, new RegExp(`The answer to ${operation} has no list`));
  });

test("nothing is verified without the task definition that says where tasks belong", async (context) => {
  const ecs = await withDaemon(context);
  for (const answer of [
    { status: 200, body: {} },
    { status: 400, body: { __type: "ClientException", message: "Unable to describe task definition." } },
  ]) {
    ecs.before(async (called) => (called === "DescribeTaskDefinition" ? answer : undefined));
    const { code, output, complaints } = await cli(ecs, "verify", "agent", "--timeout", "0");
    assert.equal(code, 1);
    assert.equal(output, "");
    assert.match(complaints, /task definition/);
  }
});

test("attributes are put only where ECS confirms them", async (context) => {
  const ecs = await withDaemon(context);
  ecs.before(async (called) => (called === "PutAttributes" ? { status: 200, body: {} } : undefined));
  const port = await connectEcs({ endpointUrl: ecs.url, region: "eu-west-1" });
  context.after(() => port.close());
  await assert.rejects(port.putAttributes("default", [{ instance: "x", name: "env", value: "prod" }]), {
    name: "IncompleteAnswer",
  });
});

test("a page that comes again and again ends the list", async () => {
  await assert.rejects(
    pages(async () => ({ items: [1], nextToken: "same" })),
    { name: "IncompleteAnswer" },
  );
});

test("verify believes no list that lacks an instance for which ECS desires a task", async (context) => {
  const ecs = await withDaemon(context);
  ecs.after((operation, answer) =>
    operation === "ListContainerInstances"
      ? { containerInstanceArns: answer.containerInstanceArns.slice(1) }
      : undefined,
  );
  const { code, output } = await cli(ecs, "verify", "agent", "--timeout", "0");
  assert.equal(code, 1);
  assert.match(
    output.replace(/\s+/g, " "),
    /ECS desires 5 tasks, 1 more than container instances were found for/,
  );
});
