import assert from "node:assert/strict";
import { test } from "node:test";
import type { HostMessage, PanelMessage } from "../../client/src/preview/messages";
import { readFleet } from "../../server/src/core/cluster/fleet";
import { daemonServiceOf } from "../../server/src/core/scheduler/daemonServiceOf";
import { type ScenarioName, scenarioNames, scriptOf } from "../../server/src/core/simulation/scenarios";
import { simulate } from "../../server/src/core/simulation/timeline";
import { whatIf } from "../../server/src/lsp/preview/whatIf";
import type { ClusterChange, PreviewResult, TimelineResult } from "../../server/src/lsp/protocol/protocol";
import { timelineResult } from "../../server/src/lsp/protocol/timelineResult";
import { barriersOf } from "./axe";
import { cellOfKeyboard, drawnCells, walkToCell } from "./drawnMap";
import { type Panel, type PanelOptions, panelsForTests } from "./panelPage";
import { type ThemeName, themes } from "./themes";

const document = { uri: "file:///w/agent.taskdef.json", name: "agent.taskdef.json" };

/** The server's own answers, so that the panel is tested with what it really gets. */
const daemon = daemonServiceOf(
  {
    family: "agent",
    containerDefinitions: [
      {
        name: "agent",
        image: "agent:1",
        cpu: 100,
        memory: 256,
        portMappings: [{ containerPort: 8126, hostPort: 8126 }],
      },
    ],
  },
  { serviceName: "agent", placementConstraints: [{ type: "memberOf", expression: "attribute:env == prod" }] },
);
const clusterOf = (count: number) =>
  readFleet(
    JSON.stringify({
      groups: [
        {
          count,
          instanceType: "m5.large",
          zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
          attributes: { env: "prod" },
        },
        { count: 1, instanceType: "c5.large", zones: ["us-east-1a"], attributes: { env: "dev" } },
      ],
    }),
    "default",
  ).cluster;

function previewed(changes: readonly ClusterChange[] = [], kind: "local" | "file" = "local"): PreviewResult {
  const found = {
    daemon,
    cluster: {
      cluster: clusterOf(6),
      label: kind === "local" ? "local (default)" : "six.ecs-fleet.json",
      kind,
    },
    service: undefined,
    documents: [],
  };
  const answer = whatIf(found, { changes });
  assert.ok(!("error" in answer));
  return answer;
}

function told(scenario: ScenarioName, percent = 50, count = 6): TimelineResult {
  const cluster = clusterOf(count);
  const { script, problem } = scriptOf(scenario, daemon, cluster);
  assert.ok(script !== undefined, problem);
  const timeline = simulate({ daemon, cluster, script, minimumHealthyPercent: percent });
  return timelineResult(timeline, scenario, percent);
}

const result = (it: PreviewResult, saved = true): HostMessage => ({
  kind: "result",
  document,
  result: it,
  saved,
});
const timeline = (answer: TimelineResult): HostMessage => ({ kind: "timeline", document, answer });

const withPanel = panelsForTests();

const section = (panel: Panel, name: string) => panel.page.getByRole("region", { name, exact: true });
const openSection = (panel: Panel, name: string) =>
  section(panel, name).getByRole("button", { name, exact: true }).click();

/** The newest list of changes that the page asked for. */
async function asked(panel: Panel): Promise<readonly ClusterChange[]> {
  const lists = (await panel.sent()).flatMap((it) => (it.kind === "whatIf" ? [it.changes] : []));
  return lists.at(-1) ?? [];
}

const last = async (panel: Panel): Promise<PanelMessage | undefined> => (await panel.sent()).at(-1);

/** Opens What if and sends what the server answers to each change, as the host does. */
async function withWhatIf(
  options: PanelOptions,
  work: (panel: Panel, answer: () => Promise<void>) => Promise<void>,
): Promise<void> {
  await withPanel(options, async (panel) => {
    await panel.send(result(previewed()));
    await openSection(panel, "What if");
    await work(panel, async () => panel.send(result(previewed(await asked(panel)))));
  });
}

