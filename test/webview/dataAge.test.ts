import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClusterSeen, PreviewResult } from "../../server/src/lsp/protocol/protocol";
import { type Panel, panelsForTests } from "./panelPage";
import { fiveOfFive } from "./samples";

const withPanel = panelsForTests();

const document = { uri: "file:///w/agent.taskdef.json", name: "agent.taskdef.json" };
const minute = 60_000;

function shown(kind: PreviewResult["cluster"]["kind"], seen?: ClusterSeen) {
  const cluster = { label: "prod", kind, ...(seen !== undefined && { seen }) };
  return { kind: "result" as const, document, result: { ...fiveOfFive, cluster }, saved: true };
}

const age = ({ page }: Panel) => page.locator(".data-age");

test("what was read of an account gets older while the panel is open, and is new when it is read again", () =>
  withPanel({}, async (panel) => {
    await panel.page.clock.install();
    await panel.page.reload();
    const now = Number(await panel.page.evaluate("Date.now()"));
    await panel.send(shown("aws", { how: "read", at: now - 10_000 }));
    assert.equal(await age(panel).textContent(), "read just now");
    await panel.page.clock.runFor(3 * minute);
    assert.equal(await age(panel).textContent(), "read 3 min ago");
    const then = Number(await panel.page.evaluate("Date.now()"));
    await panel.send(shown("aws", { how: "read", at: then }));
    assert.equal(await age(panel).textContent(), "read just now");
  }));

test("a snapshot has the time it was captured or its file was written, the local cluster is live, a fleet has no age", () =>
  withPanel({}, async (panel) => {
    const now = Number(await panel.page.evaluate("Date.now()"));
    await panel.send(shown("file", { how: "captured", at: now - 26 * 60 * minute }));
    assert.equal(await age(panel).textContent(), "captured 1 day ago");
    await panel.send(shown("file", { how: "written", at: now - 5 * 60 * minute }));
    assert.equal(await age(panel).textContent(), "written 5 hours ago");
    await panel.send(shown("local"));
    assert.equal(await age(panel).textContent(), "live");
    await panel.send(shown("file"));
    assert.equal(await age(panel).isVisible(), false);
  }));
