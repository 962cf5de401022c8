import assert from "node:assert/strict";
import { test } from "node:test";
import { readClusterText } from "../../../server/src/core/cluster/readClusterText";
import { addConstraint } from "../../../server/src/core/language/expressions/addConstraint";
import {
  type ExpressionHelp,
  type ExpressionOffer,
  expressionHelp,
} from "../../../server/src/core/language/expressions/expressionHelp";
import { plainSnippet } from "../../../server/src/core/language/plainSnippet";
import { openResource } from "../../../server/src/core/resources/resource";
import type { DaemonService } from "../../../server/src/core/scheduler/placement";
import { readTrial, withTrial } from "../../../server/src/core/simulation/trialConstraint";
import { atCursor } from "../../support/cursor";

const fleet = {
  groups: [
    { count: 3, instanceType: "m5.large", zones: ["eu-west-1a"], attributes: { env: "prod" } },
    { count: 2, instanceType: "c5.xlarge", zones: ["eu-west-1b"], attributes: { env: "dev" } },
  ],
};
const { cluster } = readClusterText("five.ecs-fleet.json", JSON.stringify(fleet));

function helpAt(
  marked: string,
  from: { readonly cluster: typeof cluster | undefined } = { cluster },
): ExpressionHelp {
  const { text, offset } = atCursor(marked);
  return expressionHelp(text, offset, { ...from, serviceNames: ["web"], families: [], severities: [] });
}

/** The text after an offer was taken, with the caret in it. */
function taken(marked: string, label: string): string {
  const { text } = atCursor(marked);
  const offer = helpAt(marked).offers.find((it) => it.label === label);
  assert.ok(offer, `${label} is not offered at ${marked}`);
  return withCaret(text, offer);
}

function withCaret(text: string, { replace, newText, caret }: ExpressionOffer): string {
  return `${text.slice(0, replace.start)}${newText.slice(0, caret)}|${newText.slice(caret)}${text.slice(replace.end)}`;
}

test("an expression is counted on the cluster, and not without one", () => {
  assert.equal(helpAt("attribute:env == prod$0").selects, "3 of 5");
  assert.equal(helpAt("attribute:env == prod$0").isSound, true);
  assert.equal(helpAt("attribute:env == prod$0", { cluster: undefined }).selects, undefined);
});

test("an empty text is neither sound nor a mistake, and is offered what may begin an expression", () => {
  const { isSound, problems, offers, hover } = helpAt("  $0");
  assert.deepEqual([isSound, problems, hover], [false, [], undefined]);
  assert.equal(offers[0]?.label, "attribute:env");
  assert.equal(offers[0]?.detail, "5 of 5");
});

test("a mistake is underlined where it stands, with the name that is meant", () => {
  const { isSound, selects, problems } = helpAt("attribute:env === prod$0");
  assert.equal(isSound, false);
  assert.equal(selects, undefined);
  const [problem] = problems;
  assert.equal(problem?.severity, "error");
  assert.deepEqual(problem?.span, { start: 14, end: 17 });
  assert.equal(problem?.fixes[0]?.edits[0]?.newText, "==");
});

test("a name that no instance has is asked after, and the expression can be tried all the same", () => {
  const { isSound, problems } = helpAt("attribute:evn == prod$0");
  assert.equal(isSound, true);
  assert.ok(problems.some((it) => it.severity !== "error" && it.message.includes("env")));
});

test("a setting that silences an error does not make the expression sound", () => {
  const { text, offset } = atCursor("attribute:env === prod$0");
  const severities = [{ code: "*", severity: "off" as const }];
  const { isSound, problems } = expressionHelp(text, offset, {
    cluster,
    serviceNames: [],
    families: [],
    severities,
  });
  assert.deepEqual([isSound, problems], [false, []]);
});

test("values are offered with how many instances have them, narrowed by what is typed", () => {
  const labels = (marked: string) => helpAt(marked).offers.map((it) => `${it.label} ${it.detail}`);
  assert.deepEqual(labels("attribute:env == $0"), ["prod 3 of 5", "dev 2 of 5"]);
  assert.deepEqual(labels("attribute:env == d$0"), ["dev 2 of 5"]);
  assert.deepEqual(labels("attribute:env == nothing$0"), []);
  assert.equal(helpAt("type$0").offers[0]?.label, "attribute:ecs.instance-type");
  assert.equal(helpAt("env$0").offers[0]?.label, "attribute:env");
});

