// Node's modules as far as a browser can be them. What needs a machine (processes, sockets, files) is empty: the code
// that would call it is not offered there.

/** By name, without `node:`. */
export const nodeModules: Readonly<Record<string, unknown>> = {
  path: {
    sep: "/",
    isAbsolute: (path: string) => path.startsWith("/"),
    join: (...parts: string[]) => normalized(parts.filter((it) => it !== "").join("/")),
    resolve: (...parts: string[]) => resolved(parts),
    dirname: (path: string) => path.slice(0, Math.max(1, path.lastIndexOf("/"))),
    basename: (path: string) => path.slice(path.lastIndexOf("/") + 1),
    extname: (path: string) => /[^./](\.[^./]*)$/.exec(path)?.[1] ?? "",
  },
  url: {
    fileURLToPath: (url: string) => decodeURIComponent(new URL(url).pathname),
    pathToFileURL: (path: string) => new URL(`file://${path.split("/").map(encodeURIComponent).join("/")}`),
  },
  util: { isDeepStrictEqual, TextDecoder, TextEncoder },
  crypto: { randomUUID: () => crypto.randomUUID(), randomBytes },
  os: { homedir: () => "/", tmpdir: () => "/tmp" },
  "timers/promises": {
    setTimeout: (delay: number) => new Promise<void>((resolve) => setTimeout(resolve, delay)),
  },
  "fs/promises": { readFile: () => Promise.reject(new Error("There are no files in a browser.")) },
  fs: {},
  child_process: {},
  net: {},
  http: {},
  readline: {},
  v8: {},
};

function resolved(parts: readonly string[]): string {
  const from = parts.findLastIndex((it) => it.startsWith("/"));
  return normalized(`/${parts.slice(Math.max(0, from)).join("/")}`);
}

function normalized(path: string): string {
  const kept: string[] = [];
  for (const part of path.split("/"))
    if (part === ".." && kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (part !== "" && part !== ".") kept.push(part);
  return `${path.startsWith("/") ? "/" : ""}${kept.join("/")}` || ".";
}

/** Enough for what is compared: plain data, maps and sets of it. */
function isDeepStrictEqual(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
  if (left instanceof Map || left instanceof Set)
    return isDeepStrictEqual([...left], [...(right as Iterable<unknown>)]);
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every(
    (it) => Object.hasOwn(right, it) && isDeepStrictEqual(left[it as never], right[it as never]),
  );
}

function randomBytes(count: number): { toString(encoding: string): string } {
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  const text = String.fromCharCode(...bytes);
  return { toString: () => btoa(text).replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_") };
}
