// Templates and Terraform modules in the editor: each resource of a file, at its places in the host text.

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import type {
  CodeLens,
  CompletionList,
  DocumentLink,
  DocumentSymbol,
  Hover,
  InlayHint,
  Location,
  SemanticTokens,
  WorkspaceEdit,
} from "vscode-languageserver/node";
import type {
  BaselineAnswer,
  DocumentKindAnswer,
  PackedPreviewAnswer,
  PairingAnswer,
  PreviewAnswer,
  ResourceInputAnswer,
} from "../../server/src/lsp/protocol/protocol";
import { startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const fleet = JSON.stringify({
  groups: [
    { count: 2, instanceType: "m5.large", attributes: { env: "prod" } },
    { count: 3, instanceType: "m5.large", attributes: { env: "test" } },
  ],
});

const template = `Parameters:
  AgentMemory: { Type: Number, Default: 512 }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: host
      ContainerDefinitions:
        - Name: agent
          Image: !Ref Image
          Memory: !Ref AgentMemory
          Essental: true
  Service:
    Type: AWS::ECS::Service
    Properties:
      SchedulingStrategy: DAEMON
      TaskDefinition: !Ref Task
      PlacementConstraints:
        - { Type: memberOf, Expression: "attribute:env == prod" }
`;

const main = `resource "aws_ecs_service" "agent" {
  name                = "agent"
  task_definition     = aws_ecs_task_definition.agent.arn
  scheduling_strategy = "DAEMON"
  placement_constraints {
    type       = "memberOf"
    expression = "attribute:env == test"
  }
}
`;
const task = `resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  container_definitions = jsonencode([{ name = "agent", image = "agent:1", memory = var.memory }])
}
`;
const variables = `variable "memory" {
  type    = number
  default = 9000
}
`;

async function started(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder({ ...files, "x.ecs-fleet.json": fleet });
  cleanups.push(folder.remove);
  const server = await startClient({
    folders: [folder.uri],
    clientName: "Visual Studio Code",
    initializationOptions: { cluster: folder.uriOf("x.ecs-fleet.json") },
  });
  cleanups.push(server.close);
  return { folder, server };
}

/** Line and character of a text in another, behind the first `skip` of its characters. */
function positionOf(text: string, part: string, skip = 0) {
  const offset = text.indexOf(part);
  assert.ok(offset >= 0, part);
  const lines = text.slice(0, offset + skip).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

const everything = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

describe("a CloudFormation template", () => {
  async function opened(others: Readonly<Record<string, string>> = {}) {
    const { server, folder } = await started({ "stack.yaml": template, ...others });
    const uri = folder.uriOf("stack.yaml");
    server.open(uri, template, "yaml");
    return { server, folder, uri, textDocument: { uri } };
  }

  test("has diagnostics, hints, tokens and lenses at the places of its text", async () => {
    const { server, uri, textDocument } = await opened();
    assert.deepEqual(
      (await server.diagnostics(uri)).map((it) => [it.code, it.range.start]),
      [["misspelt-member", positionOf(template, "Essental")]],
    );
    const hints = await server.request<InlayHint[]>("textDocument/inlayHint", {
      textDocument,
      range: everything,
    });
    assert.deepEqual(
      hints.filter((it) => String(it.label).includes("of 5")).map((it) => [it.label, it.position]),
      [["2 of 5", positionOf(template, 'prod" }', 5)]],
    );
    const { data } = await server.request<SemanticTokens>("textDocument/semanticTokens/full", {
      textDocument,
    });
    assert.deepEqual(data.slice(0, 2), Object.values(positionOf(template, "attribute:env")));
    const lenses = await server.request<CodeLens[]>("textDocument/codeLens", { textDocument });
    assert.deepEqual(
      lenses.map((it) => [it.range.start.line, it.command?.title, it.command?.arguments]),
      ["Task", "Service"].flatMap((id) => {
        const { line } = positionOf(template, `  ${id}:\n`);
        return [
          [line, "Lands on 2 of 5 instances", [`${uri}#${id}`]],
          [line, "Copy as JSON", [`${uri}#${id}`]],
        ];
      }),
    );
    const symbols = await server.request<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument });
    assert.deepEqual(
      symbols.map((it) => [it.name, it.selectionRange.start, it.children?.map(({ name }) => name)]),
      [
        ["Task", positionOf(template, "Task:"), ["containerDefinitions"]],
        ["Service", positionOf(template, "Service:"), ["placementConstraints"]],
      ],
    );
  });

  test("helps inside an expression, and links a service to its task definition", async () => {
    const { server, uri, textDocument } = await opened();
    const hover = await server.request<Hover | null>("textDocument/hover", {
      textDocument,
      position: positionOf(template, "env == prod", 1),
    });
    assert.match(JSON.stringify(hover?.contents), /env/);
    const list = await server.request<CompletionList | null>("textDocument/completion", {
      textDocument,
      position: positionOf(template, "env == prod", 7),
    });
    assert.ok(
      list?.items.some((it) => it.label === "test"),
      JSON.stringify(list?.items.map((it) => it.label)),
    );
    const links = await server.request<DocumentLink[]>("textDocument/documentLink", { textDocument });
    assert.deepEqual(
      links.map((it) => [it.target, it.range.start]),
      [[`${uri}#L4`, positionOf(template, "Task\n      Placement")]],
    );
  });

  test("is previewed by resource, with its defaults and given values", async () => {
    const { server, uri } = await opened();
    const ask = (params: object) => server.request<PreviewAnswer>("ecsDaemon/preview", params);
    for (const name of [uri, `${uri}#Task`, `${uri}#Service`]) {
      const answer = await ask({ textDocument: { uri: name } });
      assert.ok("sentence" in answer, JSON.stringify(answer));
      assert.equal(
        answer.sentence,
        "Lands on 2 of 5 container instances: 3 are excluded by `attribute:env == prod`. With the default of AgentMemory, 512.",
      );
      assert.deepEqual(answer.documents, [`${uri}#Task`, `${uri}#Service`]);
    }
    const given = await ask({ textDocument: { uri }, values: { AgentMemory: "9000" } });
    assert.ok("sentence" in given && given.sentence.startsWith("Lands on 0 of 5"), JSON.stringify(given));
    assert.match(given.sentence, / With the given value of AgentMemory, 9000\.$/);
    const known = { name: "AgentMemory", byDefault: "512" };
    assert.deepEqual(given.values, [{ ...known, given: "9000" }]);
    const packed = await server.request<PackedPreviewAnswer>("ecsDaemon/packedPreview", {
      textDocument: { uri },
      values: { AgentMemory: "lots" },
    });
    assert.ok("sentence" in packed && packed.sentence.endsWith(" With the default of AgentMemory, 512."));
    const problem = `'Memory' has to be an integer, not the text "lots".`;
    assert.deepEqual(packed.values, [{ ...known, given: "lots", problem }]);
    // Another text of the file is compared with the same values.
    const landedThen = async (values?: object) => {
      const then = await server.request<BaselineAnswer>("ecsDaemon/baseline", {
        textDocument: { uri },
        against: "head",
        texts: { [uri]: template.replace("env == prod", "env == test") },
        values,
      });
      assert.ok("verdicts" in then, JSON.stringify(then));
      return Object.values(then.verdicts).filter((it) => it === "place").length;
    };
    assert.deepEqual([await landedThen(), await landedThen({ AgentMemory: "9000" })], [3, 0]);
  });

  test("is previewed with files of values, of which what cannot be read is named", async () => {
    const { server, uri } = await opened({
      "dev.json": JSON.stringify([
        { ParameterKey: "AgentMemory", ParameterValue: "9000" },
        { ParameterKey: "Other", ParameterValue: "x" },
      ]),
      "text.json": `"values"`,
    });
    const beside = (name: string) => uri.replace("stack.yaml", name);
    const [file, wrong, gone] = [beside("dev.json"), beside("text.json"), beside("gone.tfvars")];
    const ask = (params: object) =>
      server.request<PreviewAnswer>("ecsDaemon/preview", { textDocument: { uri }, ...params });
    const answer = await ask({ valuesFiles: [file, wrong, gone] });
    assert.ok("sentence" in answer && answer.sentence.startsWith("Lands on 0 of 5"), JSON.stringify(answer));
    const known = { name: "AgentMemory", byDefault: "512" };
    assert.deepEqual(answer.values, [{ ...known, given: "9000", from: file }]);
    assert.deepEqual(answer.valuesFiles, [
      { uri: file },
      { uri: wrong, problem: "The file has no values of a template or module." },
      { uri: gone, problem: "The file was moved or deleted." },
    ]);
    const own = await ask({ valuesFiles: [file], values: { AgentMemory: "64" } });
    assert.ok("values" in own, JSON.stringify(own));
    assert.deepEqual(own.values, [{ ...known, given: "64" }], "what is given itself counts before files");
  });

  test("names the resource under the cursor, and the one that a preview shows wherever the cursor is", async () => {
    const { server, uri, textDocument } = await opened();
    const kindAt = (position?: object) =>
      server.request<DocumentKindAnswer>("ecsDaemon/documentKind", { textDocument, position });
    const always = { kind: "taskDefinition", host: "cloudFormation" };
    const [task, service] = [`${uri}#Task`, `${uri}#Service`];
    const inService = await kindAt(positionOf(template, "memberOf"));
    assert.deepEqual(inService, { ...always, resource: service, previewed: service });
    const inTask = await kindAt(positionOf(template, "ContainerDefinitions"));
    assert.deepEqual(inTask, { ...always, resource: task, previewed: task });
    assert.deepEqual(await kindAt({ line: 0, character: 0 }), { ...always, previewed: service });
    assert.deepEqual(await kindAt(), { ...always, previewed: service });
  });

  test("gives the JSON of a resource once everything is known", async () => {
    const { server, uri } = await opened();
    const ask = (values?: object) =>
      server.request<ResourceInputAnswer>("ecsDaemon/resourceInput", {
        textDocument: { uri: `${uri}#Task` },
        values,
      });
    const open = await ask();
    assert.ok("unknown" in open);
    assert.deepEqual(open.unknown, ["Image"]);
    assert.deepEqual(open.defaults, [{ name: "AgentMemory", value: "512" }]);
    const whole = await ask({ Image: "agent:2" });
    assert.ok("json" in whole);
    assert.deepEqual(whole.unknown, []);
    assert.deepEqual(JSON.parse(whole.json), {
      networkMode: "host",
      containerDefinitions: [{ name: "agent", image: "agent:2", memory: 512, essental: true }],
      family: "Task",
    });
  });
});

