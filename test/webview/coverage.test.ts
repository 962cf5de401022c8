// The coverage panel in a browser: 100 clusters, one of 5,000 instances and 20 daemons, every state, by pointer and by keys.

import assert from "node:assert/strict";
import { test } from "node:test";
import { barriersOf } from "./axe";
import { bigLook, clusterMessages, hundredClusters, overviewOf } from "./coverageSamples";
import { cutTextsOf } from "./cutTexts";
import { type Panel, type PanelOptions, panelsForTests } from "./panelPage";

const withPanel = panelsForTests();
const withCoverage = (options: PanelOptions, work: (panel: Panel) => Promise<void>) =>
  withPanel({ bundle: "coverage", width: 1280, height: 900, ...options }, work);

const fleet = hundredClusters();
const big = clusterMessages(bigLook(41, 5_000));

async function showCluster(panel: Panel): Promise<void> {
  await panel.send(big.overview);
  await panel.send(big.cluster);
  await panel.page.getByRole("heading", { name: /container instances lack a daemon/ }).waitFor();
}

const posted = async (panel: Panel, kind: string) =>
  (await panel.sent()).map((it) => it as { readonly kind: string }).filter((it) => it.kind === kind);

test("100 clusters: the answer, the ill ones with their reason, a tile for each; a click opens one", () =>
  withCoverage({}, async (panel) => {
    const { page } = panel;
    await panel.send(overviewOf(fleet));
    await page
      .getByRole("heading", {
        name: /^\d+ container instances lack a working daemon, in 3 of 100 clusters\.$/,
      })
      .waitFor();
    assert.equal(await page.locator(".cov-tile").count(), 100);
    const rows = page.getByRole("treegrid").getByRole("row");
    assert.match(
      (await rows.first().textContent()) ?? "",
      /missing.*datadog-agent, cadvisor: Memory is short by/,
    );
    assert.equal(await rows.count(), 5);
    await page.getByRole("button", { name: /1 unknown/ }).click();
    assert.equal(await page.locator(".cov-tile").count(), 1);
    await page.getByRole("button", { name: /All 100/ }).click();
    await panel.picture("coverage-100");
    await page
      .getByRole("button", { name: /prod-web-3/ })
      .first()
      .click();
    const [opened] = await posted(panel, "open");
    assert.deepEqual(opened, { kind: "open", key: fleet[0]?.key });
  }));

test("one cluster: reasons with their instances, the map, and what is beside a selected instance", () =>
  withCoverage({}, async (panel) => {
    const { page } = panel;
    await showCluster(panel);
    await page
      .getByText(/Memory is short by 84 to 512 MiB|Memory is short by/)
      .first()
      .waitFor();
    const first = page.locator(".cov-row[aria-level='2']").first();
    assert.equal(
      await first.locator(".cov-own").textContent(),
      "datadog-agent: 84 MiB short",
      "what differs from the line above",
    );
    await first.click();
    await page.locator(".rail").getByText("datadog-agent: missing").waitFor();
    await page.locator(".rail").getByRole("button", { name: "Plan" }).click();
    const [asked] = await posted(panel, "plan");
    assert.equal((asked as unknown as { readonly daemon: string }).daemon, "datadog-agent");
    const instance = (asked as unknown as { readonly instance: string }).instance;
    const planned = { instance, missing: ["datadog-agent"], stops: 1, isImpossible: false };
    const lines = [
      "i-1: missing datadog-agent",
      "  stops a task of web (512 MiB, up to 30 s): 12 of 13 run then.",
    ];
    await panel.send({
      kind: "plan",
      instance,
      plan: { plan: "1", way: "stop", stops: 1, canAct: true, lines: [], instances: [{ ...planned, lines }] },
    });
    await panel.picture("coverage-cluster");
    await page.getByRole("button", { name: "Stop 1 Task…" }).click();
    assert.deepEqual((await posted(panel, "makeRoom")).length, 1);
    await page.getByRole("button", { name: /Daemons 20/ }).click();
    assert.match((await page.locator(".cov-row").first().textContent()) ?? "", /missing.*of 5,000/);
    await panel.picture("coverage-daemons");
  }));

