// The language server killed under a person's hands: it comes back with what was typed meanwhile, and the panel says so.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Frame, Page } from "playwright-core";
import { type Editor, openEditor, screenshot } from "../support/editor";
import {
  expandNotifications,
  notification,
  openFile,
  runCommand,
  statusBar,
  webview,
} from "../support/editorActions";
import { languageServerProcesses } from "../support/languageServerProcess";
import { temporaryFolder } from "../support/temporaryFolder";
import { until } from "../support/until";

const definition = {
  family: "agent",
  placementConstraints: [{ type: "memberOf", expression: "attribute:env == " }],
  containerDefinitions: [{ name: "agent", image: "agent", memory: 64 }],
};
const fleet = {
  groups: [
    { count: 3, instanceType: "m5.large", attributes: { env: "prod" } },
    { count: 2, instanceType: "m5.large", attributes: { env: "dev" } },
  ],
};

const files = temporaryFolder({
  "agent.taskdef.json": JSON.stringify(definition, null, 2),
  "five.ecs-fleet.json": JSON.stringify(fleet),
});
let editor: Editor;

before(async () => {
  editor = await openEditor({
    workspace: files.path,
    settings: { "ecsDaemon.cluster": "five.ecs-fleet.json", "files.autoSave": "off" },
    // However slow the machine is, the ends of this file are within the time in which they count.
    env: { ECS_DAEMON_RESTART_MINUTES: "600" },
  });
});
after(async () => {
  await editor.close();
  files.remove();
});

test("the server is killed while someone types: diagnostics and panel are back with the newest text", async () => {
  const { page } = editor;
  await openFile(page, "agent.taskdef.json");
  await statusBar(page, "ECS: five.ecs-fleet.json");
  await placeCursor(page);
  await page.keyboard.type("prod");
  await runCommand(page, "ECS Daemon: Preview Placement");
  const panel = await webview(page, "3 of 5 container instances");
  await rememberTexts(panel);
  const [first] = languageServerProcesses(editor);
  assert.ok(first, "the language server runs");

  await placeCursor(page);
  await page.keyboard.type("-e");
  process.kill(first, "SIGKILL");
  for (const character of "urope") await page.keyboard.press(character);

  await until("the panel says that the server ended", async () =>
    (await textsSeen(panel)).some((it) =>
      it.includes("The language server ended unexpectedly and is being started again."),
    ),
  );
  await webview(page, /^(?!.*Out of date).*0 of 5 container instances/s);
  await page.locator(".view-overlays [class*=squiggly]").first().waitFor();
  await until("one server runs, another one", async () => {
    const running = languageServerProcesses(editor);
    return running.length === 1 && running[0] !== first;
  });

  for (const _ of "-europe") await page.keyboard.press("Backspace");
  await webview(page, /^(?!.*Out of date).*3 of 5 container instances/s);
  await page.locator(".view-overlays [class*=squiggly]").first().waitFor({ state: "detached" });
});

test("killed again and again it stays away, says so, and comes back at the press of a button", async () => {
  const { page } = editor;
  const killed = new Set<number>();
  const panel = await webview(page, "3 of 5 container instances");
  const banner = panel.locator(".banner", { hasText: "5 times within 600 minutes" });
  for (let isGone = false; !isGone; ) {
    let next: number | undefined;
    await until(
      `the server comes back, or the panel says that it does not after ${killed.size} kills`,
      async () => {
        isGone = await banner.isVisible();
        next = languageServerProcesses(editor).find((it) => !killed.has(it));
        return isGone || next !== undefined;
      },
    );
    if (isGone || next === undefined) break;
    killed.add(next);
    process.kill(next, "SIGKILL");
  }
  assert.ok(killed.size <= 5, `killed ${killed.size} times`);
  await notification(page, "ended 5 times within 600 minutes");
  await panel.getByRole("button", { name: "Try Again" }).waitFor();
  await screenshot(page, "server-gone");
  await placeCursor(page);
  await page.keyboard.type("x");
  await page.keyboard.press("Backspace");
  assert.deepEqual(languageServerProcesses(editor), [], "typing alone does not start it");

  await expandNotifications(page);
  const told = await page.locator(".notifications-center .notification-list-item-message").allTextContents();
  assert.equal(told.length, 1, `it is told once, in our words: ${told.join(" | ")}`);
  await page
    .locator(".notifications-center .notification-list-item", { hasText: "5 times within" })
    .getByRole("button", { name: "Start Again" })
    .click();
  await banner.waitFor({ state: "hidden" });
  await webview(page, /^(?!.*Out of date).*3 of 5 container instances/s);
  assert.equal(languageServerProcesses(editor).length, 1);
  await placeCursor(page);
  await page.keyboard.type("x");
  await webview(page, "0 of 5 container instances");
  await page.locator(".view-overlays [class*=squiggly]").first().waitFor();
});

/** Behind the last character of the expression. */
async function placeCursor(page: Page): Promise<void> {
  await page.locator(".monaco-editor .view-line").filter({ hasText: "attribute:env" }).first().click();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
}

/** From now on the panel remembers every text that its banner shows, however short. */
async function rememberTexts(panel: Frame): Promise<void> {
  await panel.evaluate(`
    globalThis.seen = [];
    new MutationObserver(() => {
      const text = document.querySelector(".banner:not([hidden])")?.textContent;
      if (text !== undefined) globalThis.seen.push(text);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  `);
}

function textsSeen(panel: Frame): Promise<readonly string[]> {
  return panel.evaluate("globalThis.seen");
}
