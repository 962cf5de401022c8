// Who sends a file decides what is refused: what the sender leaves out is one hint, and no other rule sees it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { openResource } from "../../../server/src/core/resources/resource";
import { noEvidence, type Sender, senderOf } from "../../../server/src/core/resources/senders";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { sendableInput } from "../../../server/src/core/workspace/sendableInput";
import { applyEdits } from "../../support/markers";

const definition = `{
  "family": "web",
  "ipcMode": "",
  "pidMode": "",
  "networkMode": "awsvpc",
  "requiresCompatibilities": ["FARGATE"],
  "cpu": "256",
  "memory": "512",
  "executionRoleArn": "arn:aws:iam::123456789012:role/web",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "web:1",
      "portMappings": [{ "containerPort": 80, "protocol": "", "appProtocol": "" }]
    }
  ]
}
`;

const service = `{
  "launchType": "",
  "schedulingStrategy": "REPLICA",
  "propagateTags": "",
  "platformFamily": "",
  "pendingCount": 0,
  "runningCount": 0,
  "desiredCount": 1
}
`;

function findings(name: string, text: string, sender: Sender) {
  return validateDocument(openResource(name, text), {
    sender,
    onRuleFault: (codes, fault) => assert.fail(`${codes.join()}: ${String(fault)}`),
  });
}

const codes = (name: string, text: string, sender: Sender) =>
  findings(name, text, sender).map((it) => it.code);

test("ecspresso leaves empty enumerations out and expects members of answers", () => {
  const [hint, ...others] = findings("ecs-task-def.json", definition, "ecspresso");
  assert.deepEqual(others, []);
  assert.equal(hint?.code, "left-out-by-sender");
  assert.equal(hint?.severity, "hint");
  assert.match(
    hint?.message ?? "",
    /^ecspresso leaves out 'ipcMode', 'pidMode', 'protocol', 'appProtocol'\./,
  );
  assert.deepEqual(codes("ecs-service-def.json", service, "ecspresso"), ["left-out-by-sender"]);
  assert.deepEqual(
    codes("ecs-service-def.json", '{ "schedulingStrategy": "DAEMON", "runningCount": 0 }', "ecspresso"),
    [],
  );
});

test("ecspresso sends ordinary texts, however empty, and no empty list of a task definition but what it needs", () => {
  const tagged = definition.replace('"family": "web"', '"family": "", "tags": [], "volumes": []');
  const [family, hint, ...others] = findings("ecs-task-def.json", tagged, "ecspresso");
  assert.deepEqual(others, []);
  assert.equal(family?.code, "bad-family");
  assert.match(hint?.message ?? "", /'tags'/);
  assert.doesNotMatch(hint?.message ?? "", /volumes/, "an empty list that ECS takes is not worth a word");
  const empty = '{ "family": "web", "containerDefinitions": [] }';
  assert.deepEqual(codes("ecs-task-def.json", empty, "ecspresso"), ["no-containers"]);
});

test("ecspresso takes a task definition out of its wrapper, and names in any case", () => {
  const wrapped = `{ "taskDefinition": ${definition}, "tags": [] }`;
  assert.deepEqual(codes("ecs-task-def.json", wrapped, "ecspresso"), ["left-out-by-sender"]);
  assert.ok(codes("ecs-task-def.json", wrapped, "awsCli").includes("describe-answer"));
  const tagged = definition.replace('"family"', '"Tags": [{ "Key": "a", "Value": "b" }], "Family"');
  assert.deepEqual(codes("ecs-task-def.json", tagged, "ecspresso"), ["left-out-by-sender"]);
  assert.ok(codes("ecs-task-def.json", tagged, "awsCli").includes("misspelt-member"));
});

test("ecspresso leaves out what it does not know: a warning where ECS takes the rest", () => {
  const found = (text: string) =>
    findings("ecs-task-def.json", text, "ecspresso").filter((it) => it.code !== "left-out-by-sender");
  const [misspelt, ...others] = found(definition.replace('"image"', '"essental": true, "image"'));
  assert.deepEqual(others, []);
  assert.equal(misspelt?.severity, "warning");
  assert.match(misspelt?.message ?? "", /ecspresso leaves it out, with a warning in its log/);
  const [needed, ...more] = found(definition.replace('"image"', '"imaeg"'));
  assert.deepEqual(more, []);
  assert.equal(needed?.severity, "error", "ECS refuses the container without its image");
});

test("ecspresso does not send the desired count of a daemon", () => {
  const daemon = '{ "schedulingStrategy": "DAEMON", "desiredCount": 2 }';
  const [found] = findings("ecs-service-def.json", daemon, "ecspresso");
  assert.equal(found?.code, "daemon-desired-count");
  assert.equal(found?.severity, "hint");
});

test("the zeros and empty texts of ecspresso init are no skeleton", () => {
  const text = JSON.stringify({
    deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0 },
    ...Object.fromEntries(
      ["availabilityZoneRebalancing", "launchType", "platformFamily", "platformVersion", "propagateTags"].map(
        (it) => [it, ""],
      ),
    ),
    role: "",
    runningCount: 0,
    pendingCount: 0,
    schedulingStrategy: "DAEMON",
  });
  assert.ok(!codes("ecs-service-def.json", text, "ecspresso").includes("cli-skeleton"));
  assert.ok(codes("ecs-service-def.json", text, "awsCli").includes("cli-skeleton"));
});

