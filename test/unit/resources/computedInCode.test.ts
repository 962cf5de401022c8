// Expressions of which a program has only a part: nothing is said of them. What is whole is read as before.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expressionsOf } from "../../../server/src/core/language/expressions/expressions";
import { openResources } from "../../../server/src/core/resources/openResources";

const expressions = (file: string, text: string) =>
  openResources(file, text).flatMap((it) =>
    it.kind === undefined ? [] : expressionsOf(it).map((e) => e.text),
  );

const filter = "aws ecs list-container-instances --filter ";
const shorthand = "aws ecs run-task --placement-constraints type=memberOf,expression=";
const json = (value: string) => `x --placement-constraints '[{"type":"memberOf","expression":${value}}]'`;
const member = "ecs.PlacementConstraint.member_of";

const computed: readonly (readonly [string, string])[] = [
  ["a.sh", `${filter}"attribute:rack == $1"`],
  ["a.sh", `${filter}"attribute:$1 exists and attribute:$2 in [a]"`],
  ["a.sh", `${filter}"attribute:rack == $@"`],
  ["a.sh", `${filter}"attribute:rack==$(cat rack | head -1)"`],
  ["a.sh", `${filter}"attribute:rack==$(rack_of "$HOST" 'x')"`],
  ["a.sh", `${filter}"attribute:rack in [$(IFS=,; echo "\${RACKS[*]}")]"`],
  ["a.sh", `${filter}"attribute:rack == \${RACK:-"a b"}"`],
  ["a.sh", `${filter}"ec2InstanceId==\`curl -s http://localhost/id\`"`],
  ["a.sh", `${filter}"ec2InstanceId=="$ID`],
  ["a.sh", `${filter}'ec2InstanceId=='"$ID"`],
  ["a.sh", `${filter}"ec2InstanceId==""$ID"`],
  ["a.sh", `${filter}"ec2InstanceId=="i-$ID`],
  ["a.sh", `${shorthand}"attribute:rack == $1"`],
  ["a.sh", `${shorthand}"attribute:rack == "$1`],
  ["a.sh", `${shorthand}'attribute:rack=='$RACK`],
  ["a.sh", `${shorthand}"attribute:rack == \`cat rack\`"`],
  ["a.sh", `${shorthand}"attribute:rack == $(aws x --query 'y' | jq -r ".a")"`],
  ["a.sh", `${shorthand}attribute:rack=="$RACK"`],
  ["a.sh", 'x --placement-constraints "type=memberOf,expression=attribute:rack == $(aws x --query y)"'],
  ["a.sh", json(`"attribute:rack == '"$RACK"'"`)],
  ["a.sh", json(`"ec2InstanceId=='"$ID"'"`)],
  ["a.sh", `jq '.placementConstraints = [{"type":"memberOf","expression":"attribute:rack == " + $r}]'`],
  ["a.py", `${member}("attribute:rack == a and " \\\n  "attribute:role == b")`],
  ["a.py", `${member}("attribute:rack == a and " f"attribute:role == {role}")`],
  ["a.py", `${member}("attribute:rack == a and " r"attribute:role =~ b\\d")`],
  ["a.py", `${member}("attribute:rack == a and "  # where\n  "attribute:role == b")`],
  ["a.ts", "ecs.PlacementConstraint.memberOf('attribute:rack == ' /* where */ + rack)"],
  ["a.ts", "ecs.PlacementConstraint.memberOf('attribute:rack == ' // where\n  + rack)"],
  // In a text that the program makes: the quotes are those of the other language.
  ["a.ts", `x = \`${shorthand}"attribute:rack == \${rack}" --count 1\``],
  ["a.tsx", `<p>{x && \` --filter "task:group == service:\${name}"\`}</p>`],
  ["a.ts", `x = \`{"type": "memberOf", "expression": "attribute:rack == \${rack}"}\``],
  ["a.ts", `x = '{"type": "memberOf", "expression": "attribute:rack == ' + rack + '"}'`],
  ["a.ts", `x = "${shorthand}'attribute:rack == " + rack + "'"`],
  ["a.py", `x = '{"type": "memberOf", "expression": "attribute:rack == ' + rack + '"}'`],
  ["a.py", `x = f'${shorthand}"attribute:rack == {racks["a"]}"'`],
  ["a.py", `x = f'{{"type": "memberOf", "expression": "attribute:rack == {rack:>4}"}}'`],
  ["a.py", `x = {"type": "memberOf", "expression": "attribute:rack == {rack}"}`],
  ["a.py", `x = {"type": "memberOf", "expression": "attribute:rack == %(rack)s"} # placement`],
  ["a.go", 'x := `{"type": "memberOf", "expression": "attribute:rack == ` + rack + `"}`'],
  ["a.go", 'x := `{"type": "memberOf", "expression": "attribute:rack == {{.Rack}}"}`'],
  ["a.go", 'x := `type = "memberOf"\nexpression = "attribute:rack in [${data.racks.all.names[0]}, b]"`'],
  ["a.go", 'x := `type = "memberOf"\nexpression = "attribute:rack == %[1]q"`'],
  // What somebody fills in.
  ["a.ts", "ecs.PlacementConstraint.memberOf('attribute:rack == <rack>')"],
  ["a.sh", `echo 'x ${shorthand}"attribute:rack == <value>"'`],
  // A word that stands for any text, and what a reference shows.
  ["a.py", "placementConstraints=[{'type': 'memberOf', 'expression': 'string'}]"],
  ["a.py", "ecs.list_container_instances(filter='string')"],
  ["a.go", 'x := PlacementConstraint{Type: "memberOf", Expression: "voluptatem"}'],
  ["a.ts", `/*\n  ecs.PlacementConstraint.memberOf('attribute:rack = a')\n*/`],
  ["a.py", `def f():\n  """Places it:\n  x(type='memberOf', expression='attribute:rack = a')\n  """`],
];