test("what is taken leaves the caret where one goes on typing", () => {
  assert.equal(taken("attr$0", "attribute:env"), "attribute:env |");
  assert.equal(taken("n$0", "not"), "not(|)");
  assert.equal(taken("attribute:env $0", "in"), "attribute:env in [|]");
  assert.equal(taken("attribute:env in $0", "prod"), "attribute:env in [prod|]");
  assert.equal(taken("attribute:env == $0 and x", "dev"), "attribute:env == dev| and x");
});

test("a snippet as plain text keeps its choices' first word and its escapes", () => {
  assert.deepEqual(plainSnippet("not($1)"), { text: "not()", caret: 4 });
  assert.deepEqual(plainSnippet("a\\$b ${1|x,y|} ${2:z}"), { text: "a$b x z", caret: 4 });
  assert.deepEqual(plainSnippet("plain"), { text: "plain", caret: 5 });
});

test("what stands at the caret is explained", () => {
  assert.match(helpAt("attribute:e$0nv == prod").hover?.text ?? "", /5 of 5 container instances have it/);
  assert.deepEqual(helpAt("attribute:e$0nv == prod").hover?.span, { start: 0, end: 13 });
});

const service = `{
  "serviceName": "agents",
  "taskDefinition": "agent"
}`;
const withConstraints = `{
  "serviceName": "agents",
  "placementConstraints": [
    { "type": "memberOf", "expression": "attribute:a exists" },
    { "type": "distinctInstance" },
    { "type": "memberOf", "expression": "attribute:b exists" }
  ]
}`;

function added(text: string, expression: string, replaces = false): string {
  const edits = addConstraint(openResource("a.service.json", text), expression, replaces);
  assert.ok(typeof edits !== "string", String(edits));
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((it, { span, newText }) => it.slice(0, span.start) + newText + it.slice(span.end), text);
}

test("a constraint is added to a file that has none", () => {
  const text = added(service, 'attribute:env == "prod"');
  assert.deepEqual(JSON.parse(text).placementConstraints, [
    { type: "memberOf", expression: 'attribute:env == "prod"' },
  ]);
  assert.match(text, /\n {2}"placementConstraints": \[\n {4}\{ "type"/);
});

test("a constraint is added behind others, or stands in place of their expressions", () => {
  const list = (text: string) =>
    JSON.parse(text).placementConstraints.map((it: Record<string, string>) => it.expression ?? it.type);
  assert.deepEqual(list(added(withConstraints, "attribute:c exists")), [
    "attribute:a exists",
    "distinctInstance",
    "attribute:b exists",
    "attribute:c exists",
  ]);
  assert.deepEqual(list(added(withConstraints, "attribute:c exists", true)), [
    "attribute:c exists",
    "distinctInstance",
  ]);
  assert.deepEqual(list(added('{"placementConstraints":[]}', "attribute:c exists", true)), [
    "attribute:c exists",
  ]);
});

test("a file that is full, or is no input, says so", () => {
  const full = JSON.stringify({
    serviceName: "a",
    placementConstraints: Array(10).fill({ type: "memberOf" }),
  });
  assert.match(String(addConstraint(openResource("a.service.json", full), "x", false)), /10 placement/);
  const odd = '{"serviceName":"a","placementConstraints":"none"}';
  assert.match(String(addConstraint(openResource("a.service.json", odd), "x", false)), /not a list/);
});

test("a tried constraint counts beside the others, or in place of the service's expressions", () => {
  const daemon = (
    [
      ["taskDefinition", "memberOf"],
      ["service", "memberOf"],
      ["service", "distinctInstance"],
    ] as const
  ).map(([from, type], index) => ({ from, type, index, query: undefined }));
  const of = (trial: unknown) => {
    const read = readTrial(trial);
    const tried = read && withTrial({ name: "a", constraints: daemon } as unknown as DaemonService, read);
    return tried?.constraints.map((it) => `${it.from} ${it.type}`);
  };
  assert.deepEqual(of({ expression: "attribute:a exists" }), [
    "taskDefinition memberOf",
    "service memberOf",
    "service distinctInstance",
    "trial memberOf",
  ]);
  assert.deepEqual(of({ expression: " attribute:a exists ", replaces: true }), [
    "taskDefinition memberOf",
    "service distinctInstance",
    "trial memberOf",
  ]);
  for (const nothing of [
    undefined,
    null,
    7,
    {},
    { expression: "  " },
    { expression: 3 },
    { expression: "a ===" },
  ])
    assert.equal(of(nothing), undefined);
});
