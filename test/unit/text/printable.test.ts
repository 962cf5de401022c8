import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { marked, withEscapeSequences } from "../../../server/src/cli/output/colors";
import { sarifLog } from "../../../server/src/cli/output/sarif";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import {
  isPrintable,
  printable,
  printableJson,
  printableLines,
} from "../../../server/src/core/text/printable";
import { awsCliCommands } from "../../../server/src/ecs/deploy/awsCliCommands";

/** One of each kind: C0, DEL, C1, bidi, zero-width, byte order mark, separator, tag, lone surrogate, noncharacter. */
const unseen = [
  "\u001b",
  "\u0000",
  "\u007f",
  "\u009b",
  "\u202e",
  "\u2066",
  "\u061c",
  "\u200b",
  "\u2060",
  "\ufeff",
  "\u2028",
];
const rare = ["\u{e0041}", "\ud800", "\ufdd0", "\u00ad", "\u3164"];

test("every character that cannot be seen is written out", () => {
  for (const it of [...unseen, ...rare]) {
    assert.match(printable(`a${it}b`), /^a\\u\{[0-9a-f]+\}b$/u);
    assert.ok(!isPrintable(it));
  }
  assert.equal(printable("a\nb"), "a\\u{a}b");
  assert.equal(printableLines("a\n\tb\r"), "a\n\tb\\u{d}");
  assert.ok(isPrintable("plain – “größe” 😀"));
});

test("JSON keeps its value and shows only what can be seen", () => {
  const value = { text: [...unseen, ...rare].join("x"), "\u202ekey": "\n" };
  const json = printableJson(JSON.stringify(value, undefined, 2));
  assert.deepEqual(JSON.parse(json), value);
  assert.ok(isPrintable(json.replaceAll("\n", "")));
});

test("only our own colors become escape sequences", () => {
  const text = withEscapeSequences(`${marked("red", "a\u001b[2Jb")}\u001b]0;x\u0007`, printableLines);
  assert.equal(text, "\u001b[31ma\\u{1b}[2Jb\u001b[0m\\u{1b}]0;x\\u{7}");
});

test("a command with characters that cannot be seen is one readable line and means the same", () => {
  const expression = "attribute:a == \u001b]0;owned\u0007\u202e'x'\n";
  const request = {
    cluster: "c\u009b1",
    steps: ["register", "createService", "verify"],
    taskDefinition: { family: "f\u200b", placementConstraints: [{ type: "memberOf", expression }] },
  } as const;
  const commands = awsCliCommands(request, { profile: "p\u001b[31m'q", region: "r" });
  assert.equal(commands.length, 4);
  for (const it of commands) assert.ok(isPrintable(it), JSON.stringify(it));
  const words = (command: string) =>
    execFileSync("sh", ["-c", `aws() { for it; do printf '%s\\0' "$it"; done; }\n${command}`], {
      encoding: "utf8",
    }).split("\0");
  const [register = "", , list = ""] = commands;
  assert.deepEqual(JSON.parse(words(register)[3] ?? ""), request.taskDefinition);
  assert.equal(words(register)[5], "p\u001b[31m'q");
  assert.deepEqual(JSON.parse(words(list)[3] ?? ""), {
    cluster: request.cluster,
    status: "ACTIVE",
    filter: expression,
  });
});

test("a SARIF message has no link and no argument of its own", () => {
  const image = "[x](https://e.example) {0}";
  const text = JSON.stringify({
    family: "a",
    containerDefinitions: [{ name: image, image: "a", memory: 64 }],
  });
  const document = openResource("a.taskdef.json", text);
  const log = JSON.stringify(sarifLog([{ document, diagnostics: validateDocument(document) }], "1.0.0"));
  const messages = [...log.matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)].map(([, it = ""]) =>
    JSON.parse(`"${it}"`),
  );
  const quoting = messages.filter((it) => it.includes("e.example"));
  assert.ok(quoting.length > 0);
  for (const it of quoting) {
    assert.ok(it.includes("\\[x\\](https"), it);
    assert.ok(!/(?<!\{)\{\d+\}(?!\})/.test(it), it);
  }
});
