// The preview of a managed daemon, drawn: the answer, the bill, coverage and what is replaced.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { PanelState } from "../../client/src/preview/messages";
import { readManagedCluster } from "../../server/src/core/managed/managedCluster";
import { previewManaged } from "../../server/src/core/managed/preview";
import { managedStories } from "../../server/src/core/managed/stories";
import type { ManagedPanel } from "../../server/src/lsp/protocol/protocol";
import { barriersOf } from "./axe";
import { type Panel, panelsForTests } from "./panelPage";
import { type ThemeName, themes } from "./themes";

const withPanel = panelsForTests();
const document = { uri: "file:///w/agent.daemon.json", name: "agent.daemon.json" };

type Preview = ManagedPanel["preview"];

function typeRow(
  type: string,
  size: readonly [number, number],
  instances: number,
  more: Partial<Preview["types"][number]> = {},
) {
  const [cpu, memory] = size;
  const taken = { cpu: 768, memory: 1280 };
  return {
    type,
    isNominal: instances === 0,
    instances,
    cpu,
    memory,
    taken,
    left: { cpu: cpu - taken.cpu, memory: memory - taken.memory },
    share: {
      cpu: Math.round((1000 * taken.cpu) / cpu) / 10,
      memory: Math.round((1000 * taken.memory) / memory) / 10,
    },
    fits: memory >= taken.memory,
    unchecked: [],
    copies: { before: 3, after: memory >= taken.memory ? 2 : 0 },
    ...more,
  };
}

/** Of the same number of instances in one capacity provider. */
function storiesOf(count: number): ManagedPanel["stories"] {
  const containerInstances = Array.from({ length: count }, (_, index) => ({
    containerInstanceArn: `x/${index}`,
    capacityProviderName: "mi",
    status: "ACTIVE",
    registeredResources: [
      { name: "CPU", integerValue: 2048 },
      { name: "MEMORY", integerValue: 3788 },
    ],
  }));
  const capacityProviders = [{ name: "mi", managedInstancesProvider: {} }];
  return managedStories(
    previewManaged(
      { definition: { cpu: "256", memory: "512" }, daemon: { daemonName: "datadog-agent" } },
      readManagedCluster({ containerInstances, capacityProviders }),
    ),
  );
}

function panelOf(count: number): ManagedPanel {
  const without = Math.min(1, count);
  const instances: Preview["instances"] = Array.from({ length: count }, (_, index) => ({
    id: `${index.toString(16).padStart(8, "0")}32f25082ae60d70`,
    provider: index % 3 === 0 ? "mi-compute" : "mi-general",
    verdict: index === 0 ? "blocked" : "replace",
    reasons: [
      index === 0
        ? "It has room for 120 MiB and the daemon takes 512. A new instance of this size never becomes active."
        : "It runs agent:3.",
    ],
  }));
  const at = (name: string) => instances.filter((it) => it.provider === name).length;
  return {
    preview: {
      daemon: { name: "datadog-agent", critical: true },
      reservation: { cpu: 256, memory: 512, isExact: true },
      providers: [
        {
          name: "mi-general",
          isKnown: true,
          instances: at("mi-general"),
          running: at("mi-general"),
          without: 0,
        },
        {
          name: "mi-compute",
          isKnown: true,
          instances: at("mi-compute"),
          running: at("mi-compute") - without,
          without,
        },
      ],
      types: [
        typeRow("t3.micro", [2048, 960], 0),
        typeRow("t3.small", [2048, 1930], 0),
        typeRow("c5.large", [2048, 3788], 4),
        typeRow("m5.large", [2048, 7764], 21),
      ],
      application: { name: "web", cpu: 256, memory: 1024 },
      instances,
      rollout: {
        replaced: count,
        drainPercent: 25,
        atOnce: { floor: Math.floor(count / 4), ceiling: Math.ceil(count / 4) },
        serviceTasksMoved: 11 * count,
        standaloneTasksStopped: count === 0 ? 0 : 4,
      },
    },
    isNew: false,
    cluster: "prod, eu-west-1",
    daemons: [
      { daemon: "datadog-agent", providers: {} },
      { daemon: "falcon-sensor", providers: { "mi-general": { running: at("mi-general"), without: 0 } } },
    ],
    unknowns: ["Whether ECS counts daemons when it chooses an instance type."],
    daemonFile: document.uri,
    definitionFile: null,
    trial: {},
    written: {
      cpu: 256,
      memory: 512,
      critical: true,
      drainPercent: 25,
      providers: ["mi-general", "mi-compute"],
      replaced: count,
    },
    stories: storiesOf(count),
  };
}

