// Bundles the four doors of the product into dist/. `--watch` rebuilds on change, `--production` minifies,
// `--outdir=DIR` writes elsewhere, `--notices=FILE` writes the licenses of what was bundled, `--extension` leaves out
// the command line, which no editor starts, `--command-line` all the rest, which stays in the folder as it is.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { context } from "esbuild";
import {
  apart,
  clientSlimmed,
  languageServerByName,
  patternCompiler,
  patternsWhenNeeded,
  protocolApart,
  withoutEventStreams,
  yamlSyntaxOnly,
} from "./bundlePlugins.mjs";
import { commonJsParts } from "./commonJsParts.mjs";
import { bundledPackages, noticesOf } from "./notices.mjs";

const watch = process.argv.includes("--watch");
const production = process.argv.includes("--production");
const extensionOnly = process.argv.includes("--extension");
const commandLineOnly = process.argv.includes("--command-line");
const root = join(import.meta.dirname, "..");
const outdir =
  process.argv.find((it) => it.startsWith("--outdir="))?.slice("--outdir=".length) ?? join(root, "dist");

const notices = process.argv.find((it) => it.startsWith("--notices="))?.slice("--notices=".length);

/** @type {import("esbuild").BuildOptions} */
const shared = {
  absWorkingDir: root,
  metafile: notices !== undefined,
  bundle: true,
  outdir,
  sourcemap: production ? false : "linked",
  minify: production,
  legalComments: "none",
  logLevel: "warning",
  // jsonc-parser's `main` is a UMD file whose requires cannot be bundled; its `module` can.
  mainFields: ["module", "main"],
};

/** @type {import("esbuild").BuildOptions} */
const node = {
  ...shared,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
};

const { outdir: _, ...nodeFile } = node;

/** @type {import("esbuild").BuildOptions[]} */
const editorBundles = [
  // A `require` in place of an `import()`: it is what VS Code watches to hand out its API.
  {
    ...node,
    entryPoints: {
      client: "client/src/extension.ts",
      later: "client/src/later.ts",
      languageClient: "client/src/languageClient.ts",
    },
    supported: { "dynamic-import": false },
    plugins: [apart({ later: "later", languageClient: "languageClient" }), protocolApart, clientSlimmed],
  },
  {
    ...nodeFile,
    stdin: {
      contents: `module.exports = require("vscode-languageserver-protocol/node");`,
      resolveDir: join(root, "node_modules", "vscode-languageclient"),
    },
    outfile: join(outdir, "protocol.js"),
  },
  {
    ...shared,
    platform: "browser",
    target: "chrome120",
    format: "iife",
    entryPoints: { webview: "client/webview/main.ts", coverage: "client/webview/coverage/main.ts" },
  },
  // The web edition loads the bundles above; these two files bring them to life.
  {
    ...shared,
    platform: "browser",
    target: "chrome120",
    format: "cjs",
    external: ["vscode"],
    entryPoints: { web: "client/src/web/web.ts" },
  },
  {
    ...shared,
    platform: "browser",
    target: "chrome120",
    format: "iife",
    entryPoints: { webWorker: "client/src/web/worker.ts" },
  },
];

/** @type {import("esbuild").BuildOptions} */
const serverBundle = {
  ...node,
  entryPoints: { server: "server/src/main.ts", serverLater: "server/src/lsp/later.ts" },
  plugins: [
    apart({ awsSdk: "aws" }),
    protocolApart,
    languageServerByName,
    yamlSyntaxOnly,
    patternsWhenNeeded,
    commonJsParts("serverCore"),
  ],
};

/** @type {import("esbuild").BuildOptions} */
const commandLineBundle = {
  ...node,
  entryPoints: { cli: "server/src/cli.ts" },
  plugins: [apart({ awsSdk: "aws", mcpServer: "mcpServer" }), yamlSyntaxOnly, patternsWhenNeeded],
};

/** @type {import("esbuild").BuildOptions[]} */
const bundles = [
  ...(commandLineOnly ? [] : [...editorBundles, serverBundle]),
  ...(extensionOnly ? [] : [commandLineBundle]),
  {
    ...node,
    entryPoints: {
      aws: "server/src/ecs/awsSdk.ts",
      patterns: join(root, "node_modules", "re2js", "build", "index.js"),
      ...(!extensionOnly && { mcpServer: "server/src/cli/mcp/mcpServer.ts" }),
    },
    plugins: [patternCompiler, withoutEventStreams],
  },
];

if (!commandLineOnly) await rm(outdir, { recursive: true, force: true });
const contexts = await Promise.all(bundles.map((bundle) => context(bundle)));
if (watch) {
  await Promise.all(contexts.map((it) => it.watch()));
  console.log("watching");
} else {
  const built = await Promise.all(contexts.map((it) => it.rebuild()));
  if (notices !== undefined) {
    // What was read and then shaken off is not in the product.
    const outputs = built.flatMap((it) => Object.values(it.metafile?.outputs ?? {}));
    const inputs = outputs.flatMap((it) =>
      Object.entries(it.inputs)
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([path]) => path),
    );
    await writeFile(notices, noticesOf(bundledPackages(inputs, root)));
  }
  await Promise.all(contexts.map((it) => it.dispose()));
}
