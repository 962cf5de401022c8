// What a person does in VS Code: runs commands, opens files, answers questions, reads problems, notifications and panels.
// Each action ends when its effect can be seen.

import type { Frame, Locator, Page } from "playwright-core";
import { type Theme, themeClasses } from "./editor";
import { forgetNotifications, seenNotifications } from "./notifications";
import { patience, until } from "./until";

const quickInput = ".quick-input-widget:not([style*='display: none'])";

/** Runs a command of the palette by its full title, such as `ECS Daemon: Deploy`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await choose(page, "F1", `>${title}`, title);
}

/** Opens a file by its path in the workspace, and waits until its text is there. */
export async function openFile(page: Page, path: string): Promise<void> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  await until(`${path} is open`, async () => {
    await choose(page, "Control+P", path, name);
    await activeFile(page, name).waitFor({ timeout: 5000 });
    return true;
  });
  await page.locator(".editor-group-container.active .monaco-editor .view-line").first().waitFor();
}

/** The tab of a file that is in front, and not that of a panel about it. */
export function activeFile(page: Page, name: string): Locator {
  return page.locator(`.tab.active[data-resource-name="${name}"]`).first();
}

/** The tab of a file or panel. */
export function tab(page: Page, name: string): Locator {
  return page.locator(".tabs-container .tab").filter({ hasText: name }).first();
}

/**
 * Opens a quick input, types until the row `label` is offered and the search has ended, and takes it. Ends when the quick
 * input is gone or asks something else: until then its own rows would be taken for those of the next question.
 */
async function choose(page: Page, key: string, text: string, label: string): Promise<void> {
  const row = offeredRow(page, label);
  const searching = page.locator(`${quickInput} .monaco-progress-container.active`);
  await until(`"${label}" is offered`, async () => {
    if (!(await page.locator(quickInput).isVisible())) await page.keyboard.press(key);
    await input(page).fill(text, { timeout: 2000 });
    // A search finds what was there when the input was opened: what came later is found by the next one.
    await row.waitFor({ timeout: 5000 }).catch(async (error) => {
      await page.keyboard.press("Escape");
      throw error;
    });
    // While results still come in, rows move under the pointer.
    await searching.waitFor({ state: "hidden", timeout: 2000 });
    await row.click({ timeout: 2000 });
    return true;
  });
  await until(`"${label}" is taken`, async () => !(await typed(page)).includes(text));
}

/** What is typed into the quick input that is open: one text, or none. */
async function typed(page: Page): Promise<readonly string[]> {
  return input(page).evaluateAll((found) => found.map((it) => ("value" in it ? String(it.value) : "")));
}

/** Takes an entry of the quick pick that is open. */
export async function pick(page: Page, label: string): Promise<void> {
  await offeredRow(page, label).click();
}

/** The entry of the quick pick that is open. */
export function offeredRow(page: Page, label: string | RegExp): Locator {
  return page.locator(`${quickInput} .monaco-list-row`).filter({ hasText: label }).first();
}

/** Takes an entry of the quick pick that is open with the keyboard alone: its field must have the focus. */
export async function pickByKeyboard(page: Page, label: string): Promise<void> {
  await offeredRow(page, label).waitFor();
  await typeAndTake(page, label);
}

/** Types the label of an entry into the quick pick that is open, and takes it. Rows far down are drawn only then. */
async function typeAndTake(page: Page, label: string): Promise<void> {
  const entry = page.locator(`${quickInput} .monaco-list-row.focused`).filter({ hasText: label });
  await page.locator(`${quickInput} .quick-input-box input:focus`).waitFor();
  await page.keyboard.type(label);
  await entry.first().waitFor();
  await page.keyboard.press("Enter");
}

/** Ticks entries of the quick pick that is open, by their place in it, and confirms. */
export async function pickSeveral(page: Page, places: readonly number[]): Promise<void> {
  const rows = page.locator(`${quickInput} .monaco-list-row`);
  await rows.first().waitFor();
  for (const place of places)
    await rows.nth(place).locator(".monaco-checkbox, input[type=checkbox]").first().click();
  await page.locator(`${quickInput} .quick-input-action`).filter({ hasText: "OK" }).click();
}

