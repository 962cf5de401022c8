// Inputs that once brought out a mistake, as the fuzzer left them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { constraintsOf } from "../../server/src/core/scheduler/constraintsOf";
import { processorTime } from "../support/processorTime";
import type { FuzzInput } from "./fuzzTarget";
import { type TargetName, targets } from "./targets";

const found: readonly (readonly [TargetName, string, FuzzInput])[] = [
  ["document", "a fix without an edit", { name: "a.taskdef.json", text: "null\n\u0000" }],
  [
    "document",
    "a skeleton whose containers are texts",
    { name: "cli-skeleton.jsonc", text: '{"containerDefinitions":["t":""]"":{"KeyName":""' },
  ],
  ["document", "an edit behind the end of the text", { name: "a.taskdef.json", text: '{""/*\r\n' }],
  [
    "document",
    "a log driver that every object has",
    { name: "a.taskdef.json", text: '{"containerDefinitions":[{"logConfiguration":{"logDriver":"__proto__"' },
  ],
  [
    "document",
    "levels that only the parser sees",
    { name: "a.taskdef.json", text: `//\r${"[".repeat(100_000)}` },
  ],
  [
    "layout",
    "braces of two strings taken for a placeholder",
    {
      name: "a.taskdef.json",
      value: {
        family: "{{ a",
        containerDefinitions: [{ name: "a", image: "a", memory: 9, logConfiguration: { options: {} } }],
      },
    },
  ],
  [
    "endpoint",
    "a port that came back from the journal as null",
    {
      calls: [
        {
          target: "AmazonEC2ContainerServiceV20141113.RegisterContainerInstance",
          input: { totalResources: [{ name: "PORTS_UDP", type: "STRINGSET", stringSetValue: ["x"] }] },
        },
      ],
    },
  ],
  [
    "language-server",
    "suggestions beside a member called constructor",
    {
      name: "a.taskdef.json",
      text: '{"containerDefinitions":[{"logConfiguration":{"logDriver":"constructor","options":{"constructor":""}}}]}',
    },
  ],
  [
    "command-line",
    "a control character in a warning",
    {
      command: "preview",
      name: "five-instances.ecs-fleet.json",
      text: '{"groups":[{"\u0085":5,"instanceType":"m5.large"}]}',
      expression: "",
    },
  ],
];

for (const [name, what, input] of found) {
  test(`${what} does not come back (${name})`, async () => {
    const target = await targets[name].open();
    try {
      await target.check(input);
    } finally {
      await target.close();
    }
  });
}

test("a long expression of half placeholders is searched in time linear in its length", () => {
  for (const half of ["{{", "{", "${", "<a", "$"]) {
    const expression = half.repeat(200_000);
    const spent = processorTime(() =>
      constraintsOf({ placementConstraints: [{ type: "memberOf", expression }] }, undefined),
    );
    assert.ok(spent < 5000, half);
  }
});
