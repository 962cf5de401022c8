// YAML to tree: values as the library itself reads them, places of the text, and texts that are half typed.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parse, parseDocument, stringify } from "yaml";
import { nodeAtPath } from "../../../server/src/core/source/node";
import { readYaml } from "../../../server/src/core/source/yaml/readYaml";
import "../../support/sameSequences";
import { assertSound, plain } from "./trees";

const template = `Resources:
  Agent: # a comment
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      Tags: [{ Key: a, Value: "b\\tc" }, !Ref AWS::NoValue]
      PlacementConstraints:
        - Type: memberOf
          Expression: >-
            attribute:env == prod
            and attribute:zone == a
      Name: 'it''s'
`;

describe("YAML", () => {
  test("booleans of YAML 1.1 are unknown, since tools differ about them", () => {
    const { root } = readYaml("ReadOnly: yes\nQuoted: 'no'\non: Yesterday\n");
    const unknown = (name: string) => nodeAtPath(root, [name])?.unknown;
    assert.deepEqual([unknown("ReadOnly"), unknown("Quoted"), unknown("on")], [true, undefined, undefined]);
  });

  test("is read with its tags", () => {
    assert.deepEqual(plain(readYaml(template).root), {
      Resources: {
        Agent: {
          Type: "AWS::ECS::Service",
          Properties: {
            Cluster: { "!Ref": "Cluster" },
            Tags: [{ Key: "a", Value: "b\tc" }, { "!Ref": "AWS::NoValue" }],
            PlacementConstraints: [
              { Type: "memberOf", Expression: "attribute:env == prod and attribute:zone == a" },
            ],
            Name: "it's",
          },
        },
      },
    });
  });

  test("line ends of every kind are read alike", () => {
    const expected = plain(readYaml(template).root);
    for (const lineEnd of ["\r\n", "\r"])
      assert.deepEqual(plain(readYaml(template.replaceAll("\n", lineEnd)).root), expected);
    assert.deepEqual(plain(readYaml("A:\r\t\n  B: c\r\r\n  D: e\r\r\n").root), { A: { B: "c", D: "e" } });
  });

  test("a list whose name is gone does not take the properties below it away", () => {
    const text = `A:
  Name: agent
  Essential: true
    - Name: LEVEL
      Value: debug
  Image: agent:1
`;
    assert.ok(parseDocument(text).errors.length > 0, "the library refuses it as a whole");
    const { root, problems } = readYaml(text);
    const container = nodeAtPath(root, ["A"]);
    assert.ok(container?.open, "the image may be there");
    assert.ok(nodeAtPath(container, ["Essential"])?.unknown);
    assert.equal(nodeAtPath(container, ["Name"])?.value, "agent");
    assert.ok(problems.length > 0);
    for (const slip of ["A: b: c\n", "A: b\n  C: d\n", "- A: b: c\n", "A\n  B: c\n"])
      assert.ok(readYaml(slip).root?.open || readYaml(slip).root?.children?.[0]?.open, slip);
  });

  test("has the places of the text, in a slice those of the host", () => {
    const { root } = readYaml(template.slice(11), 11);
    assert.ok(root);
    const text = nodeAtPath(root, ["Agent", "Properties", "PlacementConstraints", 0, "Expression"]);
    const start = String(text?.value).indexOf("attribute:zone");
    const span = text?.content?.().toDocument({ start, end: start + "attribute:zone".length });
    assert.equal(template.slice(span?.start, span?.end), "attribute:zone");
    const name = nodeAtPath(root, ["Agent", "Properties", "Name"]);
    assert.equal(template.slice(name?.offset, (name?.offset ?? 0) + (name?.length ?? 0)), "'it''s'");
  });

  test("values are those that the library reads", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(20, 80, 0), (value, lineWidth) => {
        const text = stringify(JSON.parse(JSON.stringify(value)), { lineWidth });
        const { root } = readYaml(text);
        assert.deepEqual(plain(root), parse(text));
        if (root) assertSound(root, text);
      }),
    );
  });

  test("each character of a double-quoted value is where it or its escape is written", () => {
    const pieces = [
      ..."a 😀".split(" ").map((it) => [it, it]),
      ["b c", "b c"],
      ["\\U0001F600", "😀"],
      ["\\u0041", "A"],
      ["\\x41", "A"],
      ["\\n", "\n"],
      ['\\"', '"'],
      ["\\\\", "\\"],
      ["\\\n  ", ""],
      ["\\\r\n  ", ""],
      // Not YAML's: read as they are written.
      ["\\q", "\\q"],
      ["\\uZZZZ", "\\uZZZZ"],
      ["\\U00110000", "\\U00110000"],
    ] as const;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces)), (drawn) => {
        let text = 'A: "';
        const starts: number[] = [];
        for (const [written = "", decoded = ""] of drawn) {
          const isPlain = written === decoded;
          for (let at = 0; at < decoded.length; at += 1) starts.push(text.length + (isPlain ? at : 0));
          text += written;
        }
        starts.push(text.length);
        const node = nodeAtPath(readYaml(`${text}"`).root, ["A"]);
        assert.equal(node?.value, drawn.map(([, decoded]) => decoded).join(""));
        const map = node?.content?.();
        const found = starts.map((_, at) => map?.toDocument({ start: at, end: at }).start);
        // A line break that a backslash takes out at the end is before or behind the end.
        assert.deepEqual(found.slice(0, -1), starts.slice(0, -1));
      }),
    );
  });

  test("each character of a block scalar is where it is written, whatever its header says", () => {
    const header = fc.constantFrom("|", ">", "|-", ">+", "|2", ">2-", "|2 # two");
    const line = fc.constantFrom("", "  ", "    a b", "      c 😀 d", "    e: #f");
    const drawn = fc.record({
      header,
      lines: fc.array(line, { minLength: 1, maxLength: 5 }),
      lineEnd: fc.constantFrom("\n", "\r\n"),
    });
    fc.assert(
      fc.property(drawn, ({ header: head, lines, lineEnd }) => {
        const text = ["A:", `  B: ${head}`, ...lines, "  C: 1", ""].join(lineEnd);
        fc.pre(parseDocument(text).errors.length === 0);
        const node = nodeAtPath(readYaml(text).root, ["A", "B"]);
        const value = String(node?.value);
        for (let at = 0; at < value.length; at += 1) {
          const { start } = node?.content?.().toDocument({ start: at, end: at + 1 }) ?? { start: 0 };
          if (!/\s/.test(value[at] ?? "")) assert.equal(text[start], value[at], `${at} of ${value}`);
        }
        assert.equal(value.replace(/\s/g, ""), lines.join("").replace(/\s/g, ""));
      }),
    );
  });

  test("an escape that the quote cuts off is inside the value", () => {
    const text = 'A: "\\u]"';
    const { root } = readYaml(text);
    if (root) assertSound(root, text);
    assert.deepEqual(nodeAtPath(root, ["A"])?.content?.().toDocument({ start: 0, end: 9 }), {
      start: 4,
      end: 7,
    });
  });

  test("a merge key and an alias are not known", () => {
    const { root } = readYaml("a: &x { b: 1 }\nc:\n  <<: *x\n  d: *x\n");
    assert.equal(nodeAtPath(root, ["c"])?.open, true);
    assert.equal(nodeAtPath(root, ["c", "d"])?.unknown, true);
  });

  test("a slip costs one value, and nothing throws", () => {
    for (let at = 0; at <= template.length; at += 3)
      for (const typed of ["", ":", '"', "{", "- ", "!", "&"]) {
        const text = template.slice(0, at) + typed + template.slice(at);
        const { root } = readYaml(text);
        if (root) assertSound(root, text);
      }
  });

  test("deep nesting ends in an unknown value", () => {
    const { root } = readYaml("[".repeat(5000));
    assert.equal(root?.type, "array");
  });
});
