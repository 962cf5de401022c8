// A document that a slip damages is still the document that it was.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openResource, type Resource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { get, items, members, stringOf } from "../../../server/src/core/source/tree";
import { sampleWorkspace } from "../../support/paths";

const arn = "arn:aws:ecs:eu-west-1:123456789012:container-instance/demo/aaa1";

const documents: readonly (readonly [name: string, text: string])[] = [
  ...[
    "datadog-agent.taskdef.json",
    "datadog-agent.service.json",
    "datadog-agent-prod.service.json",
    "five-instances.ecs-fleet.json",
  ].map((it) => [it, readFileSync(join(sampleWorkspace, it), "utf8")] as const),
  [
    "demo.ecs-cluster.json",
    `{
  "containerInstances": [
    {
      "containerInstanceArn": "${arn}",
      "status": "ACTIVE",
      "attributes": [{ "name": "env", "value": "prod" }],
      "remainingResources": [{ "name": "CPU", "type": "INTEGER", "integerValue": 2048 }]
    }
  ]
}
`,
  ],
];

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

function findingsOf(document: Resource) {
  return validateDocument(document, {
    onRuleFault: (codes, fault) => assert.fail(`${codes.join()}: ${String(fault)}`),
  });
}

/** Every text that differs by one character: each one taken out, and each of the marks of JSON put in. */
function* slipsOf(text: string): Generator<{ readonly slip: string; readonly what: string }> {
  for (let at = 0; at <= text.length; at += 1) {
    const where = `at ${at}, behind ${JSON.stringify(text.slice(Math.max(0, at - 12), at))}`;
    if (at < text.length)
      yield { slip: text.slice(0, at) + text.slice(at + 1), what: `${text[at]} out ${where}` };
    for (const mark of '{}[]",:x')
      yield { slip: text.slice(0, at) + mark + text.slice(at), what: `${mark} in ${where}` };
  }
}

for (const [name, text] of documents) {
  test(`${name} with one character too many or too few`, () => {
    const whole = openResource(name, text);
    let repaired = 0;
    let broken = 0;
    let step = 0;
    for (const { slip, what } of slipsOf(text)) {
      // Of a longer text every seventh: the marks take turns at each place.
      step += 1;
      if ((text.length > 1_000 && step % 7 !== 0) || isJson(slip)) continue;
      const document = openResource(name, slip);
      assert.equal(document.kind, whole.kind, `by name: ${what}`);
      // Nothing but its name shows a fleet.
      if (whole.kind !== "fleet")
        assert.equal(openResource("x.json", slip).kind, whole.kind, `by content: ${what}`);
      // The reader of snapshots accepts comments and trailing commas.
      const isTrifle = whole.kind === "clusterSnapshot" && document.source.problems.every((it) => it.remove);
      assert.ok(isTrifle || findingsOf(document).length > 0, `a finding: ${what}`);
      broken += 1;
      if (members(document.source.root).length >= members(whole.source.root).length - 1) repaired += 1;
    }
    assert.ok(repaired > 0.95 * broken, `${repaired} of ${broken} have their tree`);
  });
}

const definition = readFileSync(join(sampleWorkspace, "datadog-agent.taskdef.json"), "utf8");

test("what is being typed above the containers leaves them as they are", () => {
  for (const typed of [
    '"',
    '"cp',
    '"cpu"',
    '"cpu":',
    '"cpu": ',
    "cpu",
    '"cpu": "256"',
    '"volumes": [',
    '"a": {',
    "'",
  ]) {
    const text = definition.replace('  "containerDefinitions"', `  ${typed}\n  "containerDefinitions"`);
    assert.notEqual(text, definition);
    for (const name of ["agent.taskdef.json", "agent.json"]) {
      const document = openResource(name, text);
      assert.equal(document.kind, "taskDefinition", `${name}: ${typed}`);
      const [container] = items(get(document.source.root, "containerDefinitions"));
      assert.equal(stringOf(get(container, "name")), "datadog-agent", typed);
    }
  }
});

test("a quote that opens a value in the middle of a line leaves what follows as it is", () => {
  const text = `{ "containerDefinitions": [{ "name": "a", "mountPoints": [{ "sourceVolume":"}]}],"volumes":[{"name":"logs"}]}`;
  const { input } = openResource("agent.taskdef.json", text);
  assert.equal(stringOf(get(items(get(input, "volumes"))[0], "name")), "logs");
});

test("places behind a slip are those of the text", () => {
  const text = definition.replace('"containerDefinitions":', '"containerDefinitions:');
  const [container] = items(get(openResource("agent.json", text).source.root, "containerDefinitions"));
  const image = get(container, "image");
  assert.ok(image);
  const written = text.slice(image.offset, image.offset + image.length);
  assert.equal(written, JSON.stringify(image.value));
});

test("an open document that was ours stays ours while it is damaged", () => {
  const damaged = '{ "family": "agent", "contain';
  assert.equal(openResource("agent.json", damaged).kind, undefined);
  assert.equal(openResource("agent.json", damaged, { earlierKind: "taskDefinition" }).kind, "taskDefinition");
  const other = '{ "family": "Helvetica" }';
  assert.equal(openResource("agent.json", other, { earlierKind: "taskDefinition" }).kind, undefined);
});

/** A task definition with what cascades: nested lists, options, references between containers and volumes. */
const nested = `{
  "family": "agent",
  "containerDefinitions": [
    {
      "name": "agent",
      "image": "agent:1",
      "memory": 128,
      "essential": true,
      "environment": [
        {
          "name": "A",
          "value": "1"
        },
        {
          "name": "B",
          "value": "2"
        }
      ],
      "logConfiguration": {
        "logDriver": "awslogs",
        "options": {
          "awslogs-group": "g",
          "awslogs-region": "eu-west-1",
          "awslogs-stream-prefix": "p"
        }
      },
      "mountPoints": [
        {
          "sourceVolume": "logs",
          "containerPath": "/logs"
        }
      ]
    },
    {
      "name": "side",
      "image": "side:1",
      "memory": 64,
      "portMappings": [
        {
          "containerPort": 80
        }
      ]
    }
  ],
  "volumes": [
    {
      "name": "logs"
    }
  ]
}
`;

/** Most findings that one slip may cause: the slip, and what is really missing or misspelt now. */
const handful = 5;

function assertHandful(text: string, what: string): void {
  const findings = findingsOf(openResource("agent.taskdef.json", text));
  assert.ok(
    findings.length <= handful,
    `${what}: ${findings.map((it) => `${it.code} ${it.message}`).join("\n")}`,
  );
  for (const { span } of findings)
    assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
}

test("no slip starts a cascade", () => {
  for (let at = 0; at < nested.length; at += 1) {
    const where = JSON.stringify(nested.slice(Math.max(0, at - 15), at + 15));
    assertHandful(nested.slice(0, at), `the text ends: ${where}`);
    if (!/\s/.test(nested[at] as string))
      for (const other of ["", "\n", ...']}"\\'])
        assertHandful(
          nested.slice(0, at) + other + nested.slice(at + 1),
          `${JSON.stringify(other)} in ${where}`,
        );
  }
  const lines = nested.split("\n");
  for (const [index, line] of lines.entries())
    assertHandful(
      [...lines.slice(0, index), ...lines.slice(index + 1)].join("\n"),
      `without the line ${line}`,
    );
});
