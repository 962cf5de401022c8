// Single inputs that were made to break a reader: towers of brackets, megabytes, names that objects inherit, texts that
// are hardly text, patterns that explode. Each is answered within a time that a person would still wait.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readClusterText } from "../../server/src/core/cluster/readClusterText";
import { compileQuery } from "../../server/src/core/query/evaluate";
import { explainQuery } from "../../server/src/core/query/explain";
import { parseQuery } from "../../server/src/core/query/parse/parser";
import { openResource } from "../../server/src/core/resources/resource";
import { validateDocument } from "../../server/src/core/rules/validate";
import { placeDaemon } from "../../server/src/core/scheduler/placeDaemon";
import { daemonService, taskDefinition } from "../support/builders";
import { assertInside } from "./assertInside";

/**
 * Milliseconds of the processor, whatever else the machine does; ten times what the slowest of these needs when it has
 * nothing else to do.
 */
const patience = 10_000;

function inTime<T>(what: string, work: () => T): T {
  const began = process.cpuUsage();
  const result = work();
  const took = process.cpuUsage(began).user / 1000;
  assert.ok(took < patience, `${what} took ${took.toFixed(0)} ms`);
  return result;
}

/** The codes of the findings, after a look at where they are. */
function codes(name: string, text: string): readonly string[] {
  return inTime(`${name} of ${text.length} characters`, () => {
    const findings = validateDocument(openResource(name, text), {
      onRuleFault: (codes, fault) => {
        throw new Error(`The rule of ${codes.join(", ")} failed.`, { cause: fault });
      },
    });
    for (const it of findings) assertInside(it.span, text.length, it.code);
    return findings.map((it) => it.code);
  });
}

const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const container = (index: number) => ({ name: `c${index}`, image: "a:1", memory: 64 });
const definition = (containers: readonly object[], more: object = {}) =>
  JSON.stringify({ family: "a", containerDefinitions: containers, ...more });

test("a hundred thousand nested brackets are refused, whatever hides them from a first look", () => {
  const openings = [
    "",
    "[",
    '{"containerDefinitions":',
    '["\r',
    '["\\\n"',
    "//\r",
    "[//\r\r",
    '["\\\r\n"',
    "[/*/*/",
    "{{",
    '["{{ f "x" ',
  ];
  for (const kind of ["taskdef", "service"]) {
    for (const opening of openings) {
      for (const bracket of ["[", '{"containerDefinitions":']) {
        codes(`a.${kind}.json`, opening + bracket.repeat(100_000));
        codes(`a.${kind}.json`, `${opening}${bracket.repeat(1000)}1`);
      }
    }
  }
  for (const tower of ["[", '{"a":', "//\n[", '{"containerInstances":[']) {
    inTime("a cluster file", () => readClusterText("a.ecs-cluster.json", tower.repeat(100_000)));
    inTime("a fleet file", () => readClusterText("a.ecs-fleet.json", `{"groups":${tower.repeat(100_000)}`));
  }
});

/** Those of two million characters are for the long run of `npm run fuzz`. */
const lengths = process.env.FUZZ_LONG === undefined ? [1900, 99_000] : [1900, 99_000, 2_000_000];

test("expressions of a hundred thousand parentheses, nots or anything else are read and evaluated", () => {
  const pieces = [
    "(",
    ")",
    "not ",
    "not(",
    "!",
    "a ",
    "and ",
    "[",
    "]",
    ",",
    "'",
    '"',
    "attribute:",
    "=~",
    "{{",
    "attribute:a == b and ",
    "attribute:a == b or ",
    "not (attribute:a == b) or (",
    "attribute:a in [a, ",
  ];
  for (const piece of pieces) {
    for (const length of lengths) {
      const text = piece.repeat(Math.ceil(length / piece.length));
      inTime(`${length} times ${piece}`, () => {
        const query = parseQuery(text);
        for (const it of query.problems) assertInside(it.span, text.length, it.code);
        const target = { attributes: new Map([["a", "b"]]) };
        assert.equal(explainQuery(query, target).truth, compileQuery(query.tree)(target));
      });
    }
    codes("a.ecsquery", piece.repeat(20_000));
    codes(
      "a.taskdef.json",
      definition([container(0)], {
        placementConstraints: [{ type: "memberOf", expression: piece.repeat(5000) }],
      }),
    );
  }
});