describe("a Terraform module", () => {
  test("knows the resources and variables of its other files, saved or not", async () => {
    const { server, folder } = await started({ "main.tf": main, "task.tf": task, "variables.tf": variables });
    const uri = folder.uriOf("main.tf");
    server.open(uri, main, "terraform");
    const pairing = await server.request<PairingAnswer>("ecsDaemon/pairing", { textDocument: { uri } });
    assert.ok("by" in pairing);
    assert.equal(pairing.taskDefinition, `${folder.uriOf("task.tf")}#aws_ecs_task_definition.agent`);
    const sentence = async () => {
      const answer = await server.request<PreviewAnswer>("ecsDaemon/preview", { textDocument: { uri } });
      return "sentence" in answer ? answer.sentence : JSON.stringify(answer);
    };
    assert.match(await sentence(), /^Lands on 0 of 5 .* With the default of var\.memory, 9000\.$/);
    server.open(folder.uriOf("variables.tf"), variables.replace("9000", "64"), "terraform");
    assert.match(await sentence(), /^Lands on 3 of 5 .* With the default of var\.memory, 64\.$/);
  });

  test("reads lists of containers in files, and a list knows the definition that reads it", async () => {
    const list = `[{ "name": "agent", "image": "agent:1", "memory": 64, "essential": true,
  "portMappings": [{ "containerPort": 8126, "hostPort": 8125 }],
  "mountPoints": [{ "sourceVolume": "\${volume}", "containerPath": "/a" }, { "sourceVolume": "sock", "containerPath": "/b" }] }]
`;
    const reader = `resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  network_mode          = "host"
  container_definitions = templatefile("\${path.module}/lists/agent.json.tpl", { volume = "x" })
}
`;
    const { server, folder } = await started({
      "main.tf": reader,
      "service.tf": main,
      "lists/agent.json.tpl": list,
    });
    const uri = folder.uriOf("main.tf");
    server.open(uri, reader, "terraform");
    const codes = async (of: string) => (await server.diagnostics(of)).map((it) => [it.code, it.range.start]);
    const call = positionOf(reader, "templatefile");
    assert.deepEqual(await codes(uri), [
      ["host-port-mismatch", call],
      ["unknown-volume", call],
    ]);
    const listUri = folder.uriOf("lists/agent.json.tpl");
    server.open(listUri, list, "json");
    assert.deepEqual(await codes(listUri), [
      ["host-port-mismatch", positionOf(list, "8125")],
      ["unknown-volume", positionOf(list, '"sock"')],
    ]);
    const answer = await server.request<PreviewAnswer>("ecsDaemon/preview", { textDocument: { uri } });
    assert.match("sentence" in answer ? answer.sentence : JSON.stringify(answer), /^Lands on 3 of 5/);
    server.change(listUri, list.replace("8125", "8126"));
    assert.deepEqual(await codes(listUri), [["unknown-volume", positionOf(list, '"sock"')]]);
    assert.deepEqual(await codes(uri), [["unknown-volume", call]]);
  });

  test("with several daemons asks which is meant", async () => {
    const second = main.replaceAll("agent", "other");
    const { server, folder } = await started({ "main.tf": `${main}${second}`, "task.tf": task });
    const answer = await server.request<PreviewAnswer>("ecsDaemon/preview", {
      textDocument: { uri: folder.uriOf("main.tf") },
    });
    assert.ok("error" in answer);
    assert.equal(
      answer.error.message,
      "main.tf has several resources: aws_ecs_service.agent, aws_ecs_service.other.",
    );
  });

  test("helps in the expression of each of several blocks, and gives the JSON of a resource", async () => {
    const second = `  placement_constraints {
    type       = "memberOf"
    expression = "attribute:env in [prod]"
  }
}
`;
    const text = `${main.slice(0, -2)}${second}`;
    const { server, folder } = await started({ "main.tf": text, "task.tf": task, "variables.tf": variables });
    const uri = folder.uriOf("main.tf");
    server.open(uri, text, "terraform");
    const textDocument = { uri };
    for (const part of ["env == test", "env in [prod]"]) {
      const at = { textDocument, position: positionOf(text, part, 1) };
      const hover = await server.request<Hover | null>("textDocument/hover", at);
      assert.match(JSON.stringify(hover?.contents), /env/, part);
      const place = { textDocument, position: positionOf(text, part, part.lastIndexOf("t") + 1) };
      const list = await server.request<CompletionList | null>("textDocument/completion", place);
      assert.ok((list?.items ?? []).length > 0, part);
    }
    const hints = await server.request<InlayHint[]>("textDocument/inlayHint", {
      textDocument,
      range: everything,
    });
    assert.deepEqual(
      hints.map((it) => it.label),
      ["3 of 5", "2 of 5"],
    );
    const lenses = await server.request<CodeLens[]>("textDocument/codeLens", { textDocument });
    assert.deepEqual(
      lenses.map((it) => [it.command?.title, it.range.start.line]),
      [
        ["Lands on 0 of 5 instances", 0],
        ["Copy as JSON", 0],
      ],
    );
    const answer = await server.request<ResourceInputAnswer>("ecsDaemon/resourceInput", {
      textDocument: { uri: `${uri}#aws_ecs_service.agent` },
    });
    assert.ok("json" in answer, JSON.stringify(answer));
    assert.equal(JSON.parse(answer.json).placementConstraints.length, 2);
  });

  test("renames an attribute in every format", async () => {
    const synthesized = JSON.stringify({
      Resources: {
        Service: {
          Type: "AWS::ECS::Service",
          Properties: { PlacementConstraints: [{ Type: "memberOf", Expression: "attribute:env == prod" }] },
        },
      },
    });
    const files = {
      "main.tf": main,
      "task.tf": task,
      "stack.yaml": template,
      "cdk.template.json": synthesized,
    };
    const { server, folder } = await started(files);
    const uri = folder.uriOf("main.tf");
    server.open(uri, main, "terraform");
    const at = { textDocument: { uri }, position: positionOf(main, "env == test", 1) };
    const places = await server.request<Location[]>("textDocument/references", {
      ...at,
      context: { includeDeclaration: true },
    });
    assert.deepEqual(
      [...new Set(places.map((it) => it.uri))].sort(),
      ["cdk.template.json", "main.tf", "stack.yaml", "x.ecs-fleet.json"].map(folder.uriOf),
    );
    const edit = await server.request<WorkspaceEdit>("textDocument/rename", { ...at, newName: "stage" });
    assert.deepEqual(edit.changes?.[uri], [
      {
        range: { start: positionOf(main, "env == test"), end: positionOf(main, " == test") },
        newText: "stage",
      },
    ]);
    assert.deepEqual(edit.changes?.[folder.uriOf("cdk.template.json")], [
      {
        range: { start: positionOf(synthesized, "env =="), end: positionOf(synthesized, " == prod") },
        newText: "stage",
      },
    ]);
  });
});