test("ecspresso sends false and 0 for what is missing, and refuses a missing list", () => {
  const text = `{
  "schedulingStrategy": "DAEMON",
  "serviceConnectConfiguration": { "namespace": "internal" },
  "deploymentConfiguration": {
    "deploymentCircuitBreaker": { "enable": true },
    "alarms": { "rollback": false }
  }
}`;
  const missing = (sender: Sender) =>
    findings("ecs-service-def.json", text, sender)
      .filter((it) => it.code === "missing-member")
      .map((it) => /needs '(\w+)'/.exec(it.message)?.[1]);
  assert.deepEqual(missing("awsCli"), ["enabled", "rollback", "alarmNames", "enable"]);
  assert.deepEqual(missing("ecspresso"), ["alarmNames"]);
  const limited = definition.replace('"image": "web:1"', '"image": "web:1", "ulimits": [{ "name": "core" }]');
  assert.ok(codes("ecs-task-def.json", limited, "awsCli").includes("missing-member"));
  assert.ok(!codes("ecs-task-def.json", limited, "ecspresso").includes("missing-member"));
});

test("the AWS CLI sends everything", () => {
  const found = codes("ecs-task-def.json", definition, "awsCli");
  assert.equal(found.filter((it) => it === "unknown-value").length, 3);
  assert.ok(!found.includes("fargate-ipc-mode"), "of an empty value only that is said");
});

const pasted = `{
  "family": "web",
  "containerDefinitions": [
    { "name": "web", "image": "web:1", "memory": 128, "command": null, "links": [], "user": "", "environment": [] }
  ],
  "tags": [],
  "volumes": null,
  "revision": 3,
  "status": "ACTIVE"
}
`;

test("the GitHub action drops nulls, empty values and members of answers: what others refuse is named", () => {
  const [hint, ...others] = findings("task-definition.json", pasted, "githubAction");
  assert.deepEqual(others, []);
  assert.match(hint?.message ?? "", /^The GitHub action leaves out .* The AWS CLI or ECS refuses/);
  const [fix] = hint?.fixes ?? [];
  assert.ok(fix);
  assert.deepEqual(JSON.parse(applyEdits(pasted, fix.edits)), {
    family: "web",
    containerDefinitions: [
      { name: "web", image: "web:1", memory: 128, links: [], user: "", environment: [] },
    ],
  });
});

test("a workflow that renders a file writes the image of a container into it", () => {
  const text = `{
  "family": "web",
  "containerDefinitions": [
    { "name": "web", "image": "", "memory": 128 },
    { "name": "worker", "memory": 128, "essental": true }
  ]
}`;
  const file = "task-definition.json";
  const without = ["container-without-image", "container-without-image", "misspelt-member"];
  assert.deepEqual([...codes(file, text, "awsCli")].sort(), without);
  assert.deepEqual(codes(file, text, "githubRender"), ["misspelt-member"]);
  const flow = `
jobs:
  deploy:
    steps:
      - uses: aws-actions/amazon-ecs-render-task-definition@v1
        with:
          task-definition: ${file}
          container-name: \${{ env.CONTAINER }}
          image: \${{ steps.build.outputs.image }}
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with:
          task-definition: \${{ steps.render.outputs.task-definition }}
`;
  const sender = (workflow: string) =>
    senderOf(openResource(`/repo/${file}`, text), { neighbors: [], workflows: [workflow] });
  assert.equal(sender(flow), "githubRender");
  assert.equal(sender(flow.replace(file, "other.json")), "awsCli");
  assert.equal(sender(flow.replace("amazon-ecs-render", "some-other")), "githubAction");
});

test("a workflow that renders a log configuration leaves nothing of it to be asked for", () => {
  const file = "task-definition.json";
  const text = definition
    .replace(/ {2}"(?:ipc|pid)Mode": "",\n/g, "")
    .replace(
      /"portMappings".*\n/,
      '"logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-region": "us-east-1" } }\n',
    );
  const asked = ["log-options-missing", "fargate-stream-prefix"];
  assert.deepEqual(codes(file, text, "githubRender"), asked);
  for (const changed of [text, text.replace('"logDriver": "awslogs", ', ""), text.replace("awslogs", "gelf")])
    assert.deepEqual(codes(file, changed, "githubRenderLogs"), [], changed);
  const flow = `
steps:
  - uses: aws-actions/amazon-ecs-render-task-definition@v1
    with:
      task-definition: ${file}
      log-configuration-options: |
        awslogs-group=/ecs/web
  - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
`;
  const sender = (workflow: string) =>
    senderOf(openResource(`/repo/${file}`, text), { neighbors: [], workflows: [workflow] });
  assert.equal(sender(flow), "githubRenderLogs");
  assert.equal(sender(flow.replace("log-configuration-options", "docker-labels")), "githubRender");
});