test("5,000 instances and 20 daemons: all of them are drawn without a long task, and found by keys", () =>
  withCoverage({ theme: "light", inTurns: true }, async (panel) => {
    const { page } = panel;
    await showCluster(panel);
    await page.evaluate(`(() => {
      globalThis.longest = 0;
      new PerformanceObserver((list) => {
        for (const it of list.getEntries()) longest = Math.max(longest, it.duration);
      }).observe({ type: "longtask", buffered: false });
    })()`);
    await page.getByRole("button", { name: /All 5,000/ }).click();
    await panel.send(big.map);
    await page.locator("canvas[aria-label^='5,000 container instances']").waitFor();
    await panel.picture("coverage-5000");
    const longest = await page.evaluate("longest");
    console.log(`longest task: ${longest} ms`);
    await page.locator(".heat-cells").focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.locator(".rail").getByText("Runs every daemon that it should run.").waitFor();
  }));

test("every cell of a broken cluster is a gap: the page still answers", () =>
  withCoverage({}, async (panel) => {
    const look = bigLook(0, 5_000);
    const cell = {
      state: "missing" as const,
      reasons: [{ code: "unexplained", message: "No reason is known." }],
    };
    const ids = (look.instances ?? []).map((it) => it.instance);
    const daemons = look.daemons.map((it) => ({
      ...it,
      ...{ running: 0, states: { missing: 5_000 }, cells: ids.map((instance) => ({ instance, ...cell })) },
    }));
    const { overview, cluster } = clusterMessages({ ...look, daemons });
    await panel.send(overview);
    await panel.send(cluster);
    await panel.page
      .getByRole("heading", { name: "5,000 of 5,000 container instances lack a daemon." })
      .waitFor();
    assert.equal(await panel.page.locator(".cov-row").count(), 7);
    await panel.picture("coverage-broken");
  }));

test("a cluster without gaps says so once, with its count; the rest says what else can be seen", () =>
  withCoverage({}, async (panel) => {
    const { page } = panel;
    const { overview, cluster } = clusterMessages(bigLook(0, 200));
    await panel.send(overview);
    await panel.send(cluster);
    await page.getByRole("heading", { name: /daemons run wherever they should\.$/ }).waitFor();
    assert.equal(await page.getByText(/ should\.$/).count(), 2, "the answer, and the map with its count");
    await page.locator(".rail").getByText("Show all instances on the map to select one.").waitFor();
    await page.getByText("Select Daemons to see how many tasks of each run.").waitFor();
    await panel.picture("coverage-covered");
    await page.getByRole("button", { name: /^Daemons/ }).click();
    await page.locator(".cov-row").first().waitFor();
    await page.getByRole("button", { name: /All 5,000/ }).waitFor();
  }));

test("a cluster that could not be read is unknown, not covered", () =>
  withCoverage({}, async (panel) => {
    const problem = { code: "AccessDeniedException", message: "AccessDeniedException: not allowed." };
    const { overview, cluster } = clusterMessages(undefined, { problem, endedAt: 1 });
    await panel.send(overview);
    await panel.send(cluster);
    await panel.page.getByRole("heading", { name: "The cluster could not be read." }).waitFor();
    await panel.page.getByText("Coverage unknown").waitFor();
    assert.equal(await panel.page.getByText("Covered", { exact: true }).count(), 0);
    assert.equal(await panel.page.getByText(/expected tasks|0 daemons/).count(), 0, "nothing is counted");
    await panel.picture("coverage-unread");
  }));

