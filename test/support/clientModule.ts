// A module of the client outside VS Code, with as much of VS Code as the test gives it.

import { createRequire } from "node:module";
import { build } from "esbuild";
import { projectRoot } from "./paths";

/**
 * Bundles a module and loads it.
 * @param path of the module in the project
 * @param vscode the text of a module with what it uses of VS Code
 */
export async function clientModule<Module>(path: string, vscode: string): Promise<Module> {
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [path],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    plugins: [
      {
        name: "vscode-stub",
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /^vscode$/ }, ({ path }) => ({ path, namespace: "stub" }));
          onLoad({ filter: /.*/, namespace: "stub" }, () => ({ contents: vscode }));
        },
      },
    ],
  });
  const loaded = { exports: {} };
  new Function("module", "exports", "require", outputFiles[0]?.text ?? "")(
    loaded,
    loaded.exports,
    createRequire(__filename),
  );
  return loaded.exports as Module;
}