/**
 * Types an answer into the input box that is open, whose title, prompt or hint holds `about`, with the keyboard alone: the
 * box must have the focus and keep it, whatever page was in front before.
 */
export async function answer(page: Page, about: string | RegExp, text: string): Promise<void> {
  const box = page.locator(quickInput).filter({ hasText: about });
  await box.waitFor();
  const field = input(page);
  await page.locator(`${quickInput} .quick-input-box input:focus`).waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
  await until(`"${text}" is typed`, async () => (await field.inputValue({ timeout: 2000 })) === text);
  await page.keyboard.press("Enter");
  await box.waitFor({ state: "hidden" });
}

/** Gives a path to VS Code's own dialog for files, which puts a proposal over what is typed while it still reads the folder. */
export async function choosePath(page: Page, title: string, path: string): Promise<void> {
  const box = page.locator(quickInput).filter({ hasText: title });
  await box.waitFor();
  await until(`${path} is taken`, async () => {
    if (!(await box.isVisible())) return true;
    await input(page).fill(path, { timeout: 2000 });
    await input(page).press("Enter", { timeout: 2000 });
    await box.waitFor({ state: "hidden", timeout: 2000 });
    return true;
  });
}

function input(page: Page): Locator {
  return page.locator(`${quickInput} .quick-input-box input`);
}

/**
 * Waits for a notification with a text, since the last time all were cleared. Every text that VS Code shows is remembered
 * from the start: toasts go by themselves. Of a burst VS Code shows only three; the others are in the list that the bell
 * opens, which is looked at once nothing has come for a while. Where it does not come, the error tells which ones came.
 */
export async function notification(page: Page, text: string | RegExp): Promise<void> {
  const lookIntoTheList = Date.now() + patience / 4;
  let seen: readonly string[] = [];
  const came = until(`a notification says ${text}`, async () => {
    seen = await seenNotifications(page);
    if (seen.some((it) => (typeof text === "string" ? it.includes(text) : text.test(it)))) return true;
    if (Date.now() > lookIntoTheList) await openNotifications(page);
    return false;
  });
  await came.catch((error: Error) => {
    throw new Error(`${error.message} Notifications: ${JSON.stringify(seen)}`);
  });
}

async function openNotifications(page: Page): Promise<void> {
  if (await page.locator(".notifications-center.visible").isVisible()) return;
  await page.locator("[id='status.notifications']").click({ timeout: 2000 });
}

/** Opens the list of notifications and unfolds them, so that a picture shows their whole text. */
export async function expandNotifications(page: Page): Promise<void> {
  await until("every notification is unfolded", async () => {
    await openNotifications(page);
    const folded = page.locator(".notifications-center.visible .codicon-notifications-expand");
    if ((await folded.count()) === 0) return true;
    await folded.first().click({ timeout: 2000 });
    return false;
  });
}

/** The commands that the palette offers for a text: those that were there before are gone. */
export async function offered(page: Page, text: string): Promise<readonly string[]> {
  await page.keyboard.press("F1");
  await input(page).fill(`>${text}`);
  let labels: readonly string[] = [];
  await until(`the palette offers what has ${text}`, async () => {
    labels = await quickPickEntries(page);
    return labels.every((it) => it.includes(text.trim()));
  });
  await until("the palette is closed", async () => {
    await page.keyboard.press("Escape");
    return !(await page.locator(quickInput).isVisible());
  });
  return labels;
}

/** The entries of the quick pick that is open. */
export async function quickPickEntries(page: Page): Promise<readonly string[]> {
  const rows = page.locator(`${quickInput} .monaco-list-row`);
  await rows.first().waitFor();
  return rows.allTextContents();
}

/** Closes all notifications, so that they hide nothing in a picture, and forgets those that came. */
export async function clearNotifications(page: Page): Promise<void> {
  await runCommand(page, "Notifications: Clear All Notifications");
  const shown = page.locator(".notifications-center.visible, .notification-toast");
  await until("no notification is shown", async () => (await shown.count()) === 0);
  await forgetNotifications(page);
}

