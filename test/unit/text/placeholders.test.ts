// One grammar of placeholders: files, the query language and constraints agree on every spelling, and requests have none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { constraintsOf } from "../../../server/src/core/language/previewSubject";
import { parseQuery } from "../../../server/src/core/query/parse/parser";
import { scanQuery } from "../../../server/src/core/query/parse/scanner";
import { openResources } from "../../../server/src/core/resources/openResources";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { holdsPlaceholder, isStandIn } from "../../../server/src/core/text/placeholders";

const placeholders = [
  "{{ x }}",
  "{{ must_env `X` }}",
  "{{{x}}}",
  "{x}",
  "{INSERT the image}",
  "{% x %}",
  "<%= x %>",
  "${X}",
  "${var.x}",
  "$X",
  "$(X)",
  "$(Build.Tag)",
  "$" + "{jsonencode({ a = 1 })}",
  "%{x}",
  "#{x}",
  "[[X1]]",
  "%X1%",
  "%(x)s",
  "#X1#",
  "##X1##",
  "@X1@",
  "@@X1@@",
  "__X__",
  "((x))",
  "<x>",
  "<your value>",
  "<aws-account-id>",
];

const texts = [
  "x",
  "[a, b]",
  "m5.*",
  "a@b.c",
  "100%",
  "%(x)",
  "#x#",
  "# X1 #",
  "a_b",
  "__x__",
  "[[:alpha:]]+",
  "\\p{Alpha}",
  "(?<a>b)\\k<a>",
  "a{2,3}",
  "[^]]",
  "$(id -u)",
  "$()",
  "<user>u</user>",
  "<source>\n  port 24224\n</source>",
];

test("every spelling is a placeholder in a file, in an expression and in a constraint", () => {
  for (const it of placeholders) {
    assert.ok(holdsPlaceholder(it), it);
    assert.ok(
      scanQuery(`attribute:env == ${it}`).some((token) => token.template),
      it,
    );
    assert.ok(
      scanQuery(`attribute:env in [a, ${it}]`).some((token) => token.template),
      it,
    );
    assert.deepEqual(parseQuery(`attribute:env == ${it}`).problems, [], it);
    assert.deepEqual(parseQuery(`attribute:env in [a, ${it}]`).problems, [], it);
    const expression = `attribute:env == ${it}`;
    const text = JSON.stringify({
      family: it,
      containerDefinitions: [{ name: "a", image: it, memory: 64 }],
      placementConstraints: [{ type: "memberOf", expression }],
    });
    const document = openResource("a.taskdef.json", text);
    assert.deepEqual(validateDocument(document), [], it);
    assert.equal(constraintsOf(document)[0]?.template, true, it);
  }
});

test("what is in an element may be one, and an element that is never closed is one", () => {
  for (const it of ["<user><name></user>", "<user>u", "<user>u</users>"]) assert.ok(holdsPlaceholder(it), it);
});

test("ordinary texts hold none", () => {
  for (const it of texts) assert.equal(holdsPlaceholder(it), false, it);
});

test("a request has none: the same text is a value like any other", () => {
  for (const it of ["$prod", "%X1%", "@X1@", "@@X1@@", "__X__", "$", "a$b"]) {
    const { tree, problems } = parseQuery(`attribute:env == ${it}`, { placeholders: false });
    assert.deepEqual(problems, [], it);
    assert.ok(tree.kind === "comparison" && tree.argument?.kind === "value");
    assert.equal(tree.argument.text, it);
    assert.notEqual(tree.argument.template, true, it);
  }
});

test("words in the place of a secret are none", () => {
  for (const it of [
    "INSERT_API_KEY",
    "DD-API-KEY",
    "YOUR_API_KEY",
    "[YOUR API KEY]",
    "your-api-key",
    "<API_KEY>",
    "token-here",
  ])
    assert.ok(isStandIn(it), it);
  for (const it of [
    "Sommer2026!",
    "0a1b2c3d",
    "ABCDEFGH",
    "hunter2-hunter2",
    "AKIAIOSFODNN7EXAMPLE",
    "dd-4711-KEY",
  ])
    assert.equal(isStandIn(it), false, it);
});

test("Terraform has them in texts, but for those with a dollar sign, which are its own or the shell's", () => {
  const found = (value: string) => {
    const text = `resource "aws_ecs_task_definition" "agent" {
      family       = "agent"
      network_mode = ${JSON.stringify(value)}
      container_definitions = jsonencode([{ name = ${JSON.stringify(value)}, image = "agent:7", memory = 64 }])
    }\n`;
    return openResources("main.tf", text).flatMap((it) => validateDocument(it).map(({ code }) => code));
  };
  const isOfDollar = (it: string) => it.startsWith("$") || it.startsWith("%{");
  for (const it of placeholders) if (!isOfDollar(it)) assert.deepEqual(found(it), [], it);
  for (const it of ["$X", "$(X)"]) assert.deepEqual(found(it), ["unknown-value", "bad-container-name"], it);
});

test("a reference with braces in it is as unknown as any other", () => {
  const call = '${lookup({ a = "b" }, var.x)}';
  const text = `resource "aws_ecs_task_definition" "agent" {
    family       = "agent ${call}"
    network_mode = "${call}"
    container_definitions = jsonencode([{ name = "agent-${call}", image = "agent:${call}", memory = 64 }])
  }\n`;
  assert.deepEqual(
    openResources("main.tf", text).flatMap((it) => validateDocument(it)),
    [],
  );
});
