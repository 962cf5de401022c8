// Runs the bundled files of the desktop in a browser: CommonJS modules that find each other, and of Node what they use.

export type Require = (name: string) => unknown;

/** A bundled file as a function of what CommonJS hands to it. */
export type ModuleFunction = (
  module: { exports: unknown },
  exports: unknown,
  require: Require,
  process: unknown,
  setImmediate: (work: () => void) => unknown,
  Buffer: unknown,
) => void;

/** The names of the parameters of a `ModuleFunction`, for who writes one around a text. */
export const moduleParameters = [
  "module",
  "exports",
  "require",
  "process",
  "setImmediate",
  "Buffer",
] as const;

/** Evaluates each module when it is first required; `known` are those that are there already. */
export function requireFrom(
  modules: Readonly<Record<string, ModuleFunction>>,
  known: Readonly<Record<string, unknown>>,
): Require {
  const loaded = new Map<string, { exports: unknown }>();
  const require: Require = (name) => {
    const plain = name.replace(/^node:/, "");
    if (Object.hasOwn(known, plain)) return known[plain];
    const before = loaded.get(name);
    if (before !== undefined) return before.exports;
    const load = modules[name];
    if (load === undefined) throw new Error(`There is no module ${name} in a browser.`);
    const module = { exports: {} };
    loaded.set(name, module);
    load(module, module.exports, require, browserProcess, (work) => setTimeout(work, 0), browserBuffer);
    return module.exports;
  };
  return require;
}

const browserProcess = {
  argv: [],
  execArgv: [],
  env: {},
  platform: "browser",
  versions: {},
  once: () => undefined,
  on: () => undefined,
  cwd: () => "/",
};

/** The protocol's library makes some for streams, which a browser has none of. */
const browserBuffer = {
  allocUnsafe: (size: number) => new Uint8Array(size),
  from: (text: string) => new TextEncoder().encode(text),
};