test("nothing is said of what CodePipeline makes of nulls, of numbers for texts and of properties of answers", () => {
  const text = definition
    .replace(/ {2}"(?:ipc|pid)Mode": "",\n/g, "")
    .replace(/"portMappings".*\n/, '"memory": null, "cpu": "10", "secrets": null\n')
    .replace(
      '"cpu": "256"',
      '"taskDefinitionArn": "<TASK_DEFINITION>", "revision": 6, "status": "ACTIVE", "cpu": 256',
    )
    .replace('"web:1"', '"<IMAGE1_NAME>"');
  const evidence = { neighbors: ["appspec.yaml"], workflows: [] };
  const senderIn = (it: string) => senderOf(openResource("taskdef.json", it), evidence);
  assert.equal(senderIn(text), "codePipeline");
  assert.equal(senderIn(text.replace("<IMAGE1_NAME>", "<IMAGE>")), "codePipeline");
  for (const other of ["web:1", "<BACKEND_IMAGE>", "<IMAGE1_NAME>:1"])
    assert.equal(senderIn(text.replace("<IMAGE1_NAME>", other)), "awsCli", other);
  assert.deepEqual(codes("taskdef.json", text, "codePipeline"), []);
  assert.deepEqual([...new Set(codes("taskdef.json", text, "awsCli"))].sort(), [
    "null-value",
    "output-only-member",
    "wrong-type",
  ]);
  const wrong = text.replace('"awsvpc"', '"bridge"').replace('"10"', '["10"]');
  assert.deepEqual(codes("taskdef.json", wrong, "codePipeline").sort(), [
    "fargate-network-mode",
    "wrong-type",
  ]);
  const found = sendableInput(openResource("taskdef.json", text), "codePipeline");
  assert.equal(found.kind === "placeholder" && found.placeholder, "<IMAGE1_NAME>");
});

test("what is really wrong is said whoever sends it", () => {
  const text = pasted.replace('"memory": 128', '"memory": "128", "essental": true');
  const found = codes("task-definition.json", text, "githubAction");
  assert.ok(found.includes("wrong-type") && found.includes("misspelt-member"), found.join());
});

test("ecspresso beside a template or module does not send what is in these", () => {
  const beside = { neighbors: ["ecspresso.yml"], workflows: [] };
  const template = `Resources:
  Agent: { Type: "AWS::ECS::Service", Properties: { SchedulingStrategy: DAEMON } }
`;
  const [hosted] = openResources("stack.yaml", template);
  assert.ok(hosted?.hosted);
  assert.equal(senderOf(hosted, beside), "awsCli");
});

test("the files around a document show who sends it", () => {
  const document = openResource("/repo/app/ecs/task-def.json", definition);
  // `ecspresso init` writes these names and the zero values of Go.
  const own = (text: string) => senderOf(openResource("ecs-task-def.json", text), noEvidence);
  assert.equal(own(definition), "ecspresso");
  assert.equal(own(definition.replaceAll('""', '"task"')), "awsCli");
  const workflow = (path: string) => `
jobs:
  deploy:
    steps:
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with:
          task-definition: ${path}
`;
  const by = (neighbors: readonly string[], ...workflows: readonly string[]) =>
    senderOf(document, { neighbors, workflows });
  assert.equal(by([]), "awsCli");
  for (const name of [
    "ecspresso.yml",
    "prod.ecspresso.yml",
    "ecspresso-prod.yml",
    "ecspresso.yaml",
    "ecspresso.json",
    "ecspresso.jsonnet",
  ])
    assert.equal(by([name]), "ecspresso", name);
  assert.equal(by(["my-ecspresso.txt"]), "awsCli");
  for (const path of [
    "task-def.json",
    "app/ecs/task-def.json",
    "./ecs/task-def.json",
    '"app/ecs/task-def.json"',
  ])
    assert.equal(by([], workflow(path)), "githubAction", path);
  for (const path of ["other/task-def.json", "my-task-def.json", "task-def.json.tpl"])
    assert.equal(by([], workflow(path)), "awsCli", path);
  assert.equal(by([], workflow("task-def.json").replace("deploy-task", "render-task")), "awsCli");
  const uri = openResource("file:///repo/my%20app/task-def.json", definition);
  assert.equal(senderOf(uri, { neighbors: [], workflows: [workflow("task-def.json")] }), "githubAction");
});

test("template functions of ecspresso show it, those of others do not", () => {
  for (const [value, sender] of [
    ["{{ must_env `IMAGE` }}", "ecspresso"],
    ["{{ env `IMAGE` `web` }}", "ecspresso"],
    ["{{ tfstate `aws_ecr.url` }}", "ecspresso"],
    ["{{ prod_tfstate `aws_ecr.url` }}", "ecspresso"],
    ["{{ .Values.image }}", "awsCli"],
    ["{{ environment }}", "awsCli"],
    ["${IMAGE}", "awsCli"],
  ] as const) {
    const document = openResource("task-def.json", definition.replace("web:1", value));
    assert.equal(senderOf(document, noEvidence), sender, value);
  }
});
