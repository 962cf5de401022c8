// What is copied from the panel means nothing but itself where it is pasted.

import assert from "node:assert/strict";
import { test } from "node:test";
import { exportText } from "../../../client/webview/table/exportText";

type Rows = Parameters<typeof exportText>[0];
const rowsOf = (id: string, message = "") =>
  [{ id, verdict: "excluded", reasons: [{ message }] }] as unknown as Rows;

test("Markdown shows images, links, HTML and names as text", () => {
  const text = exportText(
    rowsOf(
      "![x](https://e.example/a.png)",
      "<img src=x> @octocat/team [a](https://e.example) `a|b ![c](d)` #1",
    ),
    "markdown",
    "Lands on <b>0</b> of @me",
  );
  assert.ok(!/<(?:img|b)/.test(text), text);
  const outsideCode = text.replace(/(?<!\\)`[^`]*`/g, "");
  assert.ok(!/(?<!\\)\[/.test(outsideCode), text);
  assert.ok(!/@[a-z]/.test(outsideCode), text);
  assert.match(text, /`@octocat\/team`/);
  assert.match(text, /`a\\\|b !\[c\]\(d\)`/);
});

test("no part of a CSV cell is a formula, whatever separates cells", () => {
  for (const it of [
    "=1+1",
    " =1+1",
    "\t=1",
    "+1",
    "-1",
    "@SUM(1)",
    "＝1+1",
    "a;=1+1",
    "a; =1+1",
    "\u00a0=1",
    "a\n=1",
  ]) {
    const [, line = ""] = exportText(rowsOf(it), "csv", "").split("\r\n");
    const cell = /^excluded,(?:"((?:[^"]|"")*)"|([^,]*)),/s.exec(line);
    const content = (cell?.[1] ?? cell?.[2] ?? "").replaceAll('""', '"');
    assert.ok(content.includes("'"), `${JSON.stringify(it)}: ${line}`);
    assert.ok(!/(^|[;\t\n])\s*[=+\-@＝]/.test(content), `${JSON.stringify(it)}: ${line}`);
  }
  assert.match(exportText(rowsOf("i-1", "a-b; c"), "csv", ""), /"a-b; c"/);
});
