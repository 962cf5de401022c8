// What esbuild does otherwise with some imports of our bundles: plugins, each for one of them.
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { patternCompilerOf } from "./patternCompiler.mjs";

const root = join(import.meta.dirname, "..");

/**
 * What is imported only when it is needed stays in a file of its own, which is loaded then and not before. The names of
 * the files by those of the modules.
 */
export const apart = (files) => ({
  name: "apart",
  setup(build) {
    build.onResolve({ filter: new RegExp(`(^|/)(${Object.keys(files).join("|")})$`) }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path: `./${files[basename(path)]}.js`, external: true } : undefined,
    );
  },
});

/** Both ends of the language server speak the same protocol: one copy of it, in its newest version, serves both. */
export const protocolApart = {
  name: "protocol-apart",
  setup(build) {
    const parts = /^vscode-(jsonrpc|languageserver-protocol|languageserver-types)(\/node)?$/;
    build.onResolve({ filter: parts }, () => ({ path: "./protocol.js", external: true }));
  },
};

/** Features of the language client that our server does not have, by the files of the client. */
const noFeatures = {
  callHierarchy: ["CallHierarchyFeature"],
  colorProvider: ["ColorProviderFeature"],
  declaration: ["DeclarationFeature"],
  documentHighlight: ["DocumentHighlightFeature"],
  fileOperations: ["Create", "Rename", "Delete"].flatMap((it) => [
    `Did${it}FilesFeature`,
    `Will${it}FilesFeature`,
  ]),
  foldingRange: ["FoldingRangeFeature"],
  implementation: ["ImplementationFeature"],
  inlineCompletion: ["InlineCompletionItemFeature"],
  inlineValue: ["InlineValueFeature"],
  linkedEditingRange: ["LinkedEditingFeature"],
  selectionRange: ["SelectionRangeFeature"],
  signatureHelp: ["SignatureHelpFeature"],
  textDocumentContent: ["TextDocumentContentFeature"],
  typeDefinition: ["TypeDefinitionFeature"],
  typeHierarchy: ["TypeHierarchyFeature"],
  workspaceSymbol: ["WorkspaceSymbolFeature"],
};

/**
 * Of the language client what we cannot reach. VS Code itself checks that it is new enough for our manifest, so the
 * client need not; globs it matches only for notebooks and file operations; and what the server does not have is a feature
 * that does nothing.
 */
export const clientSlimmed = {
  name: "client-slimmed",
  setup(build) {
    const stubs = {
      "semver/functions/parse": "module.exports = (version) => ({ version });",
      "semver/functions/satisfies": "module.exports = () => true;",
      minimatch: `exports.Minimatch = class { constructor(glob) { throw new Error("No glob is expected here: " + glob); } };`,
    };
    for (const [file, features] of Object.entries(noFeatures))
      stubs[`./${file}`] = `class NoFeature {
        fillClientCapabilities() {}
        initialize() {}
        getState() { return { kind: "static" }; }
        clear() {}
      }
      ${features.map((it) => `exports.${it} = class extends NoFeature {};`).join("\n")}`;
    const ofClient = /[/\\]vscode-languageclient[/\\]/;
    const paths = Object.keys(stubs).map((it) => it.replace(".", "\\."));
    build.onResolve({ filter: new RegExp(`^(${paths.join("|")})$`) }, ({ path, importer }) =>
      ofClient.test(importer) ? { path, namespace: "stub" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "stub" }, ({ path }) => ({ contents: stubs[path] }));
  },
};

/**
 * Of a CommonJS package a bundle would make a whole copy for each file that imports it. Here each name is its own
 * export, made once: the server starts sooner and takes less memory.
 */
export const languageServerByName = {
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
 * Of the YAML library its parser of concrete syntax and what reads a scalar there, from the ES modules of its build for
 * browsers: what `platform: node` would take is CommonJS, of which nothing can be left out.
 */
export const yamlSyntaxOnly = {
  name: "yaml-syntax-only",
  setup(build) {
    const resolveDir = join(root, "node_modules", "yaml", "browser", "dist");
    build.onResolve({ filter: /^yaml$/ }, ({ path }) => ({ path, namespace: "yaml", sideEffects: false }));
    build.onLoad({ filter: /.*/, namespace: "yaml" }, () => ({
      contents: `export { Parser } from "./parse/parser.js";
        import { resolveAsScalar } from "./parse/cst-scalar.js";
        export const CST = { resolveAsScalar };`,
      resolveDir,
    }));
  },
};

/** Only an expression with a pattern needs the engine of patterns: its file is loaded then. */
export const patternsWhenNeeded = {
  name: "patterns-when-needed",
  setup(build) {
    build.onResolve({ filter: /^re2js$/ }, ({ path }) => ({ path, namespace: "when-needed" }));
    build.onResolve({ filter: /^\.\/patterns\.js$/ }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /.*/, namespace: "when-needed" }, () => ({
      contents: `export const RE2JS = { compile: (pattern) => require("./patterns.js").compile(pattern) };`,
    }));
  },
};

export const patternCompiler = {
  name: "pattern-compiler",
  setup(build) {
    build.onLoad({ filter: /re2js[/\\]build[/\\]index\.js$/ }, async ({ path }) => ({
      contents: await patternCompilerOf(path),
    }));
  },
};

/** Streams of events are in no operation of ECS that we call. */
export const withoutEventStreams = {
  name: "without-event-streams",
  setup(build) {
    build.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ path }) => ({
      path,
      namespace: "none",
    }));
    build.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "export {};", loader: "js" }));
  },
};