test("both sections are closed at first, and nothing in them is in the way", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(previewed()));
    for (const name of ["What if", "Time"]) {
      const toggle = section(panel, name).getByRole("button", { name, exact: true });
      assert.equal(await toggle.getAttribute("aria-expanded"), "false");
      assert.equal(await section(panel, name).getByRole("button").count(), 1);
    }
    assert.equal(await panel.page.locator(".simulated-note").isVisible(), false);
  }));

test("container instances are added, with what the cluster has as a suggestion", () =>
  withWhatIf({ height: 1000 }, async (panel, answer) => {
    const form = panel.page.getByRole("form", { name: "Add", exact: true });
    assert.equal(await form.getByRole("combobox", { name: "Instance type" }).inputValue(), "m5.large");
    await form.getByRole("spinbutton", { name: "How many" }).fill("3");
    await form.getByRole("textbox", { name: "Attributes" }).fill("env=prod, gateway");
    await form.getByRole("button", { name: "Add container instances" }).click();
    assert.deepEqual(await asked(panel), [
      {
        kind: "addInstances",
        count: 3,
        instanceType: "m5.large",
        zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
        attributes: { env: "prod", gateway: null },
      },
    ]);
    await answer();
    await panel.page.getByText("What if: 1 change.").waitFor();
    await panel.page.getByText("(now 6 of 7)").waitFor();
    assert.equal(await panel.page.locator(".row").count(), 10);
    assert.equal(await panel.page.locator(".row .before", { hasText: "new" }).count(), 3);
    await panel.page.getByRole("button", { name: "+3 gained by what if" }).waitFor();
  }));

test("what is done to the selected instance, to all that are shown, and undone", () =>
  withWhatIf({ height: 1100 }, async (panel, answer) => {
    const target = panel.page.getByRole("combobox", { name: "Container instances to change" });
    assert.equal(await target.inputValue(), "all");
    const first = panel.page.locator(".row").first();
    const id = await first.getAttribute("data-id");
    await first.click();
    assert.equal(await target.inputValue(), "chosen");
    await panel.page.getByRole("button", { name: "Drain", exact: true }).click();
    assert.deepEqual(await asked(panel), [{ kind: "drain", instances: [id] }]);
    await answer();
    await panel.page.getByRole("searchbox").fill("us-east-1b");
    await target.selectOption("all");
    const port = panel.page.getByRole("form", { name: "Port" });
    await port.getByRole("spinbutton").fill("8126");
    await port.getByRole("button").click();
    await answer();
    const [, occupied] = await asked(panel);
    assert.ok(occupied?.kind === "occupyPort");
    assert.equal(occupied.instances.length, await panel.page.locator(".row").count());
    await panel.page.getByRole("searchbox").fill("");
    const items = panel.page.getByRole("list", { name: "Changes" }).getByRole("listitem");
    assert.equal(await items.count(), 2);
    await panel.picture("what-if");
    await section(panel, "What if").getByRole("button", { name: "Undo", exact: true }).click();
    assert.equal((await asked(panel)).length, 1);
    await answer();
    assert.equal(await items.count(), 1);
    await section(panel, "What if").getByRole("button", { name: "Clear", exact: true }).click();
    await panel.send(result(previewed(await asked(panel))));
    assert.deepEqual(await asked(panel), []);
    assert.equal(await panel.page.locator(".simulated-note").isVisible(), false);
  }));

