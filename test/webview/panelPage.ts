// Opens the panel's own bundle in Chromium, under the very page and content security policy that VS Code gives it,
// with a stub of the one function that VS Code provides.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import type { CoverageHostMessage } from "../../client/src/coverage/coverageMessages";
import type { HostMessage, PanelMessage } from "../../client/src/preview/messages";
import { panelPage } from "../../client/src/preview/panelPage";
import { outputFolder, projectRoot } from "../support/paths";
import { chromiumPath } from "../support/scripts";
import { type ThemeName, themes } from "./themes";

const origin = "https://panel.test";
const screenshots = join(outputFolder, "webview");
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface PanelOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What `getState` returns, as after a reload. */
  readonly state?: unknown;
  readonly reducedMotion?: boolean;
  /** Which of the pages; the preview panel without it. */
  readonly bundle?: "webview" | "coverage";
  /**
   * Long work takes several turns, as in VS Code. Without it everything is drawn when `send` or a click is over, however
   * slow the machine is: else a busy one would draw the rest after a test has looked.
   */
  readonly inTurns?: boolean;
}

export interface Panel {
  readonly page: Page;
  send(message: HostMessage | CoverageHostMessage): Promise<void>;
  /** Everything that the page posted to its host. */
  sent(): Promise<readonly PanelMessage[]>;
  stored(): Promise<unknown>;
  /** Keeps a picture in test-output/webview for a person to look at. */
  picture(name: string): Promise<void>;
  /** What the page complained about: errors, and violations of the policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Does some work with a panel of its own, which must have nothing to complain about at the end. */
export type WithPanel = (options: PanelOptions, work: (panel: Panel) => Promise<void>) => Promise<void>;

/** One browser for all the tests of a file, which is closed after the last of them. */
export function panelsForTests(): WithPanel {
  let browser: PanelBrowser;
  before(async () => {
    browser = await openPanelBrowser();
  });
  after(() => browser.close());
  return async (options, work) => {
    const panel = await browser.open(options);
    try {
      await work(panel);
      assert.deepEqual(panel.complaints, [], "the page logged no error and broke no policy");
    } finally {
      await panel.close();
    }
  };
}

export interface PanelBrowser {
  open(options?: PanelOptions): Promise<Panel>;
  close(): Promise<void>;
}

export async function openPanelBrowser(): Promise<PanelBrowser> {
  const files = await bundle();
  const executablePath = await chromiumPath();
  const browser = await chromium.launch({ executablePath, args: quiet });
  mkdirSync(screenshots, { recursive: true });
  return { open: (options = {}) => openPanel(browser, files, options), close: () => browser.close() };
}

/** The same entry and target as the build's, so that a test needs no build before it. */
async function bundle(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: { webview: "client/webview/main.ts", coverage: "client/webview/coverage/main.ts" },
    bundle: true,
    write: false,
    outdir: "dist",
    platform: "browser",
    target: "chrome120",
    format: "iife",
  });
  return new Map(outputFiles.map((it) => [it.path.slice(it.path.lastIndexOf("/") + 1), it.text]));
}

/** What the page puts off to its next turn, through a channel, is done at once. */
const turnsAtOnce = `globalThis.MessageChannel = class {
  port1 = { postMessage: (data) => this.port2.onmessage?.({ data }), close: () => {} };
  port2 = { postMessage: (data) => this.port1.onmessage?.({ data }), close: () => {} };
};`;

async function openPanel(
  browser: Browser,
  files: ReadonlyMap<string, string>,
  {
    theme = "dark",
    width = 1100,
    height = 800,
    state,
    reducedMotion = false,
    bundle = "webview",
    inTurns = false,
  }: PanelOptions,
): Promise<Panel> {
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: reducedMotion ? "reduce" : "no-preference",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const html = panelPage({
    documentName: "agent <1>.taskdef.json",
    script: `${origin}/${bundle}.js`,
    styles: `${origin}/${bundle}.css`,
    cspSource: origin,
    nonce: "test-nonce",
  });
  await page.route(`${origin}/*`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const contentType = name.endsWith(".js")
      ? "text/javascript"
      : name.endsWith(".css")
        ? "text/css"
        : "text/html";
    return route.fulfill({ contentType, body: files.get(name) ?? html });
  });
  await page.addInitScript(`(() => {
    let state = ${JSON.stringify(state)};
    globalThis.posted = [];
    globalThis.acquireVsCodeApi = () => ({
      postMessage: (message) => posted.push(message),
      getState: () => state,
      setState: (now) => { state = globalThis.kept = now; },
    });
  })()`);
  if (!inTurns) await page.addInitScript({ content: turnsAtOnce });
  await page.goto(`${origin}/`);
  await page.evaluate(`(() => {
    const { bodyClass, variables } = ${JSON.stringify(themes[theme])};
    document.body.className = bodyClass;
    for (const [name, value] of Object.entries(variables))
      document.documentElement.style.setProperty("--vscode-" + name, value);
  })()`);
  return {
    page,
    complaints,
    send: async (message) => {
      await page.evaluate(
        `new Promise((done) => {
          postMessage(${JSON.stringify(message)}, "*");
          addEventListener("message", () => requestAnimationFrame(() => done()), { once: true });
        })`,
      );
    },
    sent: () => page.evaluate("posted") as Promise<readonly PanelMessage[]>,
    stored: () => page.evaluate("globalThis.kept"),
    picture: async (name) => {
      await page.screenshot({ path: join(screenshots, `${name}.png`) });
    },
    close: () => context.close(),
  };
}
