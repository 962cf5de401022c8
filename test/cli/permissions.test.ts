// The documented IAM actions are those that are sent, a missing one is named, and no secret is told on the way.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, type TestContext, test } from "node:test";
import { runCommandLine } from "../../server/src/cli/runCommandLine";
import { projectRoot } from "../support/paths";
import { person, recordedCredentials, startRecordedEcs } from "../support/recordedEcs";

const taskDefinition = join(projectRoot, "test", "workspace", "datadog-agent.taskdef.json");
const secrets = { ...recordedCredentials, AWS_SESSION_TOKEN: "secret-session-token" };

before(() => Object.assign(process.env, secrets));

/** Every call that talks to ECS, in an order in which each has something to do. */
const calls: Readonly<Record<string, readonly string[]>> = {
  "deploy --dry-run": ["deploy", taskDefinition, "--dry-run"],
  deploy: ["deploy", taskDefinition],
  verify: ["verify", "datadog-agent"],
  preview: ["preview", taskDefinition],
  match: ["match", "agentConnected == true"],
  compare: ["compare", "agentConnected == true"],
  capture: ["capture"],
  delete: ["delete", "datadog-agent"],
};

/** Documented actions by call; "what `verify` needs" is looked up. */
function documented(): ReadonlyMap<string, ReadonlySet<string>> {
  const rows = readFileSync(join(projectRoot, "docs", "iam.md"), "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, names, actions] = /^\| (`.*?) \| (.*) \|$/.exec(line) ?? [];
      if (names === undefined || actions === undefined) return [];
      return [...names.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => [name, actions] as const);
    });
  const texts = new Map(rows);
  const actionsOf = (text: string): string[] => [
    ...[...text.matchAll(/`ecs:(\w+)`/g)].map((it) => it[1] ?? ""),
    ...[...text.matchAll(/what `(\w+)` needs/g)].flatMap((it) => actionsOf(texts.get(it[1] ?? "") ?? "")),
  ];
  return new Map(rows.map(([name, text]) => [name, new Set(actionsOf(text))]));
}

async function stage(context: TestContext) {
  const ecs = await startRecordedEcs(context);
  const run = async (words: readonly string[]) => {
    const { terminal, said } = person(true);
    const code = await runCommandLine(
      [...words, "--cluster", "default", "--endpoint-url", ecs.url],
      terminal,
    );
    return { code, said: said.output + said.complaints + said.questions.join("\n") };
  };
  return { ...ecs, run };
}

const isTold = (text: string) => /very-secret|AKIDEXAMPLE|secret-session-token/.test(text);

test("each call sends the actions that are documented for it, and no secret is told", async (context) => {
  const { run, operations, headers } = await stage(context);
  const actions = documented();
  for (const [name, words] of Object.entries(calls)) {
    operations.length = 0;
    const { code, said } = await run(words);
    assert.equal(code, 0, `${name}: ${said}`);
    assert.ok(!isTold(said), name);
    const allowed = actions.get(name);
    assert.ok(allowed !== undefined && allowed.size > 0, `${name} is not documented`);
    const sent = [...new Set(operations)];
    assert.ok(sent.length > 0, name);
    assert.deepEqual(
      sent.filter((it) => !allowed.has(it)),
      [],
      name,
    );
  }
  // The secret signs; it never travels. The session token has to.
  assert.ok(headers.length > 0 && headers.every((it) => !it.includes("very-secret")));
});

test("a missing permission is named, whichever it is", async (context) => {
  for (const name of ["deploy", "verify", "capture", "delete"]) {
    const sent = await sentBy(context, name);
    // Each mostly waits until a deployment is stable: side by side they wait once.
    await Promise.all(sent.map((it) => isNamedWhereDenied(context, name, it)));
  }
});

async function isNamedWhereDenied(context: TestContext, name: string, denied: string): Promise<void> {
  const { run, before: beforeEach } = await prepared(context, name);
  const refusal = { __type: "AccessDeniedException", message: "User is not authorized." };
  beforeEach(async (operation) => (operation === denied ? { status: 400, body: refusal } : undefined));
  const { said } = await run(calls[name] ?? []);
  assert.match(said, new RegExp(`ecs:${denied}\\b`), `${name} without ${denied}: ${said}`);
  assert.ok(!isTold(said));
}

/** With a service to verify and delete, where the call needs one. */
async function prepared(context: TestContext, name: string) {
  const it = await stage(context);
  if (name !== "deploy") await it.run(calls.deploy ?? []);
  it.operations.length = 0;
  return it;
}

async function sentBy(context: TestContext, name: string): Promise<readonly string[]> {
  const { run, operations } = await prepared(context, name);
  await run(calls[name] ?? []);
  return [...new Set(operations)];
}
