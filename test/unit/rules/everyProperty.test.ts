// Every property of the API model, with values of its type and of others, at its limits and beyond them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type InputOperation, inputShape, shapeNamed } from "../../../server/src/core/api/apiModel";
import type { Shape } from "../../../server/src/core/api/apiShape";
import { rangeWords } from "../../../server/src/core/rules/shape/shapeLimits";
import { afterFix, diagnosticsOf, text, textOf, times, unknown } from "../../support/checkedInputs";

interface Place {
  readonly name: string;
  readonly owner: string;
  readonly shapeName: string;
  readonly shape: Shape;
  /** The input with this in the place of the property's value. */
  readonly around: (value: unknown) => object;
}

const files: Readonly<Partial<Record<InputOperation, string>>> = {
  registerTaskDefinition: "agent.taskdef.json",
  createService: "agent.service.json",
  registerDaemonTaskDefinition: "agent.daemon-taskdef.json",
  createDaemon: "agent.daemon.json",
  createCapacityProvider: "a.capacity-provider.json",
};
/** What makes a file of each name one of its kind, whatever else it has. */
const signs: Readonly<Partial<Record<InputOperation, object>>> = {
  createService: { serviceName: "agent", taskDefinition: "agent" },
  createDaemon: {
    daemonName: "agent",
    capacityProviderArns: ["arn:aws:ecs:eu-west-1:123456789012:capacity-provider/a"],
  },
};

function placesIn(
  shapeName: string,
  around: (value: unknown) => object,
  above: readonly string[] = [],
): readonly Place[] {
  if (above.includes(shapeName)) return [];
  const { type, members, item } = shapeNamed(shapeName);
  const inner = [...above, shapeName];
  if (type === "list" && item !== undefined) return placesIn(item, (value) => around([value]), inner);
  if (type !== "structure") return [];
  return Object.entries(members ?? {}).flatMap(([name, own]) => {
    const here = (value: unknown) => around({ [name]: value });
    return [
      { name, owner: shapeName, shapeName: own, shape: shapeNamed(own), around: here },
      ...placesIn(own, here, inner),
    ];
  });
}

/** Each property of each shape once, in the first input that has it. */
const places: readonly (Place & { readonly file: string; readonly what: string })[] = [
  ...new Map(
    (Object.entries(files) as [InputOperation, string][]).flatMap(([operation, file]) =>
      placesIn(inputShape(operation), (value) => ({ ...signs[operation], ...(value as object) })).map(
        (it) => {
          const what = `${it.owner}.${it.name}`;
          return [what, { ...it, file, what }] as const;
        },
      ),
    ),
  ).values(),
];

function eachPlace(
  check: (place: Place, found: (value: unknown) => readonly string[], what: string, file: string) => void,
): void {
  for (const it of places) check(it, (value) => lineOf(it.around(value), it.file), it.what, it.file);
}

const form: ReadonlySet<string> = new Set([
  "wrong-type",
  "unknown-value",
  "number-out-of-range",
  "text-length",
]);

/** What is said of the form of values. */
function lineOf(document: object, file: string): readonly string[] {
  const whole = textOf(document);
  return diagnosticsOf(document, {}, file)
    .filter((it) => form.has(it.code))
    .map(({ code, span, fixes = [] }) => {
      const titles = fixes.map((it) => (it.safe ? `!${it.title}` : it.title)).join(" | ");
      return `${code} at ${whole.slice(span.start, span.end).replace(/\s+/g, " ")}${titles && `: ${titles}`}`;
    });
}

/** Properties whose values have diagnostics of their own. */
const own = new Set([
  "tags",
  "secrets",
  "environment",
  "environmentFiles",
  "dockerLabels",
  "options",
  "repositoryCredentials",
]);

test("each value of an enumeration is taken, and another one is not", () => {
  let count = 0;
  eachPlace(({ shapeName, shape, name }, found, what, file) => {
    if (shape.enum === undefined || ["TransportProtocol"].includes(shapeName)) return;
    count += 1;
    for (const it of [...shape.enum, unknown]) assert.deepEqual(found(it), [], `${what} ${it}`);
    const [line = ""] = found("zzzzzz");
    const only = shape.enum.length === 1 ? `: Change to '${shape.enum[0]}'` : "";
    assert.equal(line, `unknown-value at "zzzzzz"${only}`, what);
    for (const it of shape.enum) {
      if (it.length < 5 || file.startsWith("a.cap") || name === "type") continue;
      const [slip = ""] = found(`${it.slice(0, 2)}${it.slice(3)}`);
      assert.ok(slip.includes(": !Change to '") || slip === "", `${what} ${slip}`);
    }
  });
  assert.ok(count > 30);
});