test("every form makes its change", () =>
  withWhatIf({ height: 1100 }, async (panel, answer) => {
    const { page } = panel;
    await page.locator(".row").first().click();
    const id = (await page.locator(".row").first().getAttribute("data-id")) ?? "";
    const instances = [id];
    for (const [name, kind] of [
      ["Activate", "activate"],
      ["Disconnect", "disconnect"],
      ["Reconnect", "reconnect"],
    ] as const) {
      await page.getByRole("button", { name, exact: true }).click();
      assert.deepEqual((await asked(panel)).at(-1), { kind, instances });
    }
    await page.getByRole("textbox", { name: "Name of the attribute" }).fill("env");
    await page.getByRole("button", { name: "Remove the attribute" }).click();
    assert.deepEqual((await asked(panel)).at(-1), { kind: "removeAttribute", instances, name: "env" });
    await page.getByRole("textbox", { name: "Value of the attribute" }).fill("dev");
    await page.keyboard.press("Enter");
    assert.deepEqual((await asked(panel)).at(-1), {
      kind: "setAttribute",
      instances,
      name: "env",
      value: "dev",
    });
    await page.getByRole("spinbutton", { name: "Amount" }).fill("512");
    await page.getByRole("button", { name: "Reserve memory or CPU" }).click();
    assert.deepEqual((await asked(panel)).at(-1), { kind: "occupyMemory", instances, memory: 512 });
    await page.getByRole("spinbutton", { name: "MiB of the task" }).fill("9000");
    await page.getByRole("button", { name: "Change the size of the task" }).click();
    assert.deepEqual((await asked(panel)).at(-1), { kind: "daemonSize", memory: 9000 });
    const before = (await asked(panel)).length;
    await page.getByRole("button", { name: "Use the port" }).click();
    assert.equal((await asked(panel)).length, before, "a field that must be filled is asked for first");
    await answer();
    await page.getByText("will start on 0 of 7 container instances", { exact: false }).first().waitFor();
  }));

test("what cannot be done is told beside the change", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(previewed([{ kind: "drain", instances: ["i-nobody"] }])));
    await openSection(panel, "What if");
    await panel.page.getByText("The cluster has no container instance i-nobody.").waitFor();
  }));

test("the changed cluster is saved, and applied where it is the local one", () =>
  withPanel({}, async (panel) => {
    const changes: readonly ClusterChange[] = [{ kind: "addInstances", count: 1, instanceType: "m5.large" }];
    await panel.send(result(previewed(changes, "file")));
    await openSection(panel, "What if");
    const apply = panel.page.getByRole("button", { name: "Apply to Local Cluster" });
    assert.equal(await apply.isVisible(), false);
    await panel.page.getByRole("button", { name: "Save as fleet file…" }).click();
    assert.deepEqual(await last(panel), { kind: "saveCluster", as: "fleet" });
    await panel.send(result(previewed(changes)));
    await apply.click();
    assert.deepEqual(await last(panel), { kind: "applyToLocal" });
    await panel.send({ kind: "applied", document });
    assert.deepEqual(await last(panel), { kind: "whatIf", changes: [] });
  }));

test("the outcome says what happens to how many container instances", () =>
  withWhatIf({}, async (panel) => {
    const [first = "", second = ""] = previewed().instances.map((it) => it.id);
    const outcome = async (...changes: ClusterChange[]) => {
      await panel.send(result(previewed(changes)));
      return section(panel, "What if").getByRole("status").last().textContent();
    };
    const add = { kind: "addInstances", count: 2, instanceType: "m5.large" } as const;
    assert.equal(await outcome(add), "2 container instances added.");
    assert.equal(
      await outcome(add, { kind: "remove", instances: [first] }, { kind: "drain", instances: [second] }),
      "2 container instances added, 1 removed, 1 changed.",
    );
    assert.equal(await outcome({ kind: "remove", instances: [first] }), "1 container instance removed.");
  }));

test("changes and open sections survive a reload", () =>
  withWhatIf({}, async (panel) => {
    await panel.page.getByRole("button", { name: "Disconnect", exact: true }).click();
    const changes = await asked(panel);
    assert.equal(changes.length, 1);
    const state = await panel.stored();
    await withPanel({ state }, async (again) => {
      assert.deepEqual(await asked(again), changes);
      await again.send(result(previewed(changes)));
      await again.page.getByRole("button", { name: "Drain", exact: true }).waitFor();
    });
  }));

test("a comparison with the saved text waits until what is shown is real again", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(previewed()));
    await panel.send(
      result(previewed([{ kind: "disconnect", instances: previewed().instances.map((it) => it.id) }])),
    );
    await panel.page.getByRole("button", { name: "−6 lost by what if" }).waitFor();
    await panel.send(result(previewed(), false));
    assert.equal(await panel.page.locator(".changes").isVisible(), false);
  }));

