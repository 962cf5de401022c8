// Fields for values of a template or module in the preview panel, with the server's own answers.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { HostMessage, PanelState } from "../../client/src/preview/messages";
import { readClusterText } from "../../server/src/core/cluster/readClusterText";
import { daemonServiceOf } from "../../server/src/core/language/previewSubject";
import { givenTexts } from "../../server/src/core/resources/hosts/givenValues";
import { openResources } from "../../server/src/core/resources/openResources";
import { subjectWithValues } from "../../server/src/lsp/preview/previewedValues";
import { resultOf } from "../../server/src/lsp/preview/previewResult";
import type { FileValues } from "../../server/src/lsp/preview/valuesFiles";
import { until } from "../support/until";
import { barriersOf } from "./axe";
import { type Panel, type PanelOptions, panelsForTests } from "./panelPage";

const document = { uri: "file:///w/stack.yaml", name: "stack.yaml" };
const template = `Parameters:
  AgentMemory: { Type: Number, Default: 512 }
  Env: { Type: String }
  ApiToken: { Type: String }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{ Name: agent, Image: "agent:1", Memory: !Ref AgentMemory }]
  Service:
    Type: AWS::ECS::Service
    Properties:
      ServiceName: agent
      TaskDefinition: !Ref Task
      SchedulingStrategy: DAEMON
      PlacementConstraints:
        - { Type: memberOf, Expression: !Sub "attribute:env == \${Env}" }
        - { Type: memberOf, Expression: !Sub "not(attribute:token == \${ApiToken})" }
`;
const { cluster } = readClusterText(
  "five.ecs-fleet.json",
  JSON.stringify({
    groups: [
      { count: 2, instanceType: "m5.large", attributes: { env: "prod" } },
      { count: 3, instanceType: "m5.large", attributes: { env: "dev" } },
    ],
  }),
);

const noFiles: FileValues = { given: new Map(), from: new Map(), files: [] };

/** `asked`: the values of the fields. */
function previewed(values: Readonly<Record<string, string>>, fromFiles = noFiles): HostMessage {
  const [taskDefinition, service] = openResources("stack.yaml", template);
  assert.ok(taskDefinition !== undefined);
  const found = subjectWithValues({ taskDefinition, service }, { asked: values, fromFiles }, (it, given) => {
    const read = openResources("stack.yaml", template, { given });
    return read.find(({ hosted }) => hosted?.id === it.hosted?.id) ?? it;
  });
  const result = resultOf({
    daemon: daemonServiceOf(found.subject),
    cluster: { cluster, label: "five.ecs-fleet.json", kind: "file" },
    service,
    documents: [],
    values: found.values,
    valuesFiles: fromFiles.files,
  });
  return { kind: "result", document, result, saved: true };
}

const withPanel = panelsForTests();
const field = ({ page }: Panel, name: string) => page.getByRole("textbox", { name: `Value of ${name}` });
const takeBack = ({ page }: Panel, name: string) =>
  page.getByRole("button", { name: `Take back the value of ${name}` });
const words = ({ page }: Panel) => page.locator(".values-words").textContent();
const answer = ({ page }: Panel) => page.locator(".answer").textContent();

/** What the host keeps, from everything that the page has asked for so far. */
async function answerAll(panel: Panel, asked: number) {
  const given = new Map<string, string>();
  const requests = async () => (await panel.sent()).flatMap((it) => (it.kind === "giveValue" ? [it] : []));
  await until("the page asks for a preview with a value", async () => (await requests()).length >= asked);
  const messages = await requests();
  assert.equal(messages.length, asked);
  for (const { name, value } of messages)
    if (value === undefined) given.delete(name);
    else given.set(name, value);
  await panel.send(previewed(Object.fromEntries(given)));
}

const started = (options: PanelOptions, work: (panel: Panel) => Promise<void>) =>
  withPanel(options, async (panel) => {
    await panel.send(previewed({}));
    await field(panel, "AgentMemory").waitFor();
    await work(panel);
  });

test("a value is given with Enter or by leaving the field, and taken back", () =>
  started({}, async (panel) => {
    assert.equal(await field(panel, "AgentMemory").getAttribute("placeholder"), "512");
    assert.equal(await field(panel, "Env").getAttribute("placeholder"), "not known");
    assert.equal(await words(panel), "With the default of AgentMemory. Env and ApiToken are not known.");
    await field(panel, "Env").fill("prod");
    await panel.page.keyboard.press("Enter");
    await answerAll(panel, 1);
    await takeBack(panel, "Env").waitFor();
    assert.match((await words(panel)) ?? "", /^With the given value of Env and the default of AgentMemory\./);
    assert.match((await answer(panel)) ?? "", /3 excluded/);
    await field(panel, "AgentMemory").fill("9000");
    await field(panel, "Env").focus();
    await answerAll(panel, 2);
    await takeBack(panel, "AgentMemory").click();
    await answerAll(panel, 3);
    await takeBack(panel, "AgentMemory").waitFor({ state: "hidden" });
    assert.equal(await field(panel, "AgentMemory").inputValue(), "");
    assert.deepEqual(((await panel.stored()) as PanelState).values, { Env: "prod" });
  }));

