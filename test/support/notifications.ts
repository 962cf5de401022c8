// Remembers the text of every notification and of every entry of the status bar that a page of VS Code shows, because
// toasts and messages of success go by themselves.

import type { BrowserContext, Page } from "playwright-core";

const rememberInPage = `
  if (window.top === window) {
    const seen = (window.notificationsSeen = new Set());
    const look = () => {
      for (const it of document.querySelectorAll(".notification-list-item-message, .statusbar-item"))
        if (it.textContent) seen.add(it.textContent);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  }`;

/** Has every page of the context remember its notifications. */
export async function rememberNotifications(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: rememberInPage });
}

/** The texts that have been shown since they were last forgotten. */
export function seenNotifications(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>("[...(window.notificationsSeen ?? [])]");
}

export async function forgetNotifications(page: Page): Promise<void> {
  await page.evaluate("window.notificationsSeen?.clear()");
}
