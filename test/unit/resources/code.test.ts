// Placement expressions in programs: which string literals are ones, where their problems are, and what a fix writes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expressionsOf } from "../../../server/src/core/language/expressions/expressions";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { applied } from "../../support/hostFixes";

const expressions = (file: string, text: string) =>
  openResources(file, text).flatMap((it) =>
    it.kind === undefined ? [] : expressionsOf(it).map((e) => e.text),
  );

/** File, program, its expressions. */
const programs: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "a.ts",
    "ecs.PlacementConstraint.memberOf('attribute:a == b', \"attribute:c exists\")",
    ["attribute:a == b", "attribute:c exists"],
  ],
  [
    "a.ts",
    "const c = { type: 'memberOf', expression: `attribute:env == ${env}` };",
    ["attribute:env == ${env}"],
  ],
  ["a.js", 'placementConstraints: [{ type: "memberOf", "expression": "zone == a" }]', ["zone == a"]],
  ["a.tsx", 'const c = { expression: "agentConnected == true" };\n// placement', ["agentConnected == true"]],
  ["a.py", 'ecs.PlacementConstraint.member_of("attribute:a =~ x\\.y")', ["attribute:a =~ x\\.y"]],
  [
    "a.py",
    "PlacementConstraintArgs(type='memberOf', expression=r'attribute:a =~ x\\.y')",
    ["attribute:a =~ x\\.y"],
  ],
  [
    "a.go",
    'types.PlacementConstraint{Type: "memberOf", Expression: aws.String("attribute:a == b")}',
    ["attribute:a == b"],
  ],
  ["a.go", "awsecs.PlacementConstraint_MemberOf(jsii.String(`attribute:a == b`))", ["attribute:a == b"]],
  [
    "a.cs",
    'new PlacementConstraint { Type = "memberOf", Expression = "attribute:a == b" }',
    ["attribute:a == b"],
  ],
  [
    "A.java",
    'PlacementConstraint.builder().type("memberOf").expression("attribute:a == b").build()',
    ["attribute:a == b"],
  ],
  [
    "a.sh",
    'aws ecs create-service --placement-constraints type=memberOf,expression="attribute:a == b"',
    ["attribute:a == b"],
  ],
  [
    "a.sh",
    "aws ecs run-task --placement-constraints 'type=memberOf,expression=attribute:a == b'",
    ["attribute:a == b"],
  ],
  [
    "a.sh",
    `x --placement-constraints '[{"type":"memberOf","expression":"attribute:a == b"}]'`,
    ["attribute:a == b"],
  ],
  [
    "a.sh",
    'x --placement-constraints "type=memberOf,expression=attribute:a == $ENV"',
    ["attribute:a == $ENV"],
  ],
  [
    "a.jsonnet",
    "{ placementConstraints: [{ type: 'memberOf', expression: 'attribute:a == b' }] }",
    ["attribute:a == b"],
  ],
  // Nothing of ECS, or not the whole text.
  ["a.ts", "new Rule({ expression: 'rate(5 minutes)', placement: 1 })", []],
  ["a.sql.ts", "q({ expression: 'select * from t where attribute:a' })", []],
  ["a.ts", "user.memberOf('admins')", []],
  ["a.ts", "PlacementConstraint.memberOf('attribute:a == ' + env)", []],
  ["a.py", "PlacementConstraint.member_of('attribute:a == {}'.format(env))", []],
  ["a.py", "PlacementConstraint.member_of(f'attribute:a == {env}')", []],
  ["a.go", 'PlacementConstraint_MemberOf(jsii.String(fmt.Sprintf("attribute:a == %s", env)))', []],
  ["a.ts", "// PlacementConstraint.memberOf('attribute:a = b')", []],
  ["a.ts", "PlacementConstraint.memberOf('attribute:a == b", []],
];

for (const [file, text, expected] of programs)
  test(`${file}: ${text}`, () => assert.deepEqual(expressions(file, text), expected));