test("files of values are picked, name what they give, and are left out again", () =>
  started({ width: 360 }, async (panel) => {
    const { page } = panel;
    await page.getByRole("button", { name: "Values File…" }).click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "chooseValuesFile" });
    const uri = "file:///w/dev%20values.json";
    const given = givenTexts({ AgentMemory: "64", Env: "prod", Unrelated: "1" });
    const from = new Map([...given.keys()].map((it) => [it, uri]));
    const gone = { uri: "file:///w/gone.tfvars", problem: "The file was moved or deleted." };
    await panel.send(previewed({ Env: "dev" }, { given, from, files: [{ uri }, gone] }));
    assert.equal(await field(panel, "AgentMemory").inputValue(), "");
    assert.equal(await field(panel, "AgentMemory").getAttribute("placeholder"), "64");
    assert.equal(await field(panel, "AgentMemory").getAttribute("title"), "From dev values.json");
    assert.equal(await takeBack(panel, "AgentMemory").isVisible(), false, "it is not the field's own");
    assert.equal(await field(panel, "Env").inputValue(), "dev", "what is given itself counts before files");
    await page.getByText("gone.tfvars: The file was moved or deleted.").waitFor();
    assert.deepEqual(((await panel.stored()) as PanelState).values, { Env: "dev" });
    assert.deepEqual(((await panel.stored()) as PanelState).valuesFiles, [uri, gone.uri]);
    await panel.picture("values-file");
    assert.deepEqual(await barriersOf(panel), []);
    await page.getByRole("button", { name: "Leave out the values of dev values.json" }).click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "leaveValuesFile", uri });
  }));

test("a value that cannot be used stays in its field, with the reason", () =>
  started({}, async (panel) => {
    await field(panel, "AgentMemory").fill("lots");
    await panel.page.keyboard.press("Enter");
    await answerAll(panel, 1);
    await panel.page
      .getByRole("alert")
      .filter({ hasText: `Not used: AgentMemory: 'Memory' has to be an integer, not the text "lots".` })
      .waitFor();
    assert.equal(await field(panel, "AgentMemory").inputValue(), "lots");
    assert.equal(await field(panel, "AgentMemory").getAttribute("aria-invalid"), "true");
    assert.match((await words(panel)) ?? "", /^With the default of AgentMemory\./);
    // Whatever else fails, what was typed is still there.
    await field(panel, "Env").fill("prod");
    await panel.page.keyboard.press("Enter");
    const error = { code: "server-gone", message: "The language server is not running." };
    await panel.send({ kind: "failure", document, error, next: [], keepsLast: true });
    await panel.page.getByText("The language server is not running.").waitFor();
    assert.equal(await field(panel, "Env").inputValue(), "prod");
  }));

test("a secret is not stored, and another file has values of its own", () =>
  started({}, async (panel) => {
    await field(panel, "ApiToken").fill("q9Zr7Wp2Lm4Xt8Vb");
    await panel.page.keyboard.press("Enter");
    await answerAll(panel, 1);
    await takeBack(panel, "ApiToken").waitFor();
    const secret = panel.page.getByLabel("Value of ApiToken", { exact: true });
    assert.equal(await secret.getAttribute("type"), "password");
    assert.ok(!JSON.stringify(await panel.stored()).includes("q9Zr7Wp2Lm4Xt8Vb"));
    await field(panel, "Env").fill("prod");
    await panel.page.keyboard.press("Enter");
    await answerAll(panel, 2);
    await takeBack(panel, "Env").waitFor();
    await panel.send({ kind: "loading", document: { uri: "file:///w/other.yaml", name: "other.yaml" } });
    await panel.send({ ...previewed({}), document: { uri: "file:///w/other.yaml", name: "other.yaml" } });
    await takeBack(panel, "Env").waitFor({ state: "hidden" });
    assert.equal(await field(panel, "Env").inputValue(), "");
    assert.equal(((await panel.stored()) as PanelState).values, undefined);
  }));

test("what was given is there after a reload, before and after the first answer", () =>
  withPanel({ state: { document, values: { Env: "prod" } } }, async (panel) => {
    await panel.send({ kind: "lock", document, locked: false });
    assert.deepEqual(((await panel.stored()) as PanelState).values, { Env: "prod" });
    await panel.send(previewed({ Env: "prod" }));
    await takeBack(panel, "Env").waitFor();
    assert.equal(await field(panel, "Env").inputValue(), "prod");
    assert.deepEqual(((await panel.stored()) as PanelState).values, { Env: "prod" });
  }));

for (const [theme, width] of [
  ["dark", 1280],
  ["light", 480],
  ["highContrast", 760],
] as const)
  test(`the fields are accessible and fit: ${theme}, ${width} pixels`, () =>
    started({ theme, width }, async (panel) => {
      await panel.picture(`values-open-${theme}-${width}`);
      assert.deepEqual(await barriersOf(panel), []);
      await panel.send(previewed({ Env: "prod", AgentMemory: "lots", ApiToken: "q9Zr7Wp2Lm4Xt8Vb" }));
      await takeBack(panel, "Env").waitFor();
      await panel.picture(`values-given-${theme}-${width}`);
      assert.deepEqual(await barriersOf(panel), []);
      assert.equal(
        await panel.page.evaluate("document.documentElement.scrollWidth > innerWidth"),
        false,
        "nothing scrolls sideways",
      );
    }));