test("a stranger gets nothing", async () => {
  const { server, folder } = await started({});
  const text = "Resources:\n  Bucket: { Type: AWS::S3::Bucket }\n";
  const textDocument = { uri: folder.uriOf("values.yaml") };
  server.open(textDocument.uri, text, "yaml");
  assert.deepEqual(await server.diagnostics(textDocument.uri), []);
  assert.deepEqual(await server.request("textDocument/codeLens", { textDocument }), []);
  assert.deepEqual(await server.request("textDocument/documentSymbol", { textDocument }), []);
});

test("an expression in a program is checked, explained and completed, and the program keeps its colors", async () => {
  const text = 'PlacementConstraint.memberOf("attribute:env = prod");\nmemberOf("attribute:env == prod");\n';
  const { server, folder } = await started({ "stack.ts": text });
  const textDocument = { uri: folder.uriOf("stack.ts") };
  server.open(textDocument.uri, text, "typescript");
  assert.deepEqual(
    (await server.diagnostics(textDocument.uri)).map((it) => [it.code, it.range.start]),
    [["expression-single-equals", positionOf(text, "= prod")]],
  );
  const position = positionOf(text, "attribute:env == prod", 12);
  const hover = await server.request<Hover>("textDocument/hover", { textDocument, position });
  assert.match(JSON.stringify(hover.contents), /env/);
  const hints = await server.request<InlayHint[]>("textDocument/inlayHint", {
    textDocument,
    range: everything,
  });
  assert.deepEqual(
    hints.map((it) => it.label),
    ["2 of 5"],
  );
  const { items } = await server.request<CompletionList>("textDocument/completion", {
    textDocument,
    position: positionOf(text, 'prod");\n', 0),
  });
  assert.ok(items.some((it) => it.label === "test"));
  assert.equal(await server.request("textDocument/semanticTokens/full", { textDocument }), null);
});

test("the fixes of thousands of diagnostics are found in time that grows with them", async () => {
  const server = await startClient({});
  cleanups.push(() => server.close());
  const uri = "file:///many/template.yaml";
  const resource = (at: number) =>
    `  A${at}: { Type: AWS::ECS::TaskDefinition, Properties: { Familly: a } }\n`;
  const text = `Resources:\n${Array.from({ length: 6000 }, (_, at) => resource(at)).join("")}`;
  server.open(uri, text, "yaml");
  const [found] = await server.diagnostics(uri);
  assert.ok(found !== undefined);
  // Those of other rows than any of ours.
  const diagnostics = Array.from({ length: 6000 }, (_, at) => {
    const place = { line: at, character: 100_000 };
    return { ...found, range: { start: place, end: place } };
  });
  const range = { start: { line: 0, character: 0 }, end: { line: 6001, character: 0 } };
  const before = process.cpuUsage();
  const params = { textDocument: { uri }, range, context: { diagnostics } };
  const actions = await server.request<object[]>("textDocument/codeAction", params);
  const { user } = process.cpuUsage(before);
  assert.ok(actions.length >= 6000);
  // Each was looked for among all: a hundred times as long.
  assert.ok(user / 1000 < 10_000, `${user / 1000} ms`);
});