test("patterns that explode elsewhere are linear, and those that are too large are unknown", () => {
  const patterns = [
    "(a+)+$",
    "(a|aa)+$",
    "(a*)*b",
    "(.*)*x",
    "(a|a)*b",
    "([a-z]+)*$",
    "(a?){500}a{500}",
    "(a?b?){160}",
    "a{1000}".repeat(250),
    "(?:(?:[ab]?){1000}){0,1}".repeat(70),
    "(a|b)*a(a|b){300}",
    "(?:".repeat(300),
  ];
  const values = ["a".repeat(128), "ab".repeat(64), `${"a".repeat(127)}!`, "a".repeat(1_000_000)];
  for (const pattern of patterns) {
    const query = parseQuery(`attribute:a =~ '${pattern}'`);
    const evaluate = compileQuery(query.tree);
    for (const value of values) {
      const truth = inTime(pattern.slice(0, 40), () => evaluate({ attributes: new Map([["a", value]]) }));
      assert.ok(truth === true || truth === false || truth === "unknown");
    }
  }
  const simple = compileQuery(parseQuery("attribute:a =~ '(a+)+$'").tree);
  assert.equal(simple({ attributes: new Map([["a", "a".repeat(128)]]) }), true);
  assert.equal(simple({ attributes: new Map([["a", `${"a".repeat(127)}!`]]) }), false);
});

test("task definitions of ten megabytes are called too large, and nothing waits for them", () => {
  const texts = {
    containers: definition(many(110_000, container)),
    "a chain of dependencies": definition(
      many(60_000, (it) => ({
        ...container(it),
        dependsOn: [{ containerName: `c${(it + 1) % 60_000}`, condition: "START" }],
      })),
    ),
    "unknown members": definition([
      { ...container(0), ...Object.fromEntries(many(400_000, (it) => [`memry${it}`, 1])) },
    ]),
  };
  for (const [what, text] of Object.entries(texts)) {
    assert.ok(codes("a.taskdef.json", text).includes("task-definition-too-large"), what);
  }
  const half = definition(
    many(3300, (it) => ({
      ...container(it),
      volumesFrom: [{ sourceContainer: `x${it}` }],
      links: [`y${it}`],
    })),
  );
  assert.ok(codes("a.taskdef.json", half).includes("task-definition-too-large"));
  for (const line of [" ", '"', ",", "$a", "<a", "{{", "{{a}} ", "\\", "/**/", "\u0000", "\ud800"]) {
    codes("a.taskdef.json", line.repeat(300_000));
    codes("a.taskdef.json", `{"containerDefinitions":"${line.repeat(300_000)}"}`);
  }
});

test("a hundred thousand container instances are read and placed", () => {
  const instances = many(100_000, (it) => ({
    containerInstanceArn: `arn:aws:ecs:us-east-1:123456789012:container-instance/c/${it}`,
    status: "ACTIVE",
    agentConnected: true,
    attributes: [{ name: "env", value: it % 3 === 0 ? "prod" : "dev" }],
    remainingResources: [
      { name: "CPU", type: "INTEGER", integerValue: 1024 },
      { name: "MEMORY", type: "INTEGER", integerValue: it % 2 === 0 ? 4096 : 64 },
    ],
  }));
  const text = JSON.stringify({ containerInstances: instances });
  const { cluster } = inTime("reading", () => readClusterText("a.ecs-cluster.json", text));
  const daemon = daemonService(["attribute:env == prod and attribute:env =~ '(p|r|o|d)+'"], taskDefinition());
  const { summary } = inTime("placing", () => placeDaemon(daemon, cluster));
  assert.deepEqual(
    [summary.instances, summary.place, summary.blocked, summary.excluded],
    [100_000, 16_667, 16_667, 66_666],
  );
  const fleet = inTime("a fleet", () =>
    readClusterText(
      "a.ecs-fleet.json",
      '{"groups":[{"count":1e300},{"count":100000,"instanceType":"m5.large"},{"count":100000,"instanceType":"m5.large"}]}',
    ),
  );
  assert.equal(fleet.cluster.instances.length, 100_000);
});

