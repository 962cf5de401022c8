// `npm run check`: names exports that no other source file imports, source files that nothing imports, and dependencies
// that are not used. What only tests import is unused as well, unless its own file uses it.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

const root = join(import.meta.dirname, "..");

/** Files from which the product starts: VS Code and Node call what they export. */
const doors = new Set([
  "client/src/extension",
  "server/src/main",
  "server/src/cli",
  "client/webview/main",
  "client/webview/coverage/main",
  "client/src/web/web",
  "client/src/web/worker",
]);

/** Packages that are there for the commands of the manifest, or are found by the name in a configuration. */
const named = new Set(["@biomejs/biome", "@types/node", "@types/vscode", "typescript"]);

/**
 * @typedef {object} Source
 * @property {string} name relative to the project, with forward slashes, without extension
 * @property {string} text without comments
 */

/** @param {readonly string[]} folders @returns {Source[]} */
function read(folders) {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((it) => join(folder, String(it)))
      .filter((it) => /\.(?:ts|mjs|cjs)$/.test(it) && !it.endsWith(".d.ts") && !it.includes("node_modules"))
      .map((path) => ({
        name: path
          .split(sep)
          .join("/")
          .replace(/\.\w+$/, ""),
        text: withoutComments(readFileSync(join(root, path), "utf8")),
      })),
  );
}

/** @param {string} text */
function withoutComments(text) {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

/** The names that a file exports itself. @param {Source} source */
function exportsOf({ text }) {
  const declared = text.matchAll(
    /^export (?:declare )?(?:async )?(?:const|let|function\*?|class|abstract class|interface|type) (\w+)/gm,
  );
  const listed = [...text.matchAll(/^export (?:type )?\{([^}]*)\};/gm)].flatMap((it) => namesIn(it[1] ?? ""));
  return [...[...declared].map((it) => it[1] ?? ""), ...listed.map((it) => it.as)];
}

/** `a, type b as c` @param {string} list */
function namesIn(list) {
  return list
    .split(",")
    .map((it) => it.trim().replace(/^type /, ""))
    .filter((it) => it !== "")
    .map((it) => {
      const [from = "", as = from] = it.split(/ as /);
      return { from, as };
    });
}

/** What a file imports or hands on of other files: `file name`; of a package its name alone. @param {Source} source */
function importsOf({ name, text }) {
  const used = new Set();
  const statement =
    /^(?:import|export)\s+(?:type\s+)?(?:(\w+)\s*,?\s*)?(?:\{([^}]*)\}|\*(?:\s+as\s+(\w+))?)?\s*from\s+["']([^"']+)["']/gm;
  for (const [, , list, space, target = ""] of text.matchAll(statement)) {
    const file = fileOf(name, target);
    used.add(file);
    for (const { from } of namesIn(list ?? "")) used.add(`${file} ${from}`);
    if (list === undefined) used.add(`${file} *`);
    if (space !== undefined)
      for (const it of text.matchAll(new RegExp(`\\b${space}\\.(\\w+)`, "g"))) used.add(`${file} ${it[1]}`);
  }
  for (const [, target = ""] of text.matchAll(
    /\b(?:import|require|typeof import)\(\s*["']([^"']+)["']\s*\)/g,
  )) {
    used.add(fileOf(name, target));
    used.add(`${fileOf(name, target)} *`);
  }
  for (const [, target = ""] of text.matchAll(/^import\s+["']([^"']+)["']/gm)) used.add(fileOf(name, target));
  return used;
}

/** @param {string} from @param {string} target */
function fileOf(from, target) {
  if (!target.startsWith(".")) {
    const [scope = "", name] = target.split("/");
    return target.startsWith("@") ? `${scope}/${name}` : scope;
  }
  const path = relative(root, join(root, dirname(from), target.replace(/\.(?:mjs|cjs|js|ts)$/, "")));
  return path.split(sep).join("/");
}

/** Source files by what they import; `usedByOthers` is what tests and scripts import. */
const product = read(["server/src", "client/src", "client/webview"]);
const others = read(["test", ".scripts", "schemas"]);
const imports = new Map(product.map((it) => [it.name, importsOf(it)]));
const used = new Set([...imports.values()].flatMap((it) => [...it]));
const usedByOthers = new Set(others.flatMap((it) => [...importsOf(it)]));

/** Exports of values that nothing needs: types document the functions that use them, so they may stay. */
function unusedExports() {
  return product
    .filter(({ name }) => !doors.has(name) && !used.has(`${name} *`))
    .flatMap((source) =>
      exportsOf(source)
        .filter((it) => !used.has(`${source.name} ${it}`))
        .filter((it) => !isType(source, it) || occurrences(source, it) === 1)
        .flatMap((it) => {
          const isAlive = occurrences(source, it) > 1;
          if (!usedByOthers.has(`${source.name} ${it}`))
            return [
              `${source.name} exports ${it}, and nothing imports it${isAlive ? ": leave out export" : ""}.`,
            ];
          return isAlive ? [] : [`${source.name} exports ${it} for tests alone.`];
        }),
    );
}

/** @param {Source} source @param {string} name */
function isType({ text }, name) {
  return new RegExp(`^export (?:type|interface) ${name}\\b`, "m").test(text);
}

/** @param {Source} source @param {string} name */
function occurrences({ text }, name) {
  return [...text.matchAll(new RegExp(`\\b${name}\\b`, "g"))].length;
}

/** Source files that none of the doors imports, directly or by others. */
function unreachableFiles() {
  const reached = new Set(doors);
  for (const name of reached) for (const it of imports.get(name) ?? []) if (imports.has(it)) reached.add(it);
  return product
    .filter(({ name }) => !reached.has(name))
    .map(({ name }) => `${name} is imported by nothing that the product starts from.`);
}

/** Dependencies that no source file, test or script imports. All are for development: what is used at run time is bundled. */
function unusedDependencies() {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  // Tests find some of them by name.
  const isNamed = (/** @type {string} */ name) => others.some(({ text }) => text.includes(`"${name}`));
  return Object.keys(devDependencies)
    .filter((it) => !used.has(it) && !isNamed(it) && !named.has(it))
    .map((it) => `The dependency ${it} is not imported.`);
}

const found = [...unusedExports(), ...unreachableFiles(), ...unusedDependencies()];
for (const it of found) console.error(it);
process.exitCode = found.length === 0 ? 0 : 1;
