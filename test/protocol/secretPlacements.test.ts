// Every placement of a secret in every format that the server reads, through everything that it shows about a document:
// its characters are in no message, title, hover, list of proposals, outline, hint, tool's answer or line of the log.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type HostText, hostTexts } from "../support/hostTexts";
import { type ProtocolClient, startClient } from "../support/protocolClient";
import { type Placement, placements } from "../support/secretPlacements";
import { temporaryFolder } from "../support/temporaryFolder";

const fleet = '{ "groups": [{ "count": 1, "instanceType": "m5.large", "attributes": { "env": "prod" } }] }';
const folder = temporaryFolder({ "one.ecs-fleet.json": fleet });
let server: ProtocolClient;
before(async () => {
  server = await startClient({
    folders: [folder.uri],
    initializationOptions: { cluster: folder.uriOf("one.ecs-fleet.json") },
    settings: { trace: { server: "verbose" } },
  });
});
after(async () => {
  await server.close();
  folder.remove();
});

const definitionOf = ({ container, task }: Placement) => ({
  family: "agent",
  ...task,
  containerDefinitions: [{ name: "agent", image: "agent:1", memory: 64, essential: true, ...container }],
});

const quoted = (text: string) => JSON.stringify(text).replaceAll("${", "$${").replaceAll("%{", "%%{");

/** The first variable of the environment, with a value that is the default of a parameter or variable. */
function referringTexts({ container }: Placement): readonly HostText[] {
  const { environment } = (container ?? {}) as { environment?: { name?: string; value?: string }[] };
  const { name, value } = (Array.isArray(environment) ? environment[0] : undefined) ?? {};
  if (name === undefined || value === undefined) return [];
  return [
    {
      format: "reference to a variable",
      fileName: "main.tf",
      text: `variable "given" {\n  default = ${quoted(value)}\n}\nresource "aws_ecs_task_definition" "agent" {\n  family = "agent"\n  container_definitions = jsonencode([{ name = "agent", image = "a", memory = 64, environment = [{ name = ${quoted(name)}, value = var.given }] }])\n}\n`,
    },
    {
      format: "reference to a local",
      fileName: "main.tf",
      text: `locals {\n  given = ${quoted(value)}\n}\nresource "aws_ecs_task_definition" "agent" {\n  family = "agent"\n  container_definitions = jsonencode([{ name = "agent", image = "a", memory = 64, environment = [{ name = ${quoted(name)}, value = local.given }] }])\n}\n`,
    },
    {
      format: "reference to a parameter",
      fileName: "stack.yaml",
      text: `Parameters:\n  Given:\n    Type: String\n    Default: ${JSON.stringify(value)}\nResources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: agent\n      ContainerDefinitions:\n        - Name: agent\n          Image: a\n          Memory: 64\n          Environment:\n            - Name: ${JSON.stringify(name)}\n              Value: !Ref Given\n`,
    },
  ];
}

/** Other ways to write a value: in a local, in the default of a variable, in a list of containers, with Ansible. */
function otherTexts(placement: Placement): readonly HostText[] {
  const { containerDefinitions } = definitionOf(placement);
  const list = JSON.stringify(containerDefinitions, undefined, 2);
  const using = (name: string) =>
    `resource "aws_ecs_task_definition" "agent" {\n  family = "agent"\n  container_definitions = jsonencode(${name})\n}\n`;
  const hcl = list.replaceAll("${", "$${").replaceAll("%{", "%%{");
  return [
    { format: "local", fileName: "main.tf", text: `locals {\n  all = ${hcl}\n}\n${using("local.all")}` },
    {
      format: "default of a variable",
      fileName: "main.tf",
      text: `variable "all" {\n  default = ${hcl}\n}\n${using("var.all")}`,
    },
    { format: "container list", fileName: "containers.json", text: list },
    { format: "template of a list", fileName: "containers.json.tpl", text: list },
    {
      format: "Ansible",
      fileName: "site.yml",
      text: `- hosts: all\n  tasks:\n    - community.aws.ecs_taskdefinition:\n        family: agent\n        state: present\n        containers: ${JSON.stringify(containerDefinitions)}\n`,
    },
  ];
}

