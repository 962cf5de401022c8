// Runs a suite inside the extension host of the browser VS Code, as @vscode/test-electron does in a desktop one.

import type { Page } from "playwright-core";
import type { EditorOptions } from "./editor";
import { openPage, startEditor } from "./editor";
import { patience } from "./until";

export interface HostRun {
  /** 0 when every test passed. */
  readonly code: number;
  /** What the suite wrote to its console. */
  readonly log: string;
}

/**
 * Opens VS Code with the packaged extension and lets its extension host call `run()` of a compiled module.
 * @param harness folder of the extension on whose behalf VS Code runs tests
 * @param suite path of the compiled module
 */
export async function runInExtensionHost(
  harness: string,
  suite: string,
  options: EditorOptions = {},
): Promise<HostRun> {
  const server = await startEditor(options);
  const { browser, page } = await openPage(options.theme);
  try {
    const authority = `vscode-remote://127.0.0.1:${server.port}`;
    const payload = [
      ["extensionDevelopmentPath", `${authority}${harness}`],
      ["extensionTestsPath", `${authority}${suite}`],
      ["enableProposedApi", ""],
    ];
    const finished = outcomeOf(page);
    await page.goto(`${server.url}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    return await finished;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** VS Code tells a page that offers these two functions what its tests print and how they end. */
function outcomeOf(page: Page): Promise<HostRun> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    const deadline = setTimeout(
      () => reject(new Error(`The suite did not end.\n${lines.join("\n")}`)),
      4 * patience,
    );
    const end = (code: number) => {
      clearTimeout(deadline);
      resolve({ code, log: lines.join("\n") });
    };
    page
      .exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
        lines.push(args.map(String).join(" "));
      })
      .catch(reject);
    page.exposeFunction("codeAutomationExit", end).catch(reject);
  });
}