test("names that every object inherits are names like any other", () => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"]) {
    const text = `{"family": "a", "${name}": {"x": 1}, "containerDefinitions": [{"name": "${name}", "image": "a", "memory": 64,
      "${name}": 1, "dockerLabels": {"${name}": "y"}, "environment": [{"name": "${name}", "value": "x"}], "links": ["${name}"],
      "logConfiguration": {"logDriver": "${name}", "options": {"${name}": "z"}}, "ulimits": [{"name": "${name}", "softLimit": 1, "hardLimit": 1}],
      "dependsOn": [{"containerName": "${name}", "condition": "${name}"}], "resourceRequirements": [{"type": "${name}", "value": "1"}]}],
      "networkMode": "${name}", "runtimePlatform": {"operatingSystemFamily": "${name}", "cpuArchitecture": "${name}"},
      "volumes": [{"name": "${name}", "${name}": {}}], "placementConstraints": [{"type": "${name}", "expression": "attribute:${name} exists"}]}`;
    const found = codes("a.taskdef.json", text);
    assert.ok(found.filter((it) => it === "unknown-member").length >= 2, `${name}: ${found}`);
    const { cluster } = readClusterText(
      "a.ecs-cluster.json",
      `{"containerInstances": [{"containerInstanceArn": "arn:aws:ecs:us-east-1:1:container-instance/c/${name}", "status": "ACTIVE",
      "${name}": 1, "attributes": [{"name": "${name}", "value": "v"}], "remainingResources": [{"name": "${name}", "integerValue": 1}]}]}`,
    );
    assert.deepEqual(
      cluster.instances.map((it) => [it.id, it.attributes.get(name)]),
      [[name, "v"]],
    );
    const placed = placeDaemon(daemonService([`attribute:${name} == v`]), cluster);
    assert.ok(placed.instances[0]?.reasons.every((it) => it.filter !== "constraints"));
    const other = placeDaemon(
      daemonService([`attribute:${name === "valueOf" ? "toString" : "valueOf"} exists`]),
      cluster,
    );
    assert.equal(other.instances[0]?.verdict, "excluded");
  }
  assert.deepEqual(Object.keys(Object.prototype), []);
});

test("texts that are hardly texts are documents like any other", () => {
  const good = definition([container(0)]);
  const bytes = Buffer.from(good);
  const variants: readonly string[] = [
    "",
    " ",
    "\n",
    "\ufeff",
    "\u0000",
    "\ud800",
    "null",
    "0",
    '""',
    "[]",
    "{}",
    "true",
    "1e999999",
    "-",
    "\\",
    "\ufeff{}",
    good.replaceAll("a:1", "\ud800\udfff\udc00"),
    good.replaceAll("64", "1e400"),
    good.replaceAll("64", "9".repeat(10_000)),
    good.replaceAll("64", `0.${"0".repeat(100_000)}1`),
    good.slice(0, -1),
    `${good}\u0000`,
    `${good}${good}`,
    bytes.toString("utf16le"),
    bytes.toString("latin1"),
    Buffer.from(good, "utf16le").toString("latin1"),
    good.replace('"family"', '"family":"b","family"'),
  ];
  for (const name of [
    "a.taskdef.json",
    "a.service.json",
    "a.ecs-cluster.json",
    "a.ecs-fleet.json",
    "a.ecsquery",
    "a.daemon.json",
    "a.daemon-taskdef.json",
    "a.json",
  ]) {
    for (const text of variants) {
      codes(name, text);
      readClusterText(name, text);
    }
  }
  for (const layout of [
    good,
    `\ufeff${good}`,
    `\r\n${good}\r\n`,
    JSON.stringify(JSON.parse(good), null, "\t").replaceAll("\n", "\r\n"),
  ]) {
    assert.deepEqual(codes("a.taskdef.json", layout), []);
  }
  assert.deepEqual(codes("a.taskdef.json", `${good}\u0000`), ["json-syntax"]);
});