/** Three formats for each placement, so that each format comes with every third of them; `FUZZ_LONG` takes all. */
function someTextsOf(placement: Placement, index: number): readonly HostText[] {
  const all = textsOf(placement);
  if (process.env.FUZZ_LONG !== undefined) return all;
  return [0, 1, 2].flatMap((it) => all[(index * 3 + it) % all.length] ?? []);
}

function textsOf(placement: Placement): readonly HostText[] {
  const definition = definitionOf(placement);
  if (placement.service !== undefined) {
    const service = { serviceName: "agent", taskDefinition: "agent", ...placement.service };
    const plain = { format: "service", fileName: "a.service.json", text: JSON.stringify(service, null, 2) };
    return [plain, ...hostTexts("service", service)];
  }
  const text = JSON.stringify(definition, undefined, 2);
  return [
    { format: "task definition", fileName: "a.taskdef.json", text },
    { format: "broken task definition", fileName: "a.taskdef.json", text: text.slice(0, -4) },
    ...hostTexts("taskDefinition", definition),
    ...otherTexts(placement),
    ...referringTexts(placement),
  ];
}

/** As it is written, in JSON and inside JSON inside JSON. */
function repeats(text: string, secret: string): boolean {
  const once = JSON.stringify(secret).slice(1, -1);
  return [secret, once, JSON.stringify(once).slice(1, -1)].some((it) => text.includes(it));
}

/** Edits put back what the document has; everything else of an answer is shown. */
const shown = (value: unknown) =>
  JSON.stringify(value, (key, it) =>
    /^(?:edit|textEdit|newText|insertText|data|oldText)$/.test(key) ? undefined : it,
  ) ?? "";

function positionOf(text: string, offset: number) {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** What the server shows about an open document, by door. */
async function everythingShown(uri: string, text: string, offset: number) {
  const textDocument = { uri };
  const position = positionOf(text, Math.max(0, offset));
  const range = { start: { line: 0, character: 0 }, end: positionOf(text, text.length) };
  const diagnostics = await server.diagnostics(uri);
  const asked = {
    codeAction: { textDocument, range, context: { diagnostics } },
    hover: { textDocument, position },
    completion: { textDocument, position },
    signatureHelp: { textDocument, position },
    documentSymbol: { textDocument },
    inlayHint: { textDocument, range },
    codeLens: { textDocument },
    documentLink: { textDocument },
  };
  const { capabilities } = server.initialized;
  const answers = Object.entries(asked)
    .filter(([name]) => Object.hasOwn(capabilities, `${name}Provider`))
    .map(async ([name, params]) => [name, await server.request(`textDocument/${name}`, params)] as const);
  return [["diagnostics", diagnostics], ...(await Promise.all(answers))] as const;
}

test("the server shows no secret of any format", async () => {
  const found: string[] = [];
  const warned = new Set<string>();
  for (const [index, placement] of placements.entries()) {
    const { secret, title } = placement;
    for (const { format, fileName, text } of someTextsOf(placement, index)) {
      const uri = folder.uriOf(fileName);
      server.open(uri, text);
      const reference = /(?:var\.|local\.|!Ref )given/i.exec(text)?.index;
      const doors = await everythingShown(uri, text, reference ?? text.indexOf(secret) + 1);
      server.closeDocument(uri);
      for (const [door, answer] of doors)
        if (repeats(shown(answer), secret)) found.push(`${title} in ${format}: ${door}`);
      if (shown(doors).includes("plain-secret")) warned.add(format);
    }
  }
  assert.deepEqual(found, []);
  // Each format is read: what is not cannot be shown.
  assert.ok(warned.size >= 12, [...warned].join(", "));
  assert.deepEqual(
    placements.filter(({ secret }) => repeats(server.log.join("\n"), secret)).map((it) => it.title),
    [],
  );
});

test("the tools of assistants answer without a secret of any format", async () => {
  const found: string[] = [];
  for (const [index, placement] of placements.entries()) {
    for (const { format, fileName, text } of someTextsOf(placement, index + 1)) {
      const validated = await server.request("ecsDaemon/tool", {
        name: "validate",
        input: { text, fileName },
      });
      if (repeats(shown(validated), placement.secret)) found.push(`${placement.title} in ${format}`);
    }
  }
  assert.deepEqual(found, []);
});