test("numbers are integers of 32 bits, and flags are true or false", () => {
  let count = 0;
  eachPlace(({ shape, name, owner, around }, found, what, file) => {
    if (shape.type === "boolean") {
      count += 1;
      for (const it of [true, false, unknown]) assert.deepEqual(found(it), [], what);
      for (const [it, to] of [
        ["true", true],
        ["yes", true],
        ["on", true],
        ["false", false],
        ["no", false],
        ["off", false],
      ] as const) {
        assert.deepEqual(found(it), [`wrong-type at "${it}": !Change to ${to}`], what);
        assert.deepEqual(afterFix(around(it), `Change to ${to}`, file), around(to), what);
      }
      for (const it of ["maybe", 1])
        assert.deepEqual(found(it), [`wrong-type at ${JSON.stringify(it)}`], what);
    } else if (shape.type === "integer" || shape.type === "long") {
      count += 1;
      const middle = Math.max(shape.min ?? 60, 60);
      assert.deepEqual(found(String(middle)), [`wrong-type at "${middle}": !Change to ${middle}`], what);
      for (const it of ["many", "1.5", ...(name === "resolutionSeconds" ? [] : [60.5]), true, [], {}])
        assert.equal(found(it)[0]?.split(" ")[0], "wrong-type", `${what} ${JSON.stringify(it)}`);
      assert.deepEqual(found(unknown), [], what);
      if (
        shape.type === "long" ||
        [
          "containerPort",
          "hostPort",
          "interval",
          "retries",
          "restartAttemptPeriod",
          "sizeInGiB",
          "startPeriod",
          "timeout",
        ].includes(name)
      )
        return;
      const line = (value: number) => found(value).filter((it) => it.startsWith("number-out-of-range"));
      for (const it of [2_147_483_648, -2_147_483_649])
        assert.deepEqual(line(it), [`number-out-of-range at ${it}`], `${what} ${owner}`);
    }
  });
  assert.ok(count > 60);
});

test("numbers, lists and texts have the ends of the API model", () => {
  const elsewhere = new Set(["TagKey", "TagValue", "Tags", "HealthyPercentInteger", "DaemonDrainPercent"]);
  let count = 0;
  eachPlace(({ shape, shapeName, name }, found, what) => {
    const { min, max } = shape;
    if (elsewhere.has(shapeName) || own.has(name) || (min === undefined && max === undefined)) return;
    const code = shape.type === "string" || shape.type === "list" ? "text-length" : "number-out-of-range";
    const of = (size: number) => {
      const value =
        shape.type === "string" ? text(size) : shape.type === "list" ? times(size, () => unknown) : size;
      return found(value).filter((it) => it.startsWith(`${code} `)).length;
    };
    // What is only narrower in the rules' own ranges is not about the ends of the model.
    if (of(min ?? 0) > 0 || of(max ?? min ?? 0) > 0 || (max ?? 0) > 100_000) return;
    count += 1;
    if (min !== undefined && (min > 0 || shape.type === "integer"))
      assert.equal(of(min - 1), 1, `${what} ${min - 1}`);
    if (min === undefined) assert.equal(of(0), 0, `${what} 0`);
    if (max !== undefined) assert.equal(of(max + 1), 1, `${what} ${max + 1}`);
  });
  assert.ok(count > 10, `${count}`);
  assert.deepEqual([{ min: 1, max: 5 }, { min: 1 }, { max: 5 }].map(rangeWords), [
    "1 to 5",
    "at least 1",
    "at most 5",
  ]);
});

test("lists, objects and texts are told from each other", () => {
  let count = 0;
  eachPlace(({ shape, name }, found, what) => {
    if (name === "tags" || name === "environment") return;
    const first = (value: unknown) => found(value)[0]?.split(" ")[0];
    if (shape.type === "list") {
      count += 1;
      for (const it of [1, true]) assert.equal(first(it), "wrong-type", what);
      const takesTexts = shapeNamed(shape.item ?? "").type === "string";
      assert.equal(
        found("word")[0],
        takesTexts ? 'wrong-type at "word": Change to a list' : 'wrong-type at "word"',
        what,
      );
      assert.deepEqual(found(unknown), [], what);
    } else if (shape.type === "structure" || shape.type === "map") {
      count += 1;
      for (const it of [1, true, "word", [1]])
        assert.equal(first(it), "wrong-type", `${what} ${JSON.stringify(it)}`);
      assert.deepEqual(found(unknown), [], what);
    } else if (shape.type === "string") {
      count += 1;
      for (const it of [[], {}]) assert.equal(first(it), "wrong-type", what);
      if (shape.enum === undefined && !own.has(name))
        assert.match(found(5)[0] ?? "", /^wrong-type at 5: !Change (?:to "5"|its type)$/, what);
    }
  });
  assert.ok(count > 150, `${count}`);
});

test("a letter too few in the name of a property is seen, and mended", () => {
  let count = 0;
  eachPlace(({ name, around }, _, what, file) => {
    if (name.length < 8) return;
    const slip = name.slice(0, 3) + name.slice(4);
    const rename = (value: object): object =>
      JSON.parse(JSON.stringify(value).replace(`"${name}":"${unknown}"`, `"${slip}":"${unknown}"`));
    const document = rename(around(unknown));
    if (JSON.stringify(document) === JSON.stringify(around(unknown))) return;
    const [diagnostic] = diagnosticsOf(document, {}, file).filter((it) => it.code === "misspelt-member");
    if (diagnostic === undefined) return;
    count += 1;
    const whole = textOf(document);
    assert.equal(whole.slice(diagnostic.span.start, diagnostic.span.end), `"${slip}"`, what);
    assert.ok(diagnostic.message.includes(`'${slip}'`), what);
    assert.equal(diagnostic.fixes?.length, 1, what);
  });
  assert.ok(count > 120, `${count}`);
});