test("an empty cluster can be filled by what if", () =>
  withPanel({}, async (panel) => {
    const all = previewed().instances.map((it) => it.id);
    await panel.send(result(previewed([{ kind: "remove", instances: all }])));
    await openSection(panel, "What if");
    await panel.page.getByRole("button", { name: "Add container instances", exact: true }).last().click();
    assert.equal((await asked(panel)).at(-1)?.kind, "addInstances");
    await panel.picture("what-if-empty");
  }));

async function withTime(
  options: PanelOptions,
  story: TimelineResult,
  work: (panel: Panel) => Promise<void>,
): Promise<void> {
  await withPanel({ height: 1000, ...options }, async (panel) => {
    await panel.send(result(previewed()));
    await openSection(panel, "Time");
    await panel.page.getByRole("combobox", { name: "Scenario" }).selectOption(story.scenario);
    await panel.send(timeline(story));
    await work(panel);
  });
}

test("opening Time asks for the first story, choosing another asks for that", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(previewed()));
    await openSection(panel, "Time");
    assert.deepEqual(await last(panel), { kind: "timeline", scenario: "joinAndLeave" });
    await panel.page.getByText("Simulating…").waitFor();
    const choice = panel.page.getByRole("combobox", { name: "Scenario" });
    assert.equal(await choice.locator("option").count(), scenarioNames.length);
    for (const scenario of [...scenarioNames].reverse()) {
      await choice.selectOption(scenario);
      assert.deepEqual(await last(panel), { kind: "timeline", scenario });
    }
    await panel.page.getByRole("spinbutton", { name: /minimumHealthyPercent/ }).fill("75");
    await choice.selectOption("update");
    assert.deepEqual(await last(panel), { kind: "timeline", scenario: "update", minimumHealthyPercent: 75 });
  }));

test("a story is played to its end, and stops where the user goes elsewhere", () =>
  withTime({}, told("update"), async ({ page }) => {
    const place = page.locator(".place-in-time");
    const { length } = told("update").steps;
    const at = (step: number) => place.filter({ hasText: `${step} of ${length}` }).waitFor();
    await page.clock.install();
    await page.getByRole("button", { name: "Play" }).click();
    await at(2);
    await page.clock.runFor(1000);
    await at(3);
    await page.getByRole("button", { name: "Back" }).click();
    await at(2);
    await page.getByRole("button", { name: "Play" }).click();
    await page.clock.runFor(length * 1000);
    await at(length);
    await page.getByRole("button", { name: "Play" }).waitFor();
  }));

test("the chart of an update shows the old revision above the new one", () =>
  withTime({}, told("update"), async ({ page }) => {
    await page.getByText("of the old revision").waitFor();
    assert.match((await page.locator(".chart-area.old").getAttribute("d")) ?? "", /^M .+ Z$/);
    const mixed = page.getByRole("img", { name: /expected tasks run, \d+ of them of the old revision\.$/ });
    for (let step = 1; step < told("update").steps.length && (await mixed.count()) === 0; step += 1)
      await page.getByRole("button", { name: "Next" }).click();
    assert.equal(await mixed.count(), 1);
  }));

test("steps are taken with buttons, the slider, the arrow keys, the chart and the table", () =>
  withTime({}, told("update"), async (panel) => {
    const { page } = panel;
    const place = page.locator(".place-in-time");
    const { length } = told("update").steps;
    const isAt = async (step: number) => assert.equal(await place.textContent(), `${step} of ${length}`);
    await isAt(1);
    await page.getByRole("button", { name: "Next" }).click();
    await isAt(2);
    await page.keyboard.press("ArrowRight");
    await isAt(3);
    await page.keyboard.press("ArrowLeft");
    await isAt(2);
    const slider = page.getByRole("slider", { name: "Step" });
    await slider.focus();
    await page.keyboard.press("End");
    await isAt(length);
    assert.match(
      (await slider.getAttribute("aria-valuetext")) ?? "",
      new RegExp(`^Step ${length} of ${length}: `),
    );
    await page.getByText(/The update took 2 waves/).waitFor();
    assert.equal(await page.getByRole("button", { name: "Next" }).getAttribute("aria-disabled"), "true");
    const box = await page.locator(".chart-picture").boundingBox();
    assert.ok(box !== null);
    await page.mouse.click(box.x + box.width * 0.01, box.y + box.height / 2);
    await isAt(1);
    await page.getByRole("button", { name: "All steps" }).click();
    await page
      .getByRole("row", { name: /Wave 2/ })
      .getByRole("button")
      .click();
    assert.match((await page.locator("h1").textContent()) ?? "", /^Step \d+ of \d+: Wave 2/);
  }));

