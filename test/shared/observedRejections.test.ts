// Every observed rejection of the three operations is covered by a finding, in ECS's words, where the observations are
// at hand.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type catalogue, entryOf } from "../../server/src/core/rules/catalogue";
import { factsAt, unlessThere } from "../support/facts";
import { sources } from "../support/observations";

/** Triggers of the observations that have no name of their own. */
const ownIds: Readonly<Record<string, keyof typeof sources>> = {
  "DAEMON + availabilityZoneRebalancing ENABLED": "create-daemon-zone-rebalancing",
  "DAEMON + maximumPercent > 100": "create-daemon-maximum-percent",
  "DAEMON + desiredCount present (also 0)": "create-update-daemon-desired-count",
  "DAEMON + placementStrategy": "create-update-daemon-placement-strategy",
  "DAEMON with capacityProviderStrategy": "create-daemon-capacity-provider",
  "min = max = 100": "create-percents-100",
  "distinctInstance with expression": "create-distinct-instance-expression",
  "placementConstraints type distinctInstance": "register-distinct-instance",
  "bad port value": "register-bad-port",
  "awsvpc, hostPort != containerPort": "register-awsvpc-host-port",
  "no memory anywhere": "register-memory-missing",
  "container memory > task memory": "register-memory-over-task",
  "mountPoints.sourceVolume not declared": "register-unknown-volume",
  "host.sourcePath empty string": "register-blank-host-path",
  "Fargate + host sourcePath": "register-fargate-host-path",
  "body not an object / wrong JSON shape": "register-wrong-shape",
  "dependsOn SUCCESS/COMPLETE on an essential container": "register-depends-on-essential",
  "links + awsvpc": "register-awsvpc-links",
  "hostname + awsvpc": "register-awsvpc-hostname",
  "awslogs unknown option": "register-awslogs-unknown-option",
  "awslogs missing option": "register-awslogs-missing-option",
  'awslogs-create-group: "false"': "register-awslogs-create-group-false",
  "Fargate awslogs, no execution role": "register-fargate-awslogs-role",
  "cpu/memory out of range": "register-task-size",
  "Fargate cpu/memory pair": "register-fargate-size",
  "secret name = env name": "register-secret-name-taken",
  "secrets without execution role": "register-secrets-without-role",
  "repositoryCredentials without execution role": "register-credentials-without-role",
  "over 64 KiB": "register-too-large",
  "more than 10 containers": "register-too-many-containers",
  "firelensConfiguration without awsfirelens driver": "register-firelens-driver-missing",
  "awsfirelens driver without router": "register-firelens-router-missing",
  "missing image / name": "register-missing-image",
  "Fargate pidMode host": "register-fargate-pid-mode",
  "tags: []": "register-empty-tags",
  "startTimeout < 2": "register-start-timeout",
  "stopTimeout < 2": "register-stop-timeout",
  "Fargate stopTimeout > 120": "register-fargate-stop-timeout",
  "family characters": "register-family-characters",
  "service registry with host or bridge": "create-registry-needs-port",
  "enableExecuteCommand without a task role": "update-execute-command-role",
  "empty enumeration": "register-empty-enumeration",
  "DAEMON with launchType FARGATE": "create-daemon-fargate",
  "unknown launchType": "create-unknown-launch-type",
  "unknown schedulingStrategy": "create-unknown-scheduling-strategy",
  "negative desiredCount": "create-update-negative-desired-count",
  "awsvpc with an empty list of subnets": "create-empty-subnets",
  "clientToken over 36 characters": "create-client-token-length",
  "service name with other characters": "create-service-name-characters",
};

/** Triggers that no file can show, or that other tools make right: docs/left-out.md says why. */
const leftOut: ReadonlySet<string> = new Set(["REPLICA without desiredCount", "unknown task definition"]);

test("no observation is forgotten, and the words are ECS's", unlessThere("server-errors.tsv"), () => {
  const seen = new Map<string, number>();
  const observed = new Map<keyof typeof catalogue, string[]>();
  for (const line of readFileSync(factsAt("server-errors.tsv") ?? "", "utf8")
    .trim()
    .split("\n")
    .slice(1)) {
    const [operation = "", trigger = "", message = "", source = ""] = line.split("\t");
    if (!/RegisterTaskDefinition|CreateService|UpdateService/.test(operation) || leftOut.has(trigger))
      continue;
    const rule = source.includes("rules.generated") ? /pf-[a-z0-9-]+/.exec(source)?.[0] : undefined;
    const count = rule === undefined ? 1 : (seen.get(rule) ?? 0) + 1;
    if (rule !== undefined) seen.set(rule, count);
    const own = Object.entries(ownIds).find(([it]) => trigger.startsWith(it))?.[1];
    const numbered = `${rule} ${count}`;
    const id = rule === undefined ? own : numbered in sources ? numbered : rule;
    assert.ok(id !== undefined && id in sources, `${operation}: ${trigger}`);
    const code = sources[id as keyof typeof sources];
    observed.set(code, [...(observed.get(code) ?? []), message]);
  }
  for (const [code, messages] of observed) assertSameWords(code, messages);
});

/** The words of one occur in the other, in order; slots and example values match anything. */
function assertSameWords(code: keyof typeof catalogue, observed: readonly string[]): void {
  const words = entryOf(code).server?.message;
  // The wording of the last one depends on more than the code, or the observation quotes none.
  const quoted = observed.filter((it) => !it.startsWith("(message not quoted"));
  if (quoted.length === 0 || words === undefined || code === "proxy-properties") return;
  // Where two observations of one rejection differ, the full one counts.
  const agrees = quoted.some(
    (it) => isRun(wordsOf(it), wordsOf(words)) || isRun(wordsOf(words), wordsOf(it)),
  );
  assert.ok(agrees, `${code}: "${words}" for "${quoted.join('" and "')}"`);
}

const wordsOf = (text: string) =>
  text
    .trim()
    .split(/\s+/)
    .map((it) => it.replace(/[.,]+$/, ""));

function isRun(part: readonly string[], whole: readonly string[]): boolean {
  return whole.some(
    (_, start) =>
      start + part.length <= whole.length && part.every((it, at) => isSame(it, whole[start + at] ?? "")),
  );
}

function isSame(left: string, right: string): boolean {
  const isSlot = (word: string) => /[{%']|\d/.test(word);
  return left === right || isSlot(left) || isSlot(right);
}
