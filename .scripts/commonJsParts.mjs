// Splits a bundle into parts that share code. esbuild does it for ES modules alone, and only CommonJS is loaded at once, by
// Node and by the worker of a browser: here each part becomes CommonJS.
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { transform } from "esbuild";

/** A plugin. What the entries share is the file `shared`; esbuild refuses a second one of that name. */
export const commonJsParts = (shared) => ({
  name: "common-js-parts",
  setup({ initialOptions, onEnd }) {
    const { minify, sourcemap } = initialOptions;
    Object.assign(initialOptions, {
      format: "esm",
      splitting: true,
      chunkNames: shared,
      sourcemap: sourcemap && "external",
      write: false,
    });
    onEnd(async ({ outputFiles }) => {
      const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
      for (const [path, text] of texts)
        if (path.endsWith(".js")) await writePart(path, text, texts.get(`${path}.map`), minify);
    });
  },
});

/** Writes a part, and where there is a `map` of it to the sources, the one of what is written. */
async function writePart(path, text, map, minify) {
  /** @type {import("esbuild").TransformOptions} */
  const options = {
    format: "cjs",
    target: "node20",
    supported: { "dynamic-import": false },
    minify,
    legalComments: "none",
  };
  await mkdir(dirname(path), { recursive: true });
  if (map === undefined) return writeFile(path, (await transform(text, options)).code);
  const url = `data:application/json;base64,${Buffer.from(map).toString("base64")}`;
  const written = await transform(`${text}//# sourceMappingURL=${url}\n`, {
    ...options,
    sourcemap: "external",
    sourcefile: path,
  });
  await writeFile(path, `${written.code}//# sourceMappingURL=${basename(path)}.map\n`);
  await writeFile(`${path}.map`, written.map);
}
