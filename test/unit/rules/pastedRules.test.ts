// What is pasted into a file: answers of ECS, nulls, skeletons, and names of other formats.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inputShape, shapeNamed } from "../../../server/src/core/api/apiModel";
import { outputOnlyMembers } from "../../../server/src/core/rules/outputOnly";
import {
  afterFix,
  container,
  definition,
  found,
  lines,
  messages,
  service,
  times,
  unknown,
} from "../../support/checkedInputs";

test("what only answers have is one mistake, and removed together", () => {
  for (const [operation, base] of [
    ["registerTaskDefinition", container({})],
    ["createService", service({})],
  ] as const) {
    const known = shapeNamed(inputShape(operation)).members ?? {};
    const names = [...outputOnlyMembers(operation)].filter((it) => !Object.hasOwn(known, it));
    for (const it of names) {
      assert.deepEqual(lines({ ...base, [it]: "x" }), [`output-only-member at ${it}: !Remove '${it}'`]);
      assert.match(messages({ ...base, [it]: "x" })[0] ?? "", /occurs/);
    }
    const all = { ...base, ...Object.fromEntries(names.map((it) => [it, "x"])) };
    assert.deepEqual(lines(all), [
      `output-only-member at ${names[0]} (${names.slice(1).join(", ")}): !Remove them`,
    ]);
    assert.deepEqual(afterFix(all, "Remove them"), base);
    assert.match(messages(all)[0] ?? "", / occur .* them/);
  }
});

test("nulls are one mistake, counted in its words", () => {
  const of = (count: number) =>
    container({ environment: times(count, (at) => ({ name: `A${at}`, value: null })) });
  const nulls = (count: number) => times(count - 1, () => "null").join(", ");
  assert.deepEqual(lines(of(1)), ["null-value at null: !Remove it"]);
  assert.deepEqual(lines(of(2)), [`null-value at null (${nulls(2)}): !Remove all 2 nulls`]);
  assert.deepEqual(lines(of(60)), [`null-value at null (${nulls(51)}): !Remove all 60 nulls`]);
  const said = (count: number) => messages(of(count))[0] ?? "";
  assert.match(said(2), /, and so is another one/);
  assert.match(said(3), /, and so are 2 others/);
  assert.match(messages(container({ environment: [null] }))[0] ?? "", /An item/);
  assert.deepEqual(lines(container({ environment: [null] })), ["null-value at null: !Remove it"]);
});

test("an answer of a describe call is made the input that it describes", () => {
  const whole = container({ cpu: 0 });
  const answered = {
    taskDefinition: { ...whole, revision: 3, status: "ACTIVE", pidMode: null },
    tags: [{ key: "a", value: "b" }],
  };
  const title = "Make it the input of register-task-definition";
  assert.deepEqual(lines(answered), [`describe-answer at taskDefinition: !${title}`]);
  assert.deepEqual(afterFix(answered, title), { ...whole, tags: answered.tags });
  assert.deepEqual(afterFix({ ...answered, tags: [] }, title), whole);
  assert.deepEqual(afterFix({ taskDefinition: { ...answered.taskDefinition, tags: [] } }, title), whole);
  const own = [{ key: "c", value: "d" }];
  assert.deepEqual(
    afterFix({ ...answered, taskDefinition: { ...answered.taskDefinition, tags: own } }, title),
    { ...whole, tags: own },
  );
  const services = (more: object) => ({
    services: [{ ...service({}), serviceArn: "x", desiredCount: 3, ...more }],
    failures: [],
  });
  const file = "agent.service.json";
  const make = "Make it the input of create-service";
  assert.deepEqual(lines(services({}), {}, file), [`describe-answer at services: !${make}`]);
  assert.deepEqual(afterFix(services({}), make, file), service({ desiredCount: 3 }));
  assert.deepEqual(
    afterFix(services({ schedulingStrategy: "DAEMON" }), make, file),
    service({ schedulingStrategy: "DAEMON" }),
  );
  assert.match(messages(services({}), {}, file)[0] ?? "", /describe-services/);
});

test("a skeleton is mostly empty", () => {
  const empties = (count: number) => times(count, () => ({ name: "", value: "" }));
  const isSkeleton = (document: object) => found(document).includes("cli-skeleton");
  assert.ok(isSkeleton(definition({ family: "" }, { name: "", image: "", environment: empties(4) })));
  assert.ok(!isSkeleton(container({ environment: empties(2) })));
  const lists = (count: number): object =>
    Object.fromEntries(["command", "entryPoint", "links"].slice(0, count).map((it) => [it, [""]]));
  assert.ok(isSkeleton(container(lists(2))));
  assert.ok(!isSkeleton(container(lists(1))));
  assert.ok(isSkeleton(container({ dockerLabels: { KeyName: "" } })));
  assert.ok(!isSkeleton(container({ dockerLabels: { KeyName: "x" } })));
  assert.ok(!isSkeleton(container({ ...lists(2), dockerLabels: { a: unknown } })));
});

test("names of another format are one mistake from two of them on", () => {
  const pascal = { Family: "agent", ContainerDefinitions: [] };
  const snake = { task_definition: "agent", service_name: "agent", scheduling_strategy: "DAEMON" };
  const of = (document: object, file: string) => lines(document, {}, file);
  assert.deepEqual(of(pascal, "a.taskdef.json"), ["foreign-spelling at Family"]);
  assert.deepEqual(of(snake, "a.service.json"), ["foreign-spelling at task_definition"]);
  assert.match(messages(snake, {}, "a.service.json")[0] ?? "", /Terraform.*'taskDefinition'/);
  assert.match(messages(pascal, {}, "a.taskdef.json")[0] ?? "", /CloudFormation.*'family'/);
  assert.ok(
    !of({ ...pascal, containerDefinitions: [] }, "a.taskdef.json").some((it) => it.startsWith("foreign")),
  );
  assert.ok(
    !of({ Family: "agent", family: "agent", containerDefinitions: [] }, "a.taskdef.json").some((it) =>
      it.startsWith("foreign"),
    ),
  );
});
