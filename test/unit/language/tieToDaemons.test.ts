// A replica service waits for the daemons of its workspace: one expression for all of them, where nothing speaks against it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { tieToDaemons } from "../../../server/src/core/language/expressions/tieToDaemons";
import { openResources } from "../../../server/src/core/resources/openResources";
import { openResource } from "../../../server/src/core/resources/resource";
import { createWorkspace } from "../../../server/src/core/workspace/workspace";
import { applyEdits } from "../../support/markers";

const definition = (family: string, more: object = {}) => ({
  family,
  containerDefinitions: [{ name: "c", image: "x", cpu: 1, memory: 64 }],
  ...more,
});
const daemon = (name: string, more: object = {}) => ({
  serviceName: name,
  taskDefinition: name,
  schedulingStrategy: "DAEMON",
  ...more,
});
const web = (more: object = {}) => ({ serviceName: "web", taskDefinition: "web", desiredCount: 3, ...more });

/** The service with the change made, and its title; `undefined` where nothing is offered. */
function tied(service: object, ...others: readonly object[]) {
  const documents = [service, definition("web"), ...others].map((it, index) =>
    openResource(`/w/${index}.json`, JSON.stringify(it, undefined, 2)),
  );
  const files = documents.map((document) => ({ path: document.source.file, document }));
  const workspace = createWorkspace({ files, pathOf: (it) => it.source.file });
  const [document] = documents;
  assert.ok(document);
  const offset = document.source.text.indexOf("web");
  const found = tieToDaemons(document, { start: offset, end: offset }, workspace);
  if (found === undefined) return undefined;
  const text = applyEdits(document.source.text, found.edits);
  return { title: found.title, constraints: JSON.parse(text).placementConstraints };
}

const agent = [daemon("agent"), definition("agent")];
const logs = [daemon("logs"), definition("logs")];
const constraint = (expression: string) => ({ type: "memberOf", expression });

test("one expression names every daemon that runs everywhere", () => {
  const found = tied(web(), ...logs, ...agent);
  assert.equal(found?.title, "Wait for agent, logs before starting tasks on an instance");
  assert.deepEqual(found?.constraints, [
    constraint("task:group == service:agent and task:group == service:logs"),
  ]);
});

test("constraints that are there stay, and what is tied is not tied again", () => {
  const own = constraint("attribute:env == prod");
  assert.deepEqual(tied(web({ placementConstraints: [own] }), ...agent)?.constraints, [
    own,
    constraint("task:group == service:agent"),
  ]);
  const there = constraint("task:group == service:agent");
  assert.equal(tied(web({ placementConstraints: [there] }), ...agent), undefined);
  assert.deepEqual(tied(web({ placementConstraints: [there] }), ...agent, ...logs)?.constraints, [
    there,
    constraint("task:group == service:logs"),
  ]);
});

test("a daemon that keeps away from some instances, of another cluster, or of an unknown definition is left out", () => {
  const only = { placementConstraints: [constraint("attribute:gpu exists")] };
  assert.equal(tied(web(), daemon("agent", only), definition("agent")), undefined);
  assert.equal(tied(web(), daemon("agent"), definition("agent", only)), undefined);
  assert.equal(tied(web(), daemon("agent", { cluster: "other" }), definition("agent")), undefined);
  assert.equal(tied(web(), daemon("agent")), undefined);
  assert.notEqual(
    tied(web({ cluster: "a" }), daemon("agent", { cluster: "a" }), definition("agent")),
    undefined,
  );
});

test("nothing is offered for daemons, Fargate, capacity providers, full lists and what is not known", () => {
  for (const more of [
    { schedulingStrategy: "DAEMON" },
    { schedulingStrategy: "$" + "{STRATEGY}" },
    { launchType: "FARGATE" },
    { capacityProviderStrategy: [{ capacityProvider: "FARGATE" }] },
    { placementConstraints: Array.from({ length: 10 }, () => constraint("attribute:a exists")) },
    { placementConstraints: [constraint("$" + "{MORE}")] },
  ])
    assert.equal(tied(web(more), ...agent), undefined, JSON.stringify(more));
});

test("it is written in the format of a template", () => {
  const stack = `Resources:
  AgentTask:
    Type: AWS::ECS::TaskDefinition
    Properties: { Family: agent, ContainerDefinitions: [{ Name: a, Image: x, Memory: 64 }] }
  Agent:
    Type: AWS::ECS::Service
    Properties: { ServiceName: agent, TaskDefinition: !Ref AgentTask, SchedulingStrategy: DAEMON }
  Web:
    Type: AWS::ECS::Service
    Properties:
      ServiceName: web
      TaskDefinition: web:1
      DesiredCount: 2
`;
  const documents = openResources("stack.yaml", stack);
  const files = documents.map((document) => ({ path: `stack.yaml#${document.hosted?.id}`, document }));
  const workspace = createWorkspace({ files, pathOf: (it) => `stack.yaml#${it.hosted?.id}` });
  const service = documents.find((it) => it.hosted?.id === "Web");
  assert.ok(service);
  const offset = stack.indexOf("ServiceName: web") + "ServiceName: ".length;
  const found = tieToDaemons(service, { start: offset, end: offset }, workspace);
  assert.match(
    applyEdits(stack, found?.edits ?? []),
    /PlacementConstraints:[\s\S]*Type: memberOf[\s\S]*Expression: .*task:group == service:agent/,
  );
});
