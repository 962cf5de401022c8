// A real VS Code in Chromium with the packaged extension installed, driven as a person drives it.
// Everything waits for a condition that can be seen; nothing waits for time.

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { rememberNotifications } from "./notifications";
import { install, packagedExtension } from "./packages";
import { outputFolder, sampleWorkspace } from "./paths";
import { chromiumPath, importScript } from "./scripts";
import { patience } from "./until";

export type Theme = "light" | "dark" | "high-contrast";

const themeNames: Readonly<Record<Theme, string>> = {
  light: "Default Light Modern",
  dark: "Default Dark Modern",
  "high-contrast": "Default High Contrast",
};

/** What the workbench carries once the theme is applied. */
export const themeClasses: Readonly<Record<Theme, string>> = {
  light: "vs",
  dark: "vs-dark",
  "high-contrast": "hc-black",
};

export interface EditorOptions {
  /** Copied, so that a test may write. Default: the sample workspace. */
  readonly workspace?: string;
  readonly theme?: Theme;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** True: VS Code asks whether to trust the folder, and the folder is restricted until then. */
  readonly workspaceTrust?: boolean;
  /** Added to the environment of VS Code and its extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** False: the workbench is shown without the extension. */
  readonly extension?: boolean;
  /** Packages of other extensions that are installed beside it. */
  readonly packages?: readonly string[];
}

export interface Editor {
  readonly page: Page;
  /** The copy of the workspace that is open. */
  readonly workspace: string;
  readonly port: number;
  /** What VS Code and its extension host wrote, for a failure's message. */
  output(): string;
  close(): Promise<void>;
}

interface BrowserVsCode {
  launchBrowserVsCode(options: {
    workspace: string;
    extensionsDir: string;
    userDataDir: string;
    workspaceTrust?: boolean;
    env?: Readonly<Record<string, string>>;
  }): Promise<{ url: string; port: number; output(): string; close(): Promise<void> }>;
}

/** Opens a copy of a workspace in a VS Code of its own, without a page yet. */
export async function startEditor(options: EditorOptions = {}) {
  const home = mkdtempSync(join(tmpdir(), "ecs-daemon-editor-"));
  const workspace = join(home, "workspace");
  cpSync(options.workspace ?? sampleWorkspace, workspace, { recursive: true });
  const userDataDir = join(home, "user");
  const extensionsDir = join(home, "extensions");
  mkdirSync(join(userDataDir, "User"), { recursive: true });
  // VS Code leaves its sockets behind when it is ended.
  const temporary = join(home, "tmp");
  mkdirSync(temporary);
  writeFileSync(join(userDataDir, "User", "settings.json"), JSON.stringify(settingsOf(options), null, 2));
  const vsCode = await importScript<BrowserVsCode>("browserVsCode.mjs");
  if (options.extension !== false)
    await install([packagedExtension(), ...(options.packages ?? [])], extensionsDir);
  const server = await vsCode.launchBrowserVsCode({
    workspace,
    extensionsDir,
    userDataDir,
    workspaceTrust: options.workspaceTrust === true,
    env: { TMPDIR: temporary, XDG_RUNTIME_DIR: temporary, ...options.env },
  });
  const close = async () => {
    await server.close();
    rmSync(home, { recursive: true, force: true });
  };
  return { ...server, workspace, close };
}

/** Opens VS Code and its page, and waits until the workbench is there. */
export async function openEditor(options: EditorOptions = {}): Promise<Editor> {
  const server = await startEditor(options);
  const theme = options.theme ?? "dark";
  const { browser, page } = await openPage(theme);
  const close = async () => {
    await browser.close();
    await server.close();
  };
  try {
    await page.goto(server.url);
    await page
      .locator(`.monaco-workbench.${themeClasses[theme]} .explorer-folders-view .monaco-list-row`)
      .first()
      .waitFor();
  } catch (error) {
    await close();
    throw new Error(`The workbench did not appear: ${String(error)}\n${server.output()}`);
  }
  return { page, workspace: server.workspace, port: server.port, output: server.output, close };
}

/** A page in a Chromium of its own, as large as a laptop's screen. */
export async function openPage(theme: Theme = "dark"): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArguments });
  return { browser, page: await firstPage(await browser.newContext(pageOptions(theme))) };
}

/** A page in a browser whose profile lets frames of other origins have service workers, as webviews on the web need. */
export async function openPageWithProfile(
  folder: string,
): Promise<{ browser: { close(): Promise<void> }; page: Page }> {
  mkdirSync(join(folder, "Default"), { recursive: true });
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  writeFileSync(join(folder, "Default", "Preferences"), JSON.stringify(preferences));
  const browser = await chromium.launchPersistentContext(folder, {
    ...pageOptions("dark"),
    executablePath: await chromiumPath(),
    args: chromiumArguments,
  });
  return { browser, page: await firstPage(browser) };
}

const pageOptions = (theme: Theme) => ({
  viewport: { width: 1440, height: 900 },
  colorScheme: theme === "light" ? ("light" as const) : ("dark" as const),
});

async function firstPage(context: BrowserContext): Promise<Page> {
  await rememberNotifications(context);
  // Without it VS Code asks before it reads the clipboard.
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  return page;
}

const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Pictures of the newest VS Code lie beside those of the oldest. */
const pictures = join(outputFolder, process.env.ECS_DAEMON_EDITOR === "newest" ? "editor-newest" : "editor");

/** Puts a picture of the whole window into test-output/editor, for people to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const path = join(pictures, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: "disabled" });
}

function settingsOf(options: EditorOptions): Record<string, unknown> {
  return {
    "workbench.colorTheme": themeNames[options.theme ?? "dark"],
    "window.autoDetectHighContrast": false,
    "workbench.startupEditor": "none",
    "workbench.enableExperiments": false,
    "workbench.tips.enabled": false,
    "extensions.ignoreRecommendations": true,
    "extensions.autoCheckUpdates": false,
    "telemetry.telemetryLevel": "off",
    "git.enabled": false,
    // Servers of other tests on this machine are not this editor's business.
    "remote.autoForwardPorts": false,
    "editor.minimap.enabled": false,
    // Newer versions show a chat beside the editors, and without it an empty bar: both take their room.
    "chat.disableAIFeatures": true,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "security.workspace.trust.startupPrompt": "never",
    ...options.settings,
  };
}
