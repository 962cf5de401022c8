// Everything that is offered as a whole (documents and parts of them) is clean under our own rules once it is accepted.

import assert from "node:assert/strict";
import { test } from "node:test";
import { completeInput } from "../../../server/src/core/language/inputCompletion";
import { plainSnippet } from "../../../server/src/core/language/plainSnippet";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { accept, atCursor } from "../../support/cursor";

function offered(marked: string, fileName: string) {
  const { text, offset } = atCursor(marked);
  const surroundings = { taskDefinition: undefined, families: [] };
  return { text, found: completeInput(openResource(fileName, text), offset, surroundings) };
}

/** Every snippet at a place with the text after it was accepted as it is. */
function accepted(marked: string, fileName = "agent.taskdef.json") {
  const { text, found } = offered(marked, fileName);
  return found
    .filter((it) => it.kind === "snippet")
    .map((it) => ({
      label: it.label,
      text: accept(text, { ...it, insertText: plainSnippet(it.insertText).text }),
    }));
}

const agent = '"name": "agent", "image": "datadog/agent:7", "cpu": 100, "memory": 256';
const definition = (container: string, more = "") =>
  `{ "family": "agent", "requiresCompatibilities": ["EC2"], "containerDefinitions": [${container}]${more} }`;
const service = (more: string) =>
  `{ "serviceName": "agent", "taskDefinition": "agent", "schedulingStrategy": "DAEMON", "launchType": "EC2"${more} }`;

const hostPaths = [
  "host path /var/run/docker.sock",
  "host path /proc/",
  "host path /sys/fs/cgroup/",
  "host path /var/log/",
  "host path /var/lib/docker/containers/",
];
const containerParts = [
  "health check over HTTP",
  "log configuration for CloudWatch Logs",
  "log configuration on the instance",
  ...hostPaths,
];

/** Place, file, what is offered there, whether all of it is clean at once. */
const places: readonly (readonly [string, string, readonly string[]])[] = [
  ["$0", "agent.taskdef.json", ["daemon task definition"]],
  ["{$0}", "agent.taskdef.json", ["daemon task definition"]],
  ["{\n  $0\n}", "agent.taskdef.json", ["daemon task definition"]],
  ["$0", "agent.service.json", ["daemon service", "daemon service with a placement constraint"]],
  ["{ $0 }", "agent.service.json", ["daemon service", "daemon service with a placement constraint"]],
  ["$0", "five.ecs-fleet.json", ["fleet"]],
  [definition(`{ ${agent}, $0 }`), "agent.taskdef.json", containerParts],
  [definition(`{ ${agent} $0 }`), "agent.taskdef.json", containerParts],
  [definition(`{ ${agent}, "$0" }`), "agent.taskdef.json", containerParts],
  [
    definition(`{ ${agent}, $0 }`, ', "volumes": [{ "name": "proc", "host": { "sourcePath": "/proc" } }]'),
    "agent.taskdef.json",
    containerParts,
  ],
  [definition(`{ ${agent}, "mountPoints": [$0] }`), "agent.taskdef.json", ["mount point", ...hostPaths]],
  [
    definition(`{ ${agent} }, $0`),
    "agent.taskdef.json",
    ["container definition", "container with health check and log"],
  ],
  [
    definition(`{ ${agent} }`, ', "placementConstraints": [$0]'),
    "agent.taskdef.json",
    ["task definition placement constraint", "constraint on an attribute"],
  ],
  [definition(`{ ${agent} }`, ", $0"), "agent.taskdef.json", ["placement constraint on an attribute"]],
  [service(", $0"), "agent.service.json", ["placement constraint on an attribute"]],
  [
    service(', "placementConstraints": [$0]'),
    "agent.service.json",
    ["placement constraint", "constraint on an attribute"],
  ],
  [
    '{ "service": "agent", "taskDefinition": "agent", $0 }',
    "agent.service.json",
    ["placement constraint on an attribute"],
  ],
];

/** These are forms to be filled in: an empty text is what is wrong with them. */
const forms = new Set([
  "mount point",
  "container definition",
  "task definition placement constraint",
  "placement constraint",
]);

for (const [marked, fileName, labels] of places) {
  test(`at ${marked.slice(-60)} of ${fileName} are offered ${labels.length}, all clean`, () => {
    const all = accepted(marked, fileName);
    assert.deepEqual(
      all.map((it) => it.label),
      labels,
    );
    for (const { label, text } of all) {
      const found = validateDocument(openResource(fileName, text))
        // A volume beside the part that the case begins with is not the part's.
        .filter((it) => it.code !== "unused-volume" || label.includes("volume"));
      if (!forms.has(label))
        assert.deepEqual(
          found.map((it) => `${it.code}: ${it.message}`),
          [],
          `${label}: ${text}`,
        );
    }
  });
}

test("a host path brings its volume, or uses the one that is there", () => {
  const mounted = (more: string) => {
    const [first] = accepted(definition(`{ ${agent}, "mountPoints": [$0] }`, more)).filter((it) =>
      it.label.includes("/proc"),
    );
    const { volumes, containerDefinitions } = JSON.parse(first?.text ?? "");
    return [containerDefinitions[0].mountPoints[0].sourceVolume, volumes];
  };
  const proc = { name: "proc", host: { sourcePath: "/proc/" } };
  assert.deepEqual(mounted(""), ["proc", [proc]]);
  assert.deepEqual(mounted(', "volumes": [{ "name": "x" }]'), ["proc", [{ name: "x" }, proc]]);
  assert.deepEqual(mounted(', "volumes": [{ "name": "proc" }]'), [
    "proc_host",
    [{ name: "proc" }, { ...proc, name: "proc_host" }],
  ]);
  const own = { name: "p", host: { sourcePath: "/proc" } };
  assert.deepEqual(mounted(`, "volumes": [${JSON.stringify(own)}]`), ["p", [own]]);
});

test("no host path is offered on Fargate, and no part whose member is there", () => {
  const fargate = definition(`{ ${agent}, $0 }`).replace("EC2", "FARGATE");
  assert.ok(accepted(fargate).every((it) => !it.label.startsWith("host path")));
  const present = definition(`{ ${agent}, "healthCheck": { "command": ["CMD", "true"] }, $0 }`);
  assert.ok(accepted(present).every((it) => !it.label.startsWith("health check")));
});

test("a host volume is offered for the list of volumes", () => {
  const list = accepted(definition(`{ ${agent} }`, ', "volumes": [$0]'));
  assert.deepEqual(
    list.map((it) => it.label),
    ["volume", "host volume"],
  );
  assert.deepEqual(JSON.parse(list[1]?.text ?? "").volumes, [
    { name: "data", host: { sourcePath: "/var/lib/data" } },
  ]);
});

test("no label is offered twice at any of these places", () => {
  for (const [marked, fileName] of places) {
    const labels = offered(marked, fileName).found.map((it) => it.label);
    assert.equal(new Set(labels).size, labels.length, marked);
  }
});