/** The entry of the status bar with a text, as soon as it is shown. */
export async function statusBar(page: Page, text: string): Promise<Locator> {
  const found = page.locator(".statusbar-item").filter({ hasText: text }).first();
  await found.waitFor();
  return found;
}

/**
 * Waits until the chosen cluster is the one behind an endpoint. VS Code at times hands its settings over in parts: for a
 * moment the cluster then is one of the account, without the endpoint.
 */
export async function clusterBehind(page: Page, endpointUrl: string): Promise<void> {
  await page.locator(`.statusbar-item [aria-label*="${endpointUrl}"]`).first().waitFor();
}

const themeLabels: Readonly<Record<Theme, string>> = {
  light: "Light Modern",
  dark: "Dark Modern",
  "high-contrast": "Dark High Contrast",
};

/** Picks another color theme and waits until the workbench shows it. */
export async function chooseTheme(page: Page, theme: Theme): Promise<void> {
  await runCommand(page, "Preferences: Color Theme");
  await typeAndTake(page, themeLabels[theme]);
  await page.locator(`.monaco-workbench.${themeClasses[theme]}`).waitFor();
}

/** Closes all editors and panels; what is not saved must have been saved. */
export async function closeAll(page: Page): Promise<void> {
  await runCommand(page, "View: Close All Editors");
  await page.locator(".tabs-container .tab").first().waitFor({ state: "detached" });
}

/** Replaces the first place where the active editor holds `from`, in the way of Find and Replace. */
export async function replaceText(page: Page, from: string, to: string): Promise<void> {
  const editor = page.locator(".editor-group-container.active .monaco-editor").first();
  await editor.locator(".view-lines").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+H");
  const widget = editor.locator(".find-widget.visible");
  await widget.locator(".find-part textarea").fill(from);
  await widget.locator(".replace-part textarea").fill(to);
  // "? of 1" is there until the place is selected; Replace would only select it then. A narrow box does not show it.
  await widget
    .locator(".matchesCount")
    .filter({ hasText: /[1-9] of / })
    .waitFor({ state: "attached" });
  await widget.locator(".replace-part textarea").press("Enter");
  // A hover or a message that is open takes the first Escape for itself.
  await until("the Find and Replace box is closed", async () => {
    await page.keyboard.press("Escape");
    return !(await widget.isVisible());
  });
}

/** Saves the active editor. */
export async function save(page: Page): Promise<void> {
  await page.keyboard.press("Control+S");
  await page.locator(".tab.active.dirty").first().waitFor({ state: "detached" });
}

/** Shows the Problems panel and answers its rows. */
export async function problems(page: Page): Promise<Locator> {
  await runCommand(page, "View: Focus Problems");
  await page.locator(".markers-panel").first().waitFor();
  return page.locator(".markers-panel .monaco-list-row");
}

/** The innermost frame of the webview whose body shows `text`. */
export async function webview(page: Page, text: string | RegExp): Promise<Frame> {
  let found: Frame | undefined;
  await until(`a webview shows ${text}`, async () => {
    for (const frame of page.frames()) {
      if (frame === page.mainFrame() || frame.childFrames().length > 0) continue;
      const shows = frame.locator("body").filter({ hasText: text }).isVisible();
      if (await answered(shows)) found = frame;
    }
    return found !== undefined;
  });
  if (found === undefined) throw new Error("Unreachable: `until` ends only with a frame.");
  return found;
}

/** What a frame answers; false where it does not, such as one that is just being taken away: asking it never ends. */
function answered(asked: Promise<boolean>): Promise<boolean> {
  const silence = new Promise<boolean>((resolve) => setTimeout(resolve, 2000, false).unref());
  return Promise.race([asked.catch(() => false), silence]);
}

/** Waits until exactly as many are there: what VS Code draws comes some time after what it says. */
export async function countIs(found: Locator, count: number): Promise<void> {
  let last: number | undefined;
  const reached = until(`${count} of ${found} are there`, async () => {
    last = await found.count();
    return last === count;
  });
  await reached.catch((error: Error) => {
    throw new Error(`${error.message} Last there were ${last}.`);
  });
}
