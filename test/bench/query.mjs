// The query language against compiled and interpreted expression engines: parse, evaluate, explain.

import { plainInstances } from "./fleets.mjs";
import { takeTurns } from "./measure.mjs";
import { importPeer } from "./peers.mjs";

const expression = "attribute:env == prod and attribute:ecs.instance-type =~ m5.*";

function targetsOf(instances) {
  return instances.map((it) => ({
    attributes: new Map([
      ["env", it.env],
      ["ecs.instance-type", it.instanceType],
      ["ecs.availability-zone", it.zone],
      ["unique", it.unique],
    ]),
    agentConnected: true,
  }));
}

/** Runs `test` over all and fails loudly where the engines disagree: a fast wrong answer proves nothing. */
function counting(items, test, expected, name) {
  return () => {
    let count = 0;
    for (const item of items) if (test(item) === true) count++;
    if (count !== expected) throw new Error(`${name} selects ${count} instead of ${expected}.`);
  };
}

export async function queryRows({ core }) {
  const { parseQuery, compileQuery, explainQuery } = core;
  const plain = plainInstances(100_000);
  const targets = targetsOf(plain);
  const expected = plain.filter((it) => it.env === "prod" && it.instanceType.startsWith("m5")).length;

  const filtrex = await importPeer("filtrex");
  const compileExpression = filtrex.compileExpression ?? filtrex.default.compileExpression;
  const filtrexTest = compileExpression('env == "prod" and matches(instanceType)', {
    extraFunctions: { matches: (text) => /^m5/.test(text) },
  });
  const cel = await importPeer("@marcbachmann/cel-js");
  const celTest = cel.parse('env == "prod" && instanceType.matches("^m5.*")');
  const actions = await importPeer("@actions/expressions");
  const actionsText = "i.env == 'prod' && startsWith(i.instanceType, 'm5')";
  const actionsTree = () =>
    new actions.Parser(new actions.Lexer(actionsText).lex().tokens, ["i"], []).parse();
  const text = (value) => new actions.data.StringData(value);
  const contexts = plain.map(
    (it) =>
      new actions.data.Dictionary({
        key: "i",
        value: new actions.data.Dictionary(
          { key: "env", value: text(it.env) },
          { key: "instanceType", value: text(it.instanceType) },
        ),
      }),
  );
  const tree = actionsTree();

  const parsed = parseQuery(expression);
  const compiled = compileQuery(parsed.tree);
  const evaluated = await takeTurns({
    ours: counting(targets, compiled, expected, "ecs-daemon"),
    filtrex: counting(plain, (it) => filtrexTest(it), expected, "filtrex"),
    "cel-js": counting(plain, (it) => celTest(it), expected, "cel-js"),
  });

  const unique = compileQuery(parseQuery("attribute:unique =~ m5.*9").tree);
  const uniqueExpected = plain.filter((it) => /^m5.*9$/.test(it.unique)).length;
  const filtrexUnique = compileExpression("matches(unique)", {
    extraFunctions: { matches: (it) => /^m5.*9$/.test(it) },
  });
  const allUnique = await takeTurns({
    ours: counting(targets, unique, uniqueExpected, "ecs-daemon"),
    filtrex: counting(plain, (it) => filtrexUnique(it), uniqueExpected, "filtrex"),
  });

  const explained = await takeTurns(
    {
      ours: counting(targets, (it) => explainQuery(parsed, it).truth, expected, "ecs-daemon"),
      "@actions/expressions": counting(
        contexts,
        (it) => new actions.Evaluator(tree, it).evaluate().coerceString() === "true",
        expected,
        "@actions/expressions",
      ),
    },
    { rounds: 7 },
  );

  const sixty = "attribute:env == prod and attribute:ecs.instance-type == m5";
  const sixtyActions = "i.env == 'prod' && startsWith(i.instanceType, 'm5.large') ";
  const repeat = (run) => () => {
    for (let index = 0; index < 10_000; index++) run();
  };
  const parsing = await takeTurns({
    ours: repeat(() => parseQuery(sixty)),
    "@actions/expressions": repeat(() =>
      new actions.Parser(new actions.Lexer(sixtyActions).lex().tokens, ["i"], []).parse(),
    ),
  });

  return [
    {
      what: "evaluate an expression over 100,000 instances",
      times: evaluated,
      target: 1 / 1.5,
      against: "filtrex",
    },
    { what: "the same", times: evaluated, target: 1, against: "cel-js" },
    { what: "a pattern over 100,000 unique values", times: allUnique, against: "filtrex" },
    {
      what: "the expression with its full explanation per clause, 100,000 instances",
      times: explained,
      target: 1,
      against: "@actions/expressions",
    },
    {
      what: "parse a 60-character expression, 10,000 times",
      times: parsing,
      target: 0.5,
      against: "@actions/expressions",
    },
  ];
}
