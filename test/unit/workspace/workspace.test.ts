// The decision which files belong together, as a table of situations: one line for each file, and what is decided.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openResource, type Resource } from "../../../server/src/core/resources/resource";
import { isNearer, nearness, stemOf } from "../../../server/src/core/workspace/fileNames";
import type { Pair, Pairing } from "../../../server/src/core/workspace/pairing";
import { validateInWorkspace } from "../../../server/src/core/workspace/validateInWorkspace";
import { createWorkspace, type Workspace } from "../../../server/src/core/workspace/workspace";

const definition = (more: object = {}) => ({
  family: "agent",
  networkMode: "bridge",
  containerDefinitions: [{ name: "agent", image: "example/agent:1", memory: 128 }],
  ...more,
});
const service = (more: object = {}) => ({
  serviceName: "agent",
  taskDefinition: "agent",
  schedulingStrategy: "DAEMON",
  launchType: "EC2",
  ...more,
});

interface Situation {
  readonly workspace: Workspace;
  at(path: string): Resource;
}

/** Files by path below `/w/`; those with the same content as another get a member of their own. */
function workspaceOf(files: Readonly<Record<string, object>>, pairs: readonly Pair[] = []): Situation {
  const documents = Object.entries(files).map(([path, content]) =>
    openResource(`/w/${path}`, JSON.stringify({ ...content, tags: [{ key: "file", value: path }] })),
  );
  const workspace = createWorkspace({
    files: documents.map((document) => ({ path: document.source.file, document })),
    pathOf: (it) => it.source.file,
    pairs: pairs.map((it) => ({
      taskDefinition: `/w/${it.taskDefinition}`,
      service: it.service === null ? null : `/w/${it.service}`,
    })),
  });
  const at = (path: string) => {
    const found = workspace.find(`/w/${path}`);
    assert.ok(found, path);
    return found;
  };
  return { workspace, at };
}

const short = (document: Resource | undefined) => document?.source.file.slice("/w/".length);

describe("a service means", () => {
  const cases: readonly {
    readonly what: string;
    readonly service: string;
    readonly reference?: string;
    readonly definitions: Readonly<Record<string, object>>;
    readonly means: string | undefined;
  }[] = [
    {
      what: "the only definition of the family, wherever it is",
      service: "services/x.service.json",
      definitions: { "elsewhere/deep/def.json": {} },
      means: "elsewhere/deep/def.json",
    },
    {
      what: "the definition of the same stem, not the first by name",
      service: "agent-test.service.json",
      definitions: { "agent-live.taskdef.json": {}, "agent-test.taskdef.json": {} },
      means: "agent-test.taskdef.json",
    },
    {
      what: "the same stem in another folder, of equally near ones",
      service: "services/test.service.json",
      definitions: { "defs/live.taskdef.json": {}, "defs/test.taskdef.json": {} },
      means: "defs/test.taskdef.json",
    },
    {
      what: "the same stem in other words for the kinds",
      service: "ecs-service-def.test.json",
      definitions: { "ecs-task-def.live.json": {}, "ecs-task-def.test.json": {} },
      means: "ecs-task-def.test.json",
    },
    {
      what: "the nearest folder, where the stems are equal",
      service: "prod/agent.service.json",
      definitions: { "prod/agent.taskdef.json": {}, "test/agent.taskdef.json": {}, "agent.taskdef.json": {} },
      means: "prod/agent.taskdef.json",
    },
    {
      what: "the nearest folder, where no stem is equal",
      service: "prod/service-def.json",
      definitions: { "a/taskdef.json": {}, "prod/taskdef.json": {}, "taskdef.json": {} },
      means: "prod/taskdef.json",
    },
    {
      what: "the folder above before the folder beside",
      service: "prod/x.service.json",
      definitions: { "test/taskdef.json": {}, "taskdef.json": {} },
      means: "taskdef.json",
    },
    {
      what: "nothing certain, where two are equally near",
      service: "x.service.json",
      definitions: { "a.taskdef.json": {}, "b.taskdef.json": {} },
      means: undefined,
    },
    {
      what: "nothing certain, where stem and folder disagree",
      service: "prod/agent.service.json",
      definitions: { "prod/taskdef.json": {}, "test/agent.taskdef.json": {} },
      means: undefined,
    },
    {
      what: "the revision that a description states",
      service: "agent.service.json",
      reference: "agent:7",
      definitions: { "six.json": { revision: 6 }, "seven.json": { revision: 7 }, "agent.taskdef.json": {} },
      means: "seven.json",
    },
    {
      what: "the revision that a file name states",
      service: "x.service.json",
      reference: "arn:aws:ecs:eu-west-1:123456789012:task-definition/agent:7",
      definitions: { "agent-6.taskdef.json": {}, "agent-7.taskdef.json": {} },
      means: "agent-7.taskdef.json",
    },
    {
      what: "no description of another revision",
      service: "agent.service.json",
      reference: "agent:7",
      definitions: { "agent.taskdef.json": { revision: 6 } },
      means: undefined,
    },
    {
      what: "no definition of another family",
      service: "agent.service.json",
      reference: "router",
      definitions: { "agent.taskdef.json": {} },
      means: undefined,
    },
    {
      what: "nothing where a placeholder names the family",
      service: "agent.service.json",
      reference: "${FAMILY}",
      definitions: { "agent.taskdef.json": {} },
      means: undefined,
    },
  ];
  for (const it of cases)
    test(it.what, () => {
      const definitions = Object.fromEntries(
        Object.entries(it.definitions).map(([path, more]) => [path, definition(more)]),
      );
      const { workspace, at } = workspaceOf({
        [it.service]: service({ taskDefinition: it.reference ?? "agent" }),
        ...definitions,
      });
      assert.equal(short(workspace.definitionOf(at(it.service))), it.means);
      for (const path of Object.keys(it.definitions))
        assert.equal(workspace.daemonsOf(at(path)).length, path === it.means ? 1 : 0, path);
    });

  test("the file that a setting names for the family, whatever lies nearer", () => {
    const files = {
      "agent.taskdef.json": definition(),
      "other/template.json": definition({ family: "x" }),
      "agent.service.json": service(),
    };
    const documents = Object.entries(files).map(([path, it]) =>
      openResource(`/w/${path}`, JSON.stringify(it)),
    );
    const workspace = createWorkspace({
      files: documents.map((document) => ({ path: document.source.file, document })),
      pathOf: (it) => it.source.file,
      named: (family) => (family === "agent" ? ["/w/gone.json", "/w/other/template.json"] : []),
    });
    const asked = workspace.find("/w/agent.service.json");
    assert.ok(asked);
    assert.equal(short(workspace.definitionOf(asked)), "other/template.json");
  });

  test("either of two copies with the same text: there is nothing to choose", () => {
    const text = JSON.stringify(definition());
    const documents = [
      openResource("/w/a.taskdef.json", text),
      openResource("/w/b.taskdef.json", text),
      openResource("/w/x.service.json", JSON.stringify(service())),
    ];
    const workspace = createWorkspace({
      files: documents.map((document) => ({ path: document.source.file, document })),
      pathOf: (it) => it.source.file,
    });
    assert.equal(short(workspace.definitionOf(documents[2] as Resource)), "a.taskdef.json");
  });
});