test("says first what the update replaces, then the bill, the coverage and the instances", () =>
  withPanel({ theme: "light", width: 1280, height: 900 }, async ({ page, send, picture }) => {
    await send({ kind: "managed", document, panel: panelOf(37) });
    await page.waitForSelector(".managed");
    assert.equal(
      await page.textContent("h1"),
      "This update replaces 37 container instances, 9 or 10 at a time.",
    );
    const rows = await page.locator(".managed-table").first().locator("tbody tr").allTextContents();
    assert.equal(rows.length, 4);
    assert.match(rows[0] ?? "", /t3\.micro smallest does not fit/);
    assert.match((await page.textContent(".managed-rail")) ?? "", /4 will stop and are not restarted/);
    assert.equal(await page.locator("details[open]").count(), 1);
    await picture("managed-1280-light");
  }));

test("the same in the dark and narrow, in high contrast, without instances, and with thousands", () =>
  withPanel({ theme: "dark", width: 480, height: 900 }, async ({ page, send, picture }) => {
    await send({ kind: "managed", document, panel: panelOf(37) });
    await page.waitForSelector(".managed");
    await picture("managed-480-dark");
    assert.equal(
      await page.evaluate("document.documentElement.scrollWidth <= innerWidth"),
      true,
      "the page does not scroll sideways",
    );
    await send({ kind: "managed", document, panel: panelOf(0) });
    await page.waitForSelector("h1:has-text('no container instance')");
    await picture("managed-empty-dark");
  }));

test("where no instance type is known, the bill says why and what helps", () =>
  withPanel({ theme: "light", width: 1280, height: 900 }, async ({ page, send }) => {
    const panel = panelOf(0);
    const empty = async (
      providers: readonly (readonly [string, boolean])[],
      more: Partial<ManagedPanel> = {},
    ) => {
      const of = providers.map(([name, isKnown]) => ({
        name,
        isKnown,
        instances: 0,
        running: 0,
        without: 0,
      }));
      const preview = { ...panel.preview, types: [], providers: of };
      await send({ kind: "managed", document, panel: { ...panel, preview, ...more } });
      return page.locator(".managed-empty").first().textContent();
    };
    const none = "No instance type is known: ";
    assert.equal(
      await empty([["mi", false]], { cluster: "no cluster", isWithoutCluster: true }),
      `${none}select a cluster, or add the file of a capacity provider with instanceRequirements.`,
    );
    await page.getByText("No cluster is selected.").waitFor();
    assert.equal(
      await empty([["mi", false]]),
      `${none}the capacity provider mi is not known in the cluster prod, eu-west-1. Select another cluster, or add its file with instanceRequirements.`,
    );
    assert.equal(
      await empty([
        ["mi", false],
        ["asg", true],
        ["spot", false],
      ]),
      `${none}the capacity providers mi, spot are not known in the cluster prod, eu-west-1. Select another cluster, or add their files with instanceRequirements.`,
    );
    assert.equal(
      await empty([["mi", true]]),
      `${none}add the file of the capacity provider with instanceRequirements.`,
    );
    assert.equal(await empty([]), `${none}the daemon names no capacity provider.`);
  }));

test("in high contrast, with thousands of instances", () =>
  withPanel({ theme: "highContrast", width: 1280, height: 900 }, async ({ page, send, picture }) => {
    await send({ kind: "managed", document, panel: panelOf(5000) });
    await page.waitForSelector(".managed");
    assert.match((await page.textContent("h1")) ?? "", /5,000 container instances, 1,250 at a time/);
    assert.ok((await page.locator(".managed-row").count()) < 100, "only some instances of a group are drawn");
    await picture("managed-5000-hc");
  }));

