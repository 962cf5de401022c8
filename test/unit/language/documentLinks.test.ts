import assert from "node:assert/strict";
import { test } from "node:test";
import { linksIn } from "../../../server/src/core/language/documentLinks";
import { hoverInput } from "../../../server/src/core/language/inputHover";
import { openResource } from "../../../server/src/core/resources/resource";
import { atCursor } from "../../support/cursor";

const targets = (fileName: string, value: object) => {
  const text = JSON.stringify(value);
  return linksIn(openResource(fileName, text)).map((it) => [
    text.slice(it.span.start, it.span.end),
    it.target,
  ]);
};
const container = (more: object) =>
  targets("a.taskdef.json", { family: "a", containerDefinitions: [{ name: "a", ...more }] });

const console1 = "https://eu-west-1.console.aws.amazon.com";

test("images lead to their page where one can be known", () => {
  for (const [image, page] of [
    ["nginx", "https://hub.docker.com/_/nginx"],
    ["datadog/agent:7", "https://hub.docker.com/r/datadog/agent"],
    ["public.ecr.aws/datadog/agent:7", "https://gallery.ecr.aws/datadog/agent"],
    ["quay.io/a/b", undefined],
    ["123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:1", undefined],
    ["{{ image }}", undefined],
  ] as const)
    assert.deepEqual(container({ image }), page === undefined ? [] : [[image, page]], image);
});

test("the containers of a managed daemon have links as well", () => {
  const image = "datadog/agent:7";
  const found = targets("a.daemon-taskdef.json", { containerDefinitions: [{ name: "a", image }] });
  assert.deepEqual(found, [[image, "https://hub.docker.com/r/datadog/agent"]]);
});

test("log groups, secrets and roles lead to the console of their Region", () => {
  const options = { "awslogs-group": "/ecs/a b", "awslogs-region": "eu-west-1" };
  assert.deepEqual(container({ logConfiguration: { logDriver: "awslogs", options } }), [
    [
      "/ecs/a b",
      `${console1}/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Fecs$252Fa$2520b`,
    ],
  ]);
  const elsewhere = { ...options, "awslogs-region": "evil.example/#" };
  assert.deepEqual(container({ logConfiguration: { logDriver: "awslogs", options: elsewhere } }), []);
  const secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-AbCdEf";
  assert.deepEqual(container({ secrets: [{ name: "KEY", valueFrom: secret }] }), [
    [secret, `${console1}/secretsmanager/secret?name=key`],
  ]);
  const role = "arn:aws:iam::123456789012:role/team/agent";
  assert.deepEqual(targets("a.taskdef.json", { containerDefinitions: [], taskRoleArn: role }), [
    [role, "https://console.aws.amazon.com/iam/home#/roles/details/agent"],
  ]);
});

test("a target group of a service leads to the console", () => {
  const targetGroupArn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/0123456789abcdef";
  const value = { serviceName: "a", taskDefinition: "a", loadBalancers: [{ targetGroupArn }] };
  const [[text, target] = []] = targets("a.service.json", value);
  assert.equal(text, targetGroupArn);
  assert.ok(target?.startsWith(`${console1}/ec2/home?region=eu-west-1#TargetGroup:targetGroupArn=arn%3Aaws`));
});

test("sizes are told in the larger unit, however they are written", () => {
  for (const [marked, fileName, expected] of [
    ['{ "containerDefinitions": [], "cpu": "1 v$0CPU" }', "a.taskdef.json", "1,024 CPU units = 1 vCPU"],
    ['{ "containerDefinitions": [], "mem$0ory": "0.5 GB" }', "a.taskdef.json", "512 MiB = 0.5 GiB"],
    ['{ "containerDefinitions": [], "memory": "20$048" }', "a.taskdef.json", "2,048 MiB = 2 GiB"],
    ['{ "containerDefinitions": [{ "cpu": 3$0000 }] }', "a.taskdef.json", "3,000 CPU units = 2.93 vCPU"],
    ['{ "groups": [{ "memory": 76$080 }] }', "a.ecs-fleet.json", "7,680 MiB = 7.5 GiB"],
  ] as const) {
    const { text, offset } = atCursor(marked);
    const hover = hoverInput(openResource(fileName, text), offset);
    assert.ok(hover?.text.includes(expected), `${marked}: ${hover?.text}`);
  }
});
