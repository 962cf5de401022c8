import assert from "node:assert/strict";
import { test } from "node:test";
import { redactorOf, secretsIn, withoutSecrets } from "../../../server/src/core/secrets/hideSecrets";
import { redactor } from "../../../server/src/core/secrets/redact";
import { withoutSecretParts } from "../../../server/src/core/secrets/secretText";
import { innocent, placements } from "../../support/secretPlacements";

test("every placement is found, and nothing else of it", () => {
  assert.ok(placements.length >= 100, String(placements.length));
  const missed = placements.filter((it) => {
    const whole = {
      ...it.task,
      service: it.service ?? {},
      containerDefinitions: [{ name: "agent", ...it.container }],
    };
    return JSON.stringify(withoutSecrets(whole, () => "(not shown)")).includes(
      JSON.stringify(it.secret).slice(1, -1),
    );
  });
  assert.deepEqual(
    missed.map((it) => it.title),
    [],
  );
});

test("what only looks like a secret stays readable", () => {
  const hidden = innocent.filter(([shown, container]) => {
    const text = JSON.stringify(withoutSecrets({ containerDefinitions: [container] }, () => "(not shown)"));
    return text.includes("not shown") || !text.includes(JSON.stringify(shown).slice(1, -1));
  });
  assert.deepEqual(
    hidden.map(([shown]) => shown),
    [],
  );
});

test("a message that quotes a secret is redacted, whole, escaped, in other capitals and cut", () => {
  const redact = redactor(
    secretsIn({ environment: [{ name: "DB_PASSWORD", value: 'a"hunter2-Zx9Qm-and-more' }] }),
  );
  for (const text of [
    `'a"hunter2-Zx9Qm-and-more' is wrong`,
    `"a\\"hunter2-Zx9Qm-and-more" is wrong`,
    `'A"HUNTER2-ZX9QM-AND-MORE' is wrong`,
    `'a"hunter2-Zx9Q…' is wrong`,
  ])
    assert.ok(!/hunter2/i.test(redact(text)), redact(text));
  assert.equal(redact("Nothing … is wrong..."), "Nothing … is wrong...");
});

test("secrets of any size and number are taken out", () => {
  const long = `\\${"ud800\\".repeat(6000)}end`;
  const names = Array.from({ length: 3000 }, (_, at) => `hunter${at}-Zx9Qm`);
  const redact = redactor([long, ...names]);
  assert.equal(redact(`'${long}' is wrong`), "'(not shown)' is wrong");
  assert.equal(redact(`${names[7]} and ${names[2999]}`), "(not shown) and (not shown)");
});

test("a short secret is taken out as a word, never out of other words", () => {
  const redact = redactor(secretsIn({ password: "edge" }));
  assert.equal(redact("'edge' of the edges"), "'(not shown)' of the edges");
});

test("a free text loses the secret parts alone", () => {
  const line = "connect postgres://app:hunter2@db failed, token=abcdef1, level=info";
  assert.equal(
    withoutSecretParts(line),
    "connect postgres://app:(not shown)@db failed, token=(not shown), level=info",
  );
});

test("a text about an input loses its secrets, and those that were not in it", () => {
  const redact = redactorOf({ environment: [{ name: "DB_PASSWORD", value: "hunter2-Zx9Qm-and-more" }] });
  const text = redact("'hunter2-Zx9Qm-and-more' is refused, token=abcdef1");
  assert.equal(text, "'(not shown)' is refused, token=(not shown)");
});
