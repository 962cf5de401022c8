import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";
import { projectRoot } from "../../support/paths";

/** What client and server have in common, all of it small. */
const shared = [
  "server/src/lsp/protocol/protocol.ts",
  "server/src/lsp/protocol/clusterState.ts",
  "server/src/core/text/counts.ts",
  "server/src/core/text/lists.ts",
  "server/src/core/text/loopbackEndpoint.ts",
  "server/src/core/text/printable.ts",
  "server/src/core/text/spelling.ts",
];

test("activation loads code of ours alone: the language client and every command wait until they are needed", async () => {
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: ["client/src/extension.ts"],
    bundle: true,
    write: false,
    metafile: true,
    treeShaking: true,
    platform: "node",
    external: ["vscode"],
    plugins: [
      {
        name: "loaded-later",
        setup: ({ onResolve }) =>
          onResolve({ filter: /^\./ }, ({ kind, path }) =>
            kind === "dynamic-import" ? { path, external: true } : undefined,
          ),
      },
    ],
  });
  const [bundle] = Object.values(metafile.outputs);
  const loaded = Object.entries(bundle?.inputs ?? {}).flatMap(([name, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [name] : [],
  );
  const signs = "server/src/core/resources/kinds/";
  assert.ok(loaded.includes("client/src/commands/registerCommands.ts"), loaded.join("\n"));
  assert.deepEqual(
    loaded.filter((it) => !it.startsWith("client/") && !it.startsWith(signs) && !shared.includes(it)),
    [],
  );
  const ofSigns = Object.entries(bundle?.inputs ?? {}).filter(([name]) => name.startsWith(signs));
  const size = ofSigns.reduce((sum, [, it]) => sum + it.bytesInOutput, 0);
  assert.ok(size < 5_000, `of the kinds only their signs are loaded, not ${size} bytes`);
  const needed = ["registerCommands.ts", "commandIds.ts"].map((it) => `client/src/commands/${it}`);
  const ofPanels = ["latestOnly.ts"].map((it) => `client/src/preview/${it}`);
  assert.deepEqual(
    loaded.filter((it) => /^client\/(webview|src\/(commands|preview|managed))\//.test(it)).sort(),
    [...needed, ...ofPanels].sort(),
  );
  for (const later of ["client/src/languageClient.ts", "client/src/later.ts"])
    assert.ok(!loaded.includes(later), later);
});
