import assert from "node:assert/strict";
import { test } from "node:test";
import { measureFunctions } from "../../support/functionSizes";

test("functions, methods and arrow functions are measured from head to brace, and other blocks are none", () => {
  const text = [
    "export function first(",
    "  one: string,",
    "): void {",
    "  if (one) {",
    "    again();",
    "  }",
    "}",
    "",
    "class Box {",
    "  private open(): void {",
    "    for (const it of all) {",
    "      it();",
    "    }",
    "  }",
    "}",
    "",
    "const last = (it: number) => {",
    "  return it;",
    "};",
  ].join("\n");
  assert.deepEqual(measureFunctions(text), [
    { name: "first", lines: 7 },
    { name: "open", lines: 5 },
    { name: "last", lines: 3 },
  ]);
});