test("other values are tried, and time is shown step by step", () =>
  withPanel({ theme: "light", width: 1280, height: 1400 }, async ({ page, send, sent, picture }) => {
    const panel = panelOf(37);
    await send({ kind: "managed", document, panel });
    await page.getByLabel("Memory of the daemon in MiB").fill("2000");
    await page.getByLabel("drainPercent").fill("50");
    await page.getByLabel("Critical").uncheck();
    await page.getByLabel("Instance types that are excluded").fill("t3.*");
    await page.getByRole("button", { name: "Try" }).click();
    const trial = { memory: 2000, drainPercent: 50, critical: false, excludedTypes: ["t3.*"] };
    assert.deepEqual((await sent()).filter((it) => it.kind === "managedTrial").at(-1), {
      kind: "managedTrial",
      trial,
    });
    await send({ kind: "managed", document, panel: { ...panel, trial } });
    await page.getByText("Replaces 37 instances; as written 37 instances.").waitFor();
    assert.equal(await page.getByLabel("Memory of the daemon in MiB").inputValue(), "2000");
    await page.getByLabel("Story").selectOption("failsCritical");
    await page.getByText(/circuit breaker/).waitFor();
    await send({ kind: "managed", document, panel });
    await page.getByText(/circuit breaker/).waitFor();
    await picture("managed-trial-light");
  }));

test("values of a template have fields, which keep the focus while the answer comes", () =>
  withPanel({ width: 480, height: 900 }, async ({ page, send, sent, stored, picture }) => {
    const uri = "file:///w/dev.json";
    const values = [
      { name: "AgentMemory", byDefault: "512", given: "256" },
      { name: "Providers", given: "mi-general", from: uri },
    ];
    const panel = { ...panelOf(37), values, valuesFiles: [{ uri }] };
    await send({ kind: "managed", document, panel });
    const field = page.getByRole("textbox", { name: "Value of AgentMemory" });
    assert.equal(await field.inputValue(), "256");
    await page
      .getByText("With the given values of AgentMemory and Providers.")
      .waitFor({ state: "attached" });
    await field.fill("300");
    await page.keyboard.press("Enter");
    assert.deepEqual((await sent()).at(-1), { kind: "giveValue", name: "AgentMemory", value: "300" });
    await send({ kind: "managed", document, panel });
    assert.equal(
      await page.evaluate("document.activeElement.getAttribute('aria-label')"),
      "Value of AgentMemory",
    );
    assert.deepEqual(((await stored()) as PanelState).values, { AgentMemory: "256" });
    assert.deepEqual(((await stored()) as PanelState).valuesFiles, [uri]);
    await picture("managed-values");
  }));

/** What the preview shows, by how one gets there. */
const states: Readonly<Record<string, (panel: Panel) => Promise<void>>> = {
  "37 instances": (panel) => panel.send({ kind: "managed", document, panel: panelOf(37) }),
  "no instance": (panel) => panel.send({ kind: "managed", document, panel: panelOf(0) }),
  "5,000 instances": (panel) => panel.send({ kind: "managed", document, panel: panelOf(5_000) }),
  "a trial and a story": async (panel) => {
    await panel.send({ kind: "managed", document, panel: { ...panelOf(37), trial: { memory: 2_000 } } });
    await panel.page.getByLabel("Story").selectOption("failsCritical");
    await panel.page.getByText(/circuit breaker/).waitFor();
  },
};

for (const theme of Object.keys(themes) as ThemeName[])
  for (const [name, show] of Object.entries(states))
    test(`axe-core finds nothing to object to in the ${theme} theme: ${name}`, () =>
      withPanel({ theme, width: theme === "dark" ? 480 : 1280 }, async (panel) => {
        await show(panel);
        await panel.page.waitForSelector(".managed");
        assert.deepEqual(await barriersOf(panel), []);
      }));
