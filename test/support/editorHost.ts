// Runs a suite inside the extension host of the browser VS Code, as @vscode/test-electron does in a desktop one. VS Code
// itself runs suites only beside an extension under development, which it loads from a folder. Here a small extension that
// is installed beside the packaged one does it: what is tested is what a user installs.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type EditorOptions, openEditor } from "./editor";
import { packageOf } from "./packages";
import { temporaryFolder } from "./temporaryFolder";
import { patience, until } from "./until";

export interface HostRun {
  /** 0 when every test passed. */
  readonly code: number;
  /** What the suite said. */
  readonly log: string;
}

/**
 * Opens VS Code with the packaged extension and lets its extension host call `run()` of a compiled module.
 * @param harness folder of the extension that calls it
 * @param suite path of the compiled module
 */
export async function runInExtensionHost(
  harness: string,
  suite: string,
  options: EditorOptions = {},
): Promise<HostRun> {
  const folder = temporaryFolder();
  const report = join(folder.path, "report");
  const said = () => (existsSync(report) ? readFileSync(report, "utf8") : "");
  const editor = await openEditor({
    ...options,
    packages: [await packageOf(harness)],
    env: { ...options.env, ECS_DAEMON_SUITE: suite, ECS_DAEMON_REPORT: report },
  });
  try {
    let code: string | undefined;
    const ended = until(
      "the suite ends",
      async () => {
        code = /^exit code: (\d)$/m.exec(said())?.[1];
        return code !== undefined;
      },
      4 * patience,
    );
    await ended.catch((error: Error) => {
      throw new Error(`${error.message}\n${said()}${editor.output()}`);
    });
    return { code: Number(code), log: said() };
  } finally {
    await editor.close();
    folder.remove();
  }
}