for (const [file, text] of computed)
  test(`nothing is read in ${file}: ${text}`, () => assert.deepEqual(expressions(file, text), []));

const whole: readonly (readonly [string, string, string])[] = [
  ["a.sh", `${filter}"attribute:rack == $RACK" --query x`, "attribute:rack == $RACK"],
  ["a.sh", `${filter}"attribute:rack == \${RACK:-a}" || exit 1`, "attribute:rack == ${RACK:-a}"],
  ["a.sh", `${filter}"ec2InstanceId == $(hostname)"`, "ec2InstanceId == $(hostname)"],
  ["a.sh", `${filter}'attribute:rack =~ a$'`, "attribute:rack =~ a$"],
  ["a.sh", `x=$(${filter}"attribute:rack == a")`, "attribute:rack == a"],
  ["a.sh", `${shorthand}'attribute:rack == a' \\\n  --count 1`, "attribute:rack == a"],
  ["a.sh", `x "type=memberOf,expression='attribute:rack == a'" # placement`, "attribute:rack == a"],
  ["a.sh", json(`"attribute:rack == '$RACK'"`), "attribute:rack == '$RACK'"],
  ["a.py", `${member}("attribute:rack == a")  # where\nx = "b"`, "attribute:rack == a"],
  ["a.ts", "ecs.PlacementConstraint.memberOf('attribute:rack == a' /* where */)", "attribute:rack == a"],
  ["a.ts", "ecs.PlacementConstraint.memberOf('attribute:rack =~ a{2,3}')", "attribute:rack =~ a{2,3}"],
  [
    "a.go",
    "x := PlacementConstraint_MemberOf(jsii.String(`attribute:rack =~ \\p{Lu}.+`))",
    "attribute:rack =~ \\p{Lu}.+",
  ],
  // Neither is a comment: a path, and a long text that is a value.
  [
    "a.ts",
    `const p = 'arn:a/*';\necs.PlacementConstraint.memberOf('attribute:rack == a')`,
    "attribute:rack == a",
  ],
  ["a.py", `x = """\na\n"""\n${member}("attribute:rack == a")\ny = """b"""`, "attribute:rack == a"],
  ["a.py", `"""\na\n"""\n${member}("attribute:rack == a")\n"""b"""`, "attribute:rack == a"],
];

for (const [file, text, expected] of whole)
  test(`${expected} is read in ${file}: ${text}`, () =>
    assert.deepEqual(expressions(file, text), [expected]));