test("list and map show the step, and what is real again when the simulation ends", () =>
  withTime({}, told("update"), async (panel) => {
    const { page } = panel;
    const cells = (verdict: string) => drawnCells(page, verdict);
    assert.equal(await page.getByText(/Step 1 of/).count(), 1, "the step is named once");
    assert.equal(await cells("place"), 6);
    await page.getByRole("button", { name: "All steps" }).click();
    await page.getByRole("button", { name: "The next revision is deployed" }).click();
    assert.equal(await cells("stop"), 3);
    assert.equal(await drawnCells(page, "keep.outdated"), 3);
    assert.equal(await cells("excluded"), 1);
    await walkToCell(page, ": running");
    const { label } = await cellOfKeyboard(page);
    assert.match(label, /agent:1 runs; agent:2 is to replace it\./);
    assert.equal(await page.locator(".row.stop").count(), 3);
    assert.equal(await page.locator(".row.changed").count(), 6);
    assert.equal(await page.locator(".row .shape.keep.outdated").count(), 3);
    await page.getByText("Nothing real changes.").first().waitFor();
    await panel.picture("time-list");
    await page.getByRole("button", { name: "End Simulation" }).click();
    assert.equal(await cells("place"), 6);
    assert.equal(await page.locator(".row.place").count(), 6);
  }));

test("the chart says in words what it draws", () =>
  withTime({}, told("joinAndLeave"), async (panel) => {
    const chart = panel.page.getByRole("img", { name: /Tasks against container instances over 8 steps/ });
    assert.match(
      (await chart.getAttribute("aria-label")) ?? "",
      /container instances: 7 to 9; expected tasks: 6 to 8; running tasks: 0 to 8\. In step 1: 7 container instances, 0 of 6 expected tasks run\./,
    );
    assert.equal(await panel.page.locator(".chart-line").count(), 3);
  }));

test("what is simulated is said to be, with everything that is assumed", () =>
  withTime({}, told("race"), async (panel) => {
    const { page } = panel;
    await page.getByText("Everything is simulated.").waitFor();
    await page.getByRole("heading", { name: "What is assumed" }).waitFor();
    await page.getByText(/containers-roadmap #428/).waitFor();
    await page.getByRole("slider").press("End");
    await page
      .getByText(/task:group == service:agent/)
      .first()
      .waitFor();
  }));

test("a story that comes late, when another was asked for since, is not shown", () =>
  withTime({}, told("update"), async (panel) => {
    await panel.send(timeline(told("drain")));
    assert.equal(
      await panel.page.locator(".place-in-time").textContent(),
      `1 of ${told("update").steps.length}`,
    );
  }));

test("a story that cannot be told says why", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(previewed()));
    await openSection(panel, "Time");
    await panel.send({
      kind: "timeline",
      document,
      answer: {
        error: { code: "nothing-to-simulate", message: "Nothing would move.", remedy: "Choose another." },
      },
    });
    await panel.page.getByText("Nothing would move. Choose another.").waitFor();
    assert.equal(await panel.page.getByRole("slider").count(), 0);
  }));

test("a text or cluster that changes has the story told anew, and it stays at its step", () =>
  withTime({}, told("update"), async (panel) => {
    for (let step = 0; step < 3; step += 1) await panel.page.getByRole("button", { name: "Next" }).click();
    await panel.send(result(previewed()));
    assert.deepEqual(await last(panel), { kind: "timeline", scenario: "update" });
    await panel.send(timeline(told("update")));
    assert.match((await panel.page.locator(".place-in-time").textContent()) ?? "", /^4 of/);
  }));

