// A bug in one rule or one feature costs what that one would have said: everything else arrives, and the fault is logged
// once, with the rule's codes.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { openResource } from "../../server/src/core/resources/resource";
import type { Rule } from "../../server/src/core/rules/rule";
import { rules } from "../../server/src/core/rules/rules";
import { validateDocument } from "../../server/src/core/rules/validate";
import { startClient } from "../support/protocolClient";

const uri = "file:///faulty/agent.taskdef.json";
const text =
  '{ "family": "a b", "containerDefinitions": [{ "name": "a", "image": "a", "memory": 64, "memroy": 1, "links": ["b"] }] }';

/** Makes a rule fail for the length of a test. */
function breakRule(test: TestContext, rule: Rule): void {
  test.mock.method(rule as { check: Rule["check"] }, "check", () => {
    throw new TypeError("a bug of ours");
  });
}

const codesOf = (contents: string) => validateDocument(openResource(uri, contents)).map((it) => it.code);

test("whichever rule fails, the findings of all the others arrive", (t) => {
  const all = codesOf(text);
  assert.ok(new Set(all).size >= 3, `${all}`);
  for (const rule of rules) {
    const mock = t.mock.method(rule as { check: Rule["check"] }, "check", () => {
      throw new TypeError("a bug of ours");
    });
    const faults: (readonly string[])[] = [];
    const found = validateDocument(openResource(uri, text), { onRuleFault: (codes) => faults.push(codes) });
    mock.mock.restore();
    const own = new Set<string>(rule.codes);
    assert.deepEqual(
      found.map((it) => it.code),
      all.filter((it) => !own.has(it)),
      rule.codes.join(", "),
    );
    assert.deepEqual(faults, [rule.codes]);
  }
});

test("what a rule said before it failed is kept", (t) => {
  const [first] = rules.filter((it) => it.codes.includes("bad-family"));
  assert.ok(first);
  const check = first.check;
  t.mock.method(first as { check: Rule["check"] }, "check", (...given: Parameters<Rule["check"]>) => {
    check(...given);
    throw new TypeError("a bug of ours");
  });
  assert.deepEqual(codesOf(text), codesOf(text));
  assert.ok(codesOf(text).includes("bad-family"));
});

test("the server sends the other diagnostics and logs a rule's fault once, with its codes", async (t) => {
  const [rule] = rules.filter((it) => it.codes.includes("unknown-link"));
  assert.ok(rule);
  breakRule(t, rule);
  const client = await startClient();
  client.open(uri, text);
  const first = await client.diagnostics(uri);
  for (let edit = 0; edit < 5; edit += 1) {
    client.change(uri, `${text}${" ".repeat(edit)}`);
    await client.diagnostics(uri);
  }
  const codes = first.map((it) => it.code);
  assert.ok(
    codes.includes("bad-family") && codes.includes("misspelt-member") && !codes.includes("unknown-link"),
  );
  const faults = client.log.filter((it) => it.includes("a bug of ours"));
  assert.equal(faults.length, 1, faults.join("\n"));
  assert.match(faults[0] ?? "", /unknown-link/);
  await client.close();
});

test("a feature that fails answers nothing, logs once, and leaves the others alone", async () => {
  const client = await startClient({
    environment: {
      connectEcs: () => {
        throw new Error("a bug of ours");
      },
      readFile: () => {
        throw new Error("another bug of ours");
      },
    },
  });
  client.open(uri, text);
  const cluster = { kind: "aws", cluster: "c", endpointUrl: "http://127.0.0.1:1" };
  for (let call = 0; call < 3; call += 1) {
    const answer = await client.request<{ error?: { message: string } }>("ecsDaemon/preview", {
      textDocument: { uri },
      cluster,
    });
    assert.match(answer.error?.message ?? "", /\S/);
  }
  const odd: readonly unknown[] = [
    null,
    1,
    [],
    {},
    { textDocument: null },
    { textDocument: { uri: 1 } },
    { textDocument: { uri }, cluster: 1 },
    { textDocument: { uri }, service: {} },
  ];
  for (const params of odd) {
    for (const method of [
      "preview",
      "cluster",
      "instances",
      "deploy",
      "target",
      "deleteService",
      "putAttributes",
      "local/start",
      "local/addInstances",
    ]) {
      await client
        .request(`ecsDaemon/${method}`, params)
        .catch((error: Error) => assert.match(error.message, /\S/));
    }
  }
  assert.ok((await client.diagnostics(uri)).length > 0);
  const texts = new Set(client.log);
  assert.equal(texts.size, client.log.length, "each fault is logged once");
  await client.request("ecsDaemon/local/stop", {});
  await client.close();
});