describe("the subject of a preview is", () => {
  const told = ({ taskDefinition, service: its, by, question, candidates }: Pairing) => [
    short(taskDefinition),
    short(its),
    by,
    question,
    candidates.map(short),
  ];
  const two = {
    "agent.taskdef.json": definition(),
    "a.service.json": service({ serviceName: "a" }),
    "b.service.json": service({ serviceName: "b" }),
  };
  const both = ["a.service.json", "b.service.json"];

  test("a new service where no service refers to the definition", () => {
    const { workspace, at } = workspaceOf({ "agent.taskdef.json": definition() });
    const expected = ["agent.taskdef.json", undefined, "only", undefined, []];
    assert.deepEqual(told(workspace.pairingOf(at("agent.taskdef.json"))), expected);
  });

  test("the only service that refers to it", () => {
    const { workspace, at } = workspaceOf({
      "agent.taskdef.json": definition(),
      "a.service.json": service(),
    });
    const expected = ["agent.taskdef.json", "a.service.json", "only", undefined, ["a.service.json"]];
    assert.deepEqual(told(workspace.pairingOf(at("agent.taskdef.json"))), expected);
    assert.deepEqual(told(workspace.pairingOf(at("a.service.json"))), [
      "agent.taskdef.json",
      "a.service.json",
      "only",
      undefined,
      ["agent.taskdef.json"],
    ]);
  });

  test("undecided where several services refer to it", () => {
    const { workspace, at } = workspaceOf(two);
    const expected = ["agent.taskdef.json", undefined, "undecided", "service", both];
    assert.deepEqual(told(workspace.pairingOf(at("agent.taskdef.json"))), expected);
  });

  test("what was chosen, a new service too", () => {
    for (const chosen of ["b.service.json", null]) {
      const { workspace, at } = workspaceOf(two, [
        { taskDefinition: "agent.taskdef.json", service: "a.service.json" },
        { taskDefinition: "agent.taskdef.json", service: chosen },
      ]);
      const expected = ["agent.taskdef.json", chosen ?? undefined, "chosen", "service", both];
      assert.deepEqual(told(workspace.pairingOf(at("agent.taskdef.json"))), expected);
    }
  });

  test("not what was chosen, where the service is gone or runs something else now", () => {
    for (const chosen of ["gone.service.json", "other.service.json"]) {
      const { workspace, at } = workspaceOf(
        { ...two, "other.service.json": service({ taskDefinition: "other" }) },
        [{ taskDefinition: "agent.taskdef.json", service: chosen }],
      );
      assert.equal(workspace.pairingOf(at("agent.taskdef.json")).by, "undecided");
    }
  });

  test("what the call names, before what was chosen", () => {
    const { workspace, at } = workspaceOf(two, [
      { taskDefinition: "agent.taskdef.json", service: "a.service.json" },
    ]);
    const asked = at("agent.taskdef.json");
    assert.equal(short(workspace.pairingOf(asked, at("b.service.json")).service), "b.service.json");
    assert.deepEqual(told(workspace.pairingOf(asked, null)).slice(1, 3), [undefined, "given"]);
  });

  test("undecided where two definitions could be meant, from each of the three files", () => {
    const files = {
      "one.taskdef.json": definition(),
      "two.taskdef.json": definition(),
      "x.service.json": service(),
    };
    const { workspace, at } = workspaceOf(files);
    for (const path of Object.keys(files)) assert.equal(workspace.pairingOf(at(path)).by, "undecided", path);
    const pair = { taskDefinition: "two.taskdef.json", service: "x.service.json" };
    const after = workspaceOf(files, [pair]);
    assert.deepEqual(told(after.workspace.pairingOf(after.at("x.service.json"))).slice(0, 3), [
      "two.taskdef.json",
      "x.service.json",
      "chosen",
    ]);
    assert.equal(short(after.workspace.pairingOf(after.at("two.taskdef.json")).service), "x.service.json");
    const other = after.workspace.pairingOf(after.at("one.taskdef.json"));
    assert.deepEqual([other.service, other.by], [undefined, "only"]);
  });
});

