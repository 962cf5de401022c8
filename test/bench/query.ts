// The query language against compiled and interpreted expression engines: parse, evaluate, explain.

import { compileQuery } from "../../server/src/core/query/evaluate";
import { explainQuery } from "../../server/src/core/query/explain";
import { parseQuery } from "../../server/src/core/query/parse/parser";
import { plainInstances } from "./fleets";
import { roundsFor, type Side, takeTurns } from "./measure";
import { importPeer } from "./peers";
import type { BenchOptions, Row } from "./section";

type Plain = ReturnType<typeof plainInstances>[number];

const expression = "attribute:env == prod and attribute:ecs.instance-type =~ m5.*";

function targetsOf(instances: readonly Plain[]) {
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
function counting<Item>(
  items: readonly Item[],
  test: (item: Item) => unknown,
  expected: number,
  name: string,
): Side {
  return () => {
    let count = 0;
    for (const item of items) if (test(item) === true) count++;
    if (count !== expected) throw new Error(`${name} selects ${count} instead of ${expected}.`);
  };
}

/** What the peers do of the same work. */
interface Peers {
  readonly evaluate: Readonly<Record<string, Side>>;
  readonly evaluateUnique: Readonly<Record<string, Side>>;
  readonly explain: Readonly<Record<string, Side>>;
  readonly parse: Readonly<Record<string, Side>>;
}

const noPeers: Peers = { evaluate: {}, evaluateUnique: {}, explain: {}, parse: {} };

interface Filtrex {
  compileExpression(text: string, options?: object): (item: Plain) => unknown;
}
interface Cel {
  parse(text: string): (item: Plain) => unknown;
}
interface Actions {
  readonly Lexer: new (text: string) => { lex(): { readonly tokens: readonly unknown[] } };
  readonly Parser: new (
    tokens: readonly unknown[],
    contexts: readonly string[],
    functions: readonly unknown[],
  ) => { parse(): unknown };
  readonly Evaluator: new (tree: unknown, context: unknown) => { evaluate(): { coerceString(): string } };
  readonly data: {
    readonly StringData: new (text: string) => unknown;
    readonly Dictionary: new (
      ...pairs: readonly { readonly key: string; readonly value: unknown }[]
    ) => unknown;
  };
}

export async function queryRows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const plain = plainInstances(quick ? 100 : 100_000);
  const targets = targetsOf(plain);
  const expected = plain.filter((it) => it.env === "prod" && it.instanceType.startsWith("m5")).length;
  const uniqueExpected = plain.filter((it) => /^m5.*9$/.test(it.unique)).length;
  const repeats = quick ? 10 : 10_000;
  const peers = quick ? noPeers : await peersOf(plain, expected, uniqueExpected, repeats);

  const parsed = parseQuery(expression);
  const compiled = compileQuery(parsed.tree);
  const byHand = ({ attributes }: (typeof targets)[number]) =>
    attributes.get("env") === "prod" && attributes.get("ecs.instance-type")?.startsWith("m5") === true;
  const evaluated = await takeTurns<string>(
    {
      ours: counting(targets, compiled, expected, "ecs-daemon"),
      "a closure written by hand": counting(targets, byHand, expected, "the closure"),
      ...peers.evaluate,
    },
    roundsFor(quick),
  );
  const unique = compileQuery(parseQuery("attribute:unique =~ m5.*9").tree);
  const allUnique = await takeTurns<string>(
    { ours: counting(targets, unique, uniqueExpected, "ecs-daemon"), ...peers.evaluateUnique },
    roundsFor(quick),
  );
  const explained = await takeTurns<string>(
    {
      ours: counting(targets, (it) => explainQuery(parsed, it).truth, expected, "ecs-daemon"),
      ...peers.explain,
    },
    roundsFor(quick, 7),
  );
  const sixty = "attribute:env == prod and attribute:ecs.instance-type == m5";
  const parsing = await takeTurns<string>(
    { ours: repeated(repeats, () => parseQuery(sixty)), ...peers.parse },
    roundsFor(quick),
  );
  return [
    {
      what: "evaluate an expression over 100,000 instances",
      times: evaluated,
      target: 1 / 1.5,
      against: "filtrex",
    },
    { what: "the same", times: evaluated, target: 1, against: "cel-js" },
    { what: "the same", times: evaluated, target: 2, against: "a closure written by hand" },
    { what: "a pattern over 100,000 unique values", times: allUnique, target: 1, against: "filtrex" },
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

function repeated(times: number, run: () => unknown): Side {
  return () => {
    for (let index = 0; index < times; index++) run();
  };
}

async function peersOf(
  plain: readonly Plain[],
  expected: number,
  uniqueExpected: number,
  repeats: number,
): Promise<Peers> {
  const filtrex = await importPeer<Filtrex & { default?: Filtrex }>("filtrex");
  const compileExpression = filtrex.compileExpression ?? filtrex.default?.compileExpression;
  const filtrexTest = compileExpression('env == "prod" and matches(instanceType)', {
    extraFunctions: { matches: (text: string) => /^m5/.test(text) },
  });
  const filtrexUnique = compileExpression("matches(unique)", {
    extraFunctions: { matches: (it: string) => /^m5.*9$/.test(it) },
  });
  const cel = await importPeer<Cel>("@marcbachmann/cel-js");
  const celTest = cel.parse('env == "prod" && instanceType.matches("^m5.*")');
  const actions = await importPeer<Actions>("@actions/expressions");
  const read = (text: string) => new actions.Parser(new actions.Lexer(text).lex().tokens, ["i"], []).parse();
  const tree = read("i.env == 'prod' && startsWith(i.instanceType, 'm5')");
  const text = (value: string) => new actions.data.StringData(value);
  const contexts = plain.map((it) => {
    const value = new actions.data.Dictionary(
      { key: "env", value: text(it.env) },
      { key: "instanceType", value: text(it.instanceType) },
    );
    return new actions.data.Dictionary({ key: "i", value });
  });
  const isTrue = (it: unknown) => new actions.Evaluator(tree, it).evaluate().coerceString() === "true";
  return {
    evaluate: {
      filtrex: counting(plain, filtrexTest, expected, "filtrex"),
      "cel-js": counting(plain, celTest, expected, "cel-js"),
    },
    evaluateUnique: { filtrex: counting(plain, filtrexUnique, uniqueExpected, "filtrex") },
    explain: { "@actions/expressions": counting(contexts, isTrue, expected, "@actions/expressions") },
    parse: {
      "@actions/expressions": repeated(repeats, () =>
        read("i.env == 'prod' && startsWith(i.instanceType, 'm5.large') "),
      ),
    },
  };
}
