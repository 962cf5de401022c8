// Bundles the four doors of the product into dist/. `--watch` rebuilds on change, `--production` minifies,
// `--outdir=DIR` writes elsewhere, `--extension` leaves out the command line, which no editor starts.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { context } from "esbuild";

const watch = process.argv.includes("--watch");
const production = process.argv.includes("--production");
const extensionOnly = process.argv.includes("--extension");
const root = join(import.meta.dirname, "..");
const outdir =
  process.argv.find((it) => it.startsWith("--outdir="))?.slice("--outdir=".length) ?? join(root, "dist");

const shared = {
  absWorkingDir: root,
  bundle: true,
  outdir,
  sourcemap: production ? false : "linked",
  minify: production,
  legalComments: "none",
  logLevel: "warning",
  // jsonc-parser's `main` is a UMD file whose requires cannot be bundled; its `module` can.
  mainFields: ["module", "main"],
};

const node = {
  ...shared,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode", "./aws.js"],
};

/** Keeps the AWS SDK in a file of its own: it is loaded when something talks to ECS, never at start. */
const awsApart = {
  name: "aws-apart",
  setup(build) {
    build.onResolve({ filter: /ecs\/aws$|^\.\/aws$/ }, (args) =>
      args.kind === "dynamic-import" ? { path: "./aws.js", external: true } : undefined,
    );
  },
};

const bundles = [
  { ...node, entryPoints: { client: "client/src/extension.ts" } },
  {
    ...node,
    entryPoints: { server: "server/src/main.ts", ...(!extensionOnly && { cli: "server/src/cli.ts" }) },
    plugins: [awsApart],
  },
  { ...node, entryPoints: { aws: "server/src/ecs/aws.ts" } },
  {
    ...shared,
    platform: "browser",
    target: "chrome120",
    format: "iife",
    entryPoints: { webview: "client/webview/main.ts" },
  },
];

await rm(outdir, { recursive: true, force: true });
const contexts = await Promise.all(bundles.map((bundle) => context(bundle)));
if (watch) {
  await Promise.all(contexts.map((it) => it.watch()));
  console.log("watching");
} else {
  await Promise.all(contexts.map((it) => it.rebuild()));
  await Promise.all(contexts.map((it) => it.dispose()));
}
