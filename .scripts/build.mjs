// Bundles the four doors of the product into dist/. `--watch` rebuilds on change, `--production` minifies,
// `--outdir=DIR` writes elsewhere, `--notices=FILE` writes the licenses of what was bundled, `--extension` leaves out
// the command line, which no editor starts, `--command-line` all the rest, which stays in the folder as it is.
import { rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { context } from "esbuild";
import { bundledPackages, noticesOf } from "./notices.mjs";
import { patternCompilerOf } from "./patternCompiler.mjs";

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

/** What is imported only when it is needed stays in a file of its own, which is loaded then and not before. */
const apart = {
  name: "apart",
  setup(build) {
    build.onResolve({ filter: /(^|\/)(languageClient|later|mcpServer)$/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path: `./${path.split("/").at(-1)}.js`, external: true } : undefined,
    );
    // `aws.ts` is imported when it is needed, and is small beside the SDK.
    build.onResolve({ filter: /^\.\/awsSdk$/ }, () => ({ path: "./aws.js", external: true }));
  },
};

/** Both ends of the language server speak the same protocol: one copy of it, in its newest version, serves both. */
const protocolApart = {
  name: "protocol-apart",
  setup(build) {
    const parts = /^vscode-(jsonrpc|languageserver-protocol|languageserver-types)(\/node)?$/;
    build.onResolve({ filter: parts }, () => ({ path: "./protocol.js", external: true }));
  },
};

/**
 * Of the language client what we cannot reach. VS Code itself checks that it is new enough for our manifest, so the
 * client need not; globs it matches only for notebooks and file operations, which our server does not ask for.
 */
const clientSlimmed = {
  name: "client-slimmed",
  setup(build) {
    const stubs = {
      "semver/functions/parse": "module.exports = (version) => ({ version });",
      "semver/functions/satisfies": "module.exports = () => true;",
      minimatch: `exports.Minimatch = class { constructor(glob) { throw new Error("No glob is expected here: " + glob); } };`,
    };
    build.onResolve({ filter: /^(semver\/functions\/(parse|satisfies)|minimatch)$/ }, ({ path }) => ({
      path,
      namespace: "stub",
    }));
    build.onLoad({ filter: /.*/, namespace: "stub" }, ({ path }) => ({ contents: stubs[path] }));
  },
};

/**
 * Of a CommonJS package a bundle would make a whole copy for each file that imports it. Here each name is its own
 * export, made once: the server starts sooner and takes less memory.
 */
const languageServerByName = {
  name: "language-server-by-name",
  setup(build) {
    const path = "vscode-languageserver/node";
    const resolveDir = join(root, "server");
    build.onResolve({ filter: /^vscode-languageserver\/node$/ }, ({ namespace }) =>
      namespace === "by-name" ? undefined : { path, namespace: "by-name" },
    );
    build.onLoad({ filter: /.*/, namespace: "by-name" }, () => {
      const names = Object.keys(createRequire(join(resolveDir, "any.js"))(path));
      const exported = names.map((it) => `export const ${it} = /* @__PURE__ */ of("${it}");`);
      const contents = `const all = require("${path}");\nconst of = (name) => all[name];\n${exported.join("\n")}`;
      return { contents, resolveDir };
    });
  },
};

/**
 * Of the YAML library its concrete syntax tree, from the ES modules of its build for browsers: what `platform: node` would
 * take is CommonJS, of which nothing can be left out.
 */
const yamlSyntaxOnly = {
  name: "yaml-syntax-only",
  setup(build) {
    const resolveDir = join(root, "node_modules", "yaml", "browser", "dist");
    build.onResolve({ filter: /^yaml$/ }, ({ path }) => ({ path, namespace: "yaml", sideEffects: false }));
    build.onLoad({ filter: /.*/, namespace: "yaml" }, () => ({
      contents: `export { Parser } from "./parse/parser.js";\nexport * as CST from "./parse/cst.js";`,
      resolveDir,
    }));
  },
};

/** Only an expression with a pattern needs the engine of patterns: it is evaluated then. */
const patternCompilerWhenNeeded = {
  name: "pattern-compiler-when-needed",
  setup(build) {
    const resolveDir = join(root, "node_modules", "re2js", "build");
    build.onResolve({ filter: /^re2js$/ }, ({ path }) => ({ path, namespace: "when-needed" }));
    build.onLoad({ filter: /.*/, namespace: "when-needed" }, () => ({
      contents: `export const RE2JS = { compile: (pattern) => require("./index.js").compile(pattern) };`,
      resolveDir,
    }));
    build.onLoad({ filter: /re2js[/\\]build[/\\]index\.js$/ }, async ({ path }) => ({
      contents: await patternCompilerOf(path),
    }));
  },
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
    plugins: [apart, protocolApart, clientSlimmed],
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

/** @type {import("esbuild").BuildOptions[]} */
const bundles = [
  ...(commandLineOnly ? [] : editorBundles),
  {
    ...node,
    entryPoints: {
      ...(!commandLineOnly && { server: "server/src/main.ts" }),
      ...(!extensionOnly && { cli: "server/src/cli.ts" }),
    },
    plugins: [apart, protocolApart, languageServerByName, yamlSyntaxOnly, patternCompilerWhenNeeded],
  },
  {
    ...node,
    entryPoints: {
      aws: "server/src/ecs/awsSdk.ts",
      ...(!extensionOnly && { mcpServer: "server/src/cli/mcp/mcpServer.ts" }),
    },
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