test("the list is walked with the keys alone", () =>
  withCoverage({}, async (panel) => {
    const { page } = panel;
    await showCluster(panel);
    await page.getByRole("treegrid").focus();
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.locator(".cov-row[aria-level='2']").count(), 0);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".cov-row.chosen").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("cadvisor");
    await page.locator(".cov-row[aria-level='2']").first().waitFor();
  }));

const states: Readonly<Record<string, (panel: Panel) => Promise<void>>> = {
  nowhere: (panel) => panel.send(overviewOf([], { condition: "nowhere", next: ["start", "choose"] })),
  restricted: (panel) => panel.send(overviewOf([], { condition: "restricted", next: ["manageTrust"] })),
  looking: (panel) => panel.send(overviewOf([], { condition: "looking" })),
  "a place that cannot be listed": (panel) => {
    const error = {
      code: "ExpiredSsoSession",
      message: "The SSO session has expired.",
      signIn: { profile: "production" },
    };
    return panel.send(
      overviewOf([], { problems: [{ place: "production, us-east-1", error }], next: ["signIn", "retry"] }),
    );
  },
  "100 clusters": (panel) => panel.send(overviewOf(fleet)),
  "one cluster": async (panel) => {
    await showCluster(panel);
    await panel.page.locator(".cov-row[aria-level='2']").first().click();
  },
  "daemons of a cluster": async (panel) => {
    await showCluster(panel);
    await panel.page.getByRole("button", { name: /Daemons 20/ }).click();
  },
  "every instance on the map": async (panel) => {
    await showCluster(panel);
    await panel.page.getByRole("button", { name: /All 5,000/ }).click();
    await panel.send(big.map);
    await panel.page.locator("canvas[aria-label^='5,000 container instances']").waitFor();
    await panel.page.locator(".heat-cells").press("End");
  },
  "long reasons": async (panel) => {
    const look = bigLook(41, 5_000);
    const message =
      "The task reserves 2,000 MiB of memory, and 1,816 are left; a deployment is in progress, and the image is still pulled.";
    const daemons = look.daemons.map((it) => ({
      ...it,
      service: `${it.service}-of-the-production-environment`,
      cells: it.cells.map((cell) => ({ ...cell, reasons: [{ code: "memory", message }] })),
    }));
    const { overview, cluster } = clusterMessages({ ...look, daemons });
    await panel.send(overview);
    await panel.send(cluster);
    await panel.page.locator(".cov-row[aria-level='2']").first().click();
  },
  "a plan that is made": async (panel) => {
    await showCluster(panel);
    await panel.page.locator(".cov-row[aria-level='2']").first().click();
    await panel.page.locator(".rail").getByRole("button", { name: "Plan" }).click();
  },
  "a cluster that cannot be read": async (panel) => {
    const problem = { code: "AccessDeniedException", message: "AccessDeniedException: not allowed." };
    const { overview, cluster } = clusterMessages(undefined, { problem, endedAt: 1 });
    await panel.send(overview);
    await panel.send(cluster);
  },
  covered: async (panel) => {
    const { overview, cluster } = clusterMessages(bigLook(0, 5_000));
    await panel.send(overview);
    await panel.send(cluster);
  },
  "no instances": async (panel) => {
    const { overview, cluster } = clusterMessages(undefined, { instances: 0, readAt: 1 });
    await panel.send(overview);
    await panel.send(cluster);
  },
};

test("no state has a barrier in any theme, wide or narrow", async (context) => {
  for (const [name, enter] of Object.entries(states))
    for (const theme of ["light", "dark", "highContrast", "highContrastLight"] as const)
      await context.test(`${name}, ${theme}`, () =>
        withCoverage({ theme, width: theme === "dark" ? 480 : 1280 }, async (panel) => {
          await enter(panel);
          await panel.page.locator("#panel > *").first().waitFor();
          await panel.picture(`coverage-${name.replaceAll(" ", "-")}-${theme}`);
          assert.deepEqual(await barriersOf(panel), []);
          assert.deepEqual(await cutTextsOf(panel), []);
        }),
      );
});