/** File, program, the code, the text that is underlined, and the program with its first fix. */
const problems: readonly (readonly [string, string, string, string, string | undefined])[] = [
  [
    "a.ts",
    "PlacementConstraint.memberOf('attribute:a = b')",
    "expression-single-equals",
    "=",
    "PlacementConstraint.memberOf('attribute:a == b')",
  ],
  [
    "A.java",
    'PlacementConstraint x; y.expression("attribute:a = b")',
    "expression-single-equals",
    "=",
    'PlacementConstraint x; y.expression("attribute:a == b")',
  ],
  [
    "a.sh",
    'aws ecs list-container-instances --filter "attribute:a = b"',
    "expression-single-equals",
    "=",
    'aws ecs list-container-instances --filter "attribute:a == b"',
  ],
  [
    "a.py",
    'ecs.list_container_instances(filter="attribute:a = b")',
    "expression-single-equals",
    "=",
    'ecs.list_container_instances(filter="attribute:a == b")',
  ],
  [
    "a.sh",
    'x --placement-constraints type=memberOf,expression="attribute:a = b"',
    "expression-single-equals",
    "=",
    undefined,
  ],
];

for (const [file, text, code, underlined, fixed] of problems)
  test(`${code} in ${file}`, () => {
    const [resource] = openResources(file, text);
    const [diagnostic] = resource === undefined ? [] : validateDocument(resource);
    assert.equal(diagnostic?.code, code);
    assert.equal(text.slice(diagnostic?.span.start, diagnostic?.span.end), underlined);
    const edits = diagnostic?.fixes?.[0]?.edits;
    assert.equal(edits && applied(text, edits), fixed);
  });

test("a misspelt subject is one in what is given to ListContainerInstances, and to a constraint of its type", () => {
  const programs = {
    "a.sh": "aws ecs list-container-instances --cluster prod \\\n  --filter 'atribute:a == b'",
    "a.py": 'ecs.list_container_instances(cluster=env.get("C"), filter="atribute:a == b")',
    "a.ts": 'ecs.send(new ListContainerInstancesCommand({ cluster, filter: "atribute:a == b" }))',
    "a.go": '&ecs.ListContainerInstancesInput{Cluster: c, Filter: aws.String("atribute:a == b")}',
    "A.java": 'ListContainerInstancesRequest.builder().cluster("c")\n  .filter("atribute:a == b")',
    "b.cs":
      'new PlacementConstraint { Type = PlacementConstraintType.MemberOf, Expression = "atribute:a == b" }',
    "B.java":
      'PlacementConstraint.builder().type(PlacementConstraintType.MEMBER_OF).expression("atribute:a == b")',
  };
  for (const [file, text] of Object.entries(programs))
    assert.deepEqual(expressions(file, text), ["atribute:a == b"], file);
});

test("a filter behind the call, or of another one, is none", () => {
  const programs = {
    "a.sh": "aws ecs list-container-instances\naws ec2 describe-instances --filter 'a = b'",
    "b.sh": "aws ecs list-container-instances | x --filter 'a = b'",
    "a.py": 'ids = ecs.list_container_instances(cluster="c")\nrows = q(filter="a = b")',
    "a.ts": 'listContainerInstances({ cluster }), rows({ filter: "a = b" })',
    "b.ts": 'listContainerInstances({ cluster }); rows({ filter: "a = b" })',
  };
  for (const [file, text] of Object.entries(programs)) assert.deepEqual(expressions(file, text), [], file);
});

test("prose about expressions is none", () => {
  const text =
    'const texts = { "PlacementConstraint.expression": ["An expression, at most 2,000 characters: a == b", "memberOf"] };';
  const prose =
    'const texts = { expression: "An expression of type memberOf, for example a == b", type: "memberOf" };';
  const other = 'isMemberOf("CreateService", name); // of a placementConstraint';
  for (const it of [text, prose, other])
    assert.deepEqual(
      openResources("a.ts", it).filter(({ kind }) => kind !== undefined),
      [],
    );
});

test("a filter of something else is no expression", () => {
  for (const text of [
    'aws x --filter "Name=attribute:a,Values=b" # placement',
    'rows.filter("a = b") // attribute:',
  ])
    assert.deepEqual(
      openResources(text.startsWith("aws") ? "a.sh" : "a.js", text).filter((it) => it.kind !== undefined),
      [],
    );
});

test("a placeholder of a program is no problem", () => {
  const text = "PlacementConstraint.memberOf(`attribute:env == ${env}`)";
  assert.deepEqual(
    openResources("a.ts", text).flatMap((it) => validateDocument(it)),
    [],
  );
});