for (const theme of [
  "light",
  "dark",
  "highContrast",
  "highContrastLight",
] as const satisfies readonly ThemeName[]) {
  test(`What if is readable in the ${theme} theme`, () =>
    withPanel({ theme, height: 1000 }, async (panel) => {
      const ids = previewed().instances.map((it) => it.id);
      await panel.send(
        result(
          previewed([
            {
              kind: "addInstances",
              count: 2,
              instanceType: "c5.large",
              zones: ["us-east-1a"],
              attributes: { env: "prod" },
            },
            { kind: "drain", instances: ids.slice(0, 2) },
            { kind: "occupyMemory", instances: ids.slice(2, 3), memory: 9000 },
          ]),
        ),
      );
      await openSection(panel, "What if");
      await panel.picture(`what-if-${theme}`);
    }));

  test(`Time is readable in the ${theme} theme`, () =>
    withTime({ theme }, told("update"), async (panel) => {
      await panel.page.getByRole("slider").press("ArrowRight");
      for (let step = 0; step < 3; step += 1) await panel.page.getByRole("button", { name: "Next" }).click();
      await panel.picture(`time-${theme}`);
    }));
}

/** What Time shows, by how one gets there. */
const timeStates: Readonly<Record<string, (panel: Panel) => Promise<void>>> = {
  "the first step": async () => {},
  "a step, its list and map": async ({ page }) => {
    for (let step = 0; step < 3; step += 1) await page.getByRole("button", { name: "Next" }).click();
    await page.locator(".row").first().click();
  },
  "nothing to simulate": async (panel) => {
    const error = { code: "nothing-to-simulate", message: "Nothing would move.", remedy: "Choose another." };
    await panel.send({ kind: "timeline", document, answer: { error } });
    await panel.page.getByText("Nothing would move.").waitFor();
  },
};

for (const theme of Object.keys(themes) as ThemeName[])
  for (const [name, show] of Object.entries(timeStates))
    test(`axe-core finds nothing to object to in the ${theme} theme in Time: ${name}`, () =>
      withTime({ theme, width: theme === "dark" ? 480 : 1280 }, told("update"), async (panel) => {
        await show(panel);
        assert.deepEqual(await barriersOf(panel), []);
      }));

for (const theme of Object.keys(themes) as ThemeName[])
  test(`axe-core finds nothing to object to in the ${theme} theme with both sections open`, () =>
    withTime({ theme }, told("race"), async (panel) => {
      const changes: readonly ClusterChange[] = [
        { kind: "drain", instances: ["i-nobody"] },
        { kind: "addInstances", count: 1, instanceType: "m5.large" },
      ];
      await panel.send(result(previewed(changes)));
      await openSection(panel, "What if");
      for (const name of ["All steps", "Without the daemon"]) await openSection(panel, name);
      await panel.page.getByRole("slider").press("End");
      assert.deepEqual(await barriersOf(panel), []);
    }));

test("how long each instance was without the daemon is told", () =>
  withTime({}, told("update"), async (panel) => {
    await openSection(panel, "Without the daemon");
    const rows = section(panel, "Without the daemon").getByRole("row");
    assert.equal(await rows.count(), 7);
    assert.match((await rows.nth(1).textContent()) ?? "", /20 s/);
    await panel.page.getByRole("slider").press("End");
    await panel.picture("time-end");
  }));

test("a story of 2,000 instances is stepped through", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(previewed()));
    await openSection(panel, "Time");
    await panel.page.getByRole("combobox", { name: "Scenario" }).selectOption("update");
    await panel.send(timeline(told("update", 75, 2000)));
    const next = panel.page.getByRole("button", { name: "Next" });
    for (let step = 0; step < 5; step += 1) await next.click();
    assert.equal(await drawnCells(panel.page), 2001);
  }));

test("both sections fit a narrow column and a double zoom", () =>
  withTime({ width: 360 }, told("race"), async (panel) => {
    await openSection(panel, "What if");
    for (const width of [360, 700]) {
      await panel.page.setViewportSize({ width, height: 1000 });
      const wide = await panel.page.evaluate("document.documentElement.scrollWidth");
      assert.ok(Number(wide) <= width, `${wide} in ${width}`);
      await panel.page.screenshot({ path: `test-output/webview/simulation-${width}.png`, fullPage: true });
    }
  }));