describe("what is reported of a service", () => {
  const awsvpc = definition({ networkMode: "awsvpc" });
  const network = { awsvpcConfiguration: { subnets: ["subnet-0aaa1111"] } };
  const codes = (files: Readonly<Record<string, object>>, path: string) => {
    const { workspace, at } = workspaceOf(files);
    return validateInWorkspace(at(path), () => workspace).map((it) => it.code);
  };

  test("is said against the definition of its stem", () => {
    const files = { "live.taskdef.json": definition(), "test.taskdef.json": awsvpc };
    assert.deepEqual(
      codes(
        { ...files, "test.service.json": service({ networkConfiguration: network }) },
        "test.service.json",
      ),
      [],
    );
    assert.deepEqual(
      codes(
        { ...files, "live.service.json": service({ networkConfiguration: network }) },
        "live.service.json",
      ),
      ["network-configuration-needless"],
    );
  });

  test("holds with every definition that could be meant, or is not reported", () => {
    const asked = { "x.service.json": service({ networkConfiguration: network }) };
    const disagree = { "one.taskdef.json": definition(), "two.taskdef.json": awsvpc };
    const agree = {
      "one.taskdef.json": definition(),
      "two.taskdef.json": definition({ networkMode: "host" }),
    };
    assert.deepEqual(codes({ ...asked, ...disagree }, "x.service.json"), []);
    assert.deepEqual(codes({ ...asked, ...agree }, "x.service.json"), ["network-configuration-needless"]);
  });
});

test("stems are what is left of a name without its kind", () => {
  for (const [name, kind, stem] of [
    ["agent-test.taskdef.json", "taskDefinition", "agent-test"],
    ["agent-test.service.json", "service", "agent-test"],
    ["task-definition.json", "taskDefinition", ""],
    ["service-definition.prod.json", "service", "prod"],
    ["task-definition.prod.json", "taskDefinition", "prod"],
    ["Agent_Test-task-def.json", "taskDefinition", "agent-test"],
    ["my-service.service.json", "service", "my-service"],
    ["my-service.taskdef.json", "taskDefinition", "my-service"],
    ["agent.json", "service", "agent"],
  ] as const)
    assert.equal(stemOf(`/w/x/${name}`, kind), stem, name);
});

test("of two files neither is nearer where folders shared and folders between disagree", () => {
  const from = "/w/services/agent/x.service.json";
  const above = nearness("/w/def.json", from);
  const beside = nearness("/w/services/other/team/def.json", from);
  assert.equal(isNearer(above, beside) || isNearer(beside, above), false);
});
