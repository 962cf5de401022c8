// CloudFormation and Terraform in the languages that VS Code and other extensions have for them: diagnostics, quick fixes,
// help inside an expression, the outline, and the preview of the resource under the cursor.

import assert from "node:assert/strict";
import {
  type CodeAction,
  type CompletionList,
  commands,
  type DocumentSymbol,
  Selection,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import { done } from "./commands";
import { codeOf, oursOf, show, writeJson, writeText } from "./documents";
import { eventually, type Suite } from "./runner";

const template = `Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{ Name: agent, Image: "agent:1", Memory: 64, Essental: true }]
  Service:
    Type: AWS::ECS::Service
    Properties:
      SchedulingStrategy: DAEMON
      TaskDefinition: !Ref Task
      PlacementConstraints:
        - Type: memberOf
          Expression: attribute:env == prod
`;

const configuration = `resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  container_definitions = jsonencode([{ name = "agent", image = "agent:1", memory = 64, essental = true }])
}

resource "aws_ecs_service" "agent" {
  name                = "agent"
  task_definition     = aws_ecs_task_definition.agent.arn
  scheduling_strategy = "DAEMON"
  placement_constraints {
    type       = "memberOf"
    expression = "attribute:env == prod"
  }
}
`;

export function templateTests({ test }: Suite): void {
  for (const { name, language, text, ids } of [
    { name: "stack.yaml", language: "yaml", text: template, ids: ["Task", "Service"] },
    { name: "stack.template", language: "plaintext", text: template, ids: ["Task", "Service"] },
    { name: "stack.cfn.yaml", language: "cloudformation", text: template, ids: ["Task", "Service"] },
    {
      name: "main.tf",
      language: "terraform",
      text: configuration,
      ids: ["aws_ecs_task_definition.agent", "aws_ecs_service.agent"],
    },
  ])
    test(`${name} (${language}) is checked, mended, completed, outlined and previewed`, async () => {
      await chooseFleet();
      const document = await show(await writeText(name, text));
      assert.equal(document.languageId, language);
      await mendSlip(document);
      assert.equal(document.getText(), text.replace(/ssental/, "ssential"));
      assert.ok((await completions(document, "attribute:env")).includes("attribute:env"));
      assert.deepEqual(await outline(document), ids);
      // The cursor is in the service: nothing is asked.
      const editor = window.activeTextEditor;
      const at = document.positionAt(document.getText().indexOf("DAEMON"));
      assert.equal(editor?.document, document);
      if (editor !== undefined) editor.selection = new Selection(at, at);
      const { summary } = await done("previewPlacement");
      assert.deepEqual([summary.place, summary.excluded], [2, 1]);
      // VS Code may be saving the file by itself.
      await eventually("every file is saved", async () => await workspace.saveAll());
    });

  test("an expression in a program is checked while the server runs", async () => {
    const document = await show(await writeText("stack.js", 'memberOf("attribute:env = prod");\n'));
    assert.equal(document.languageId, "javascript");
    const [slip] = await eventually("the operator is underlined", () => {
      const found = oursOf(document);
      return found.length === 1 && found;
    });
    assert.equal(slip && codeOf(slip), "expression-single-equals");
    assert.equal(document.getText(slip?.range), "=");
  });
}

/** A cluster of three container instances, two of which the expression admits. */
async function chooseFleet(): Promise<void> {
  const group = (count: number, env: string) => ({ count, instanceType: "m5.large", attributes: { env } });
  const fleet = await writeJson("two.ecs-fleet.json", { groups: [group(2, "prod"), group(1, "test")] });
  await done("selectCluster", fleet);
}

/** Applies the quick fix of the only diagnostic, which underlines the name with the slip. */
async function mendSlip(document: TextDocument): Promise<void> {
  const [slip] = await eventually("the slip is underlined", () => {
    const found = oursOf(document);
    return found.length === 1 && found;
  });
  assert.equal(slip && codeOf(slip), "misspelt-member");
  assert.match(document.getText(slip?.range), /^essental$/i);
  const actions = await commands.executeCommand<CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    slip?.range,
  );
  const fix = actions.find((it) => /^Change to '(?:E|e)ssential'$/.test(it.title))?.edit;
  assert.ok(fix, actions.map((it) => it.title).join());
  assert.ok(await workspace.applyEdit(fix));
  await eventually("nothing is underlined", () => oursOf(document).length === 0);
}

/** What is offered at the end of the only place of `prefix`. */
async function completions(document: TextDocument, prefix: string): Promise<readonly string[]> {
  const { items } = await commands.executeCommand<CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    document.positionAt(document.getText().indexOf(prefix) + prefix.length),
  );
  return items.map((it) => (typeof it.label === "string" ? it.label : it.label.label));
}

async function outline(document: TextDocument): Promise<readonly string[]> {
  const symbols = await commands.executeCommand<DocumentSymbol[]>(
    "vscode.executeDocumentSymbolProvider",
    document.uri,
  );
  return symbols.map((it) => it.name);
}
