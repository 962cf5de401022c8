// What the user downloads, and each bundle's share of it.

import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

export function sizeRows({ root }) {
  const vsix = join(root, "dist", "ecs-daemon.vsix");
  if (!existsSync(vsix)) return [{ what: ".vsix", note: "run npm run package first" }];
  const shares = ["client.js", "server.js", "aws.js", "webview.js"]
    .map((it) => join(root, "dist", it))
    .filter((it) => existsSync(it))
    .map((it) => `${it.split("/").at(-1)} ${Math.round(gzipSync(readFileSync(it)).length / 1000)} kB`);
  return [
    {
      what: `.vsix in kB (development bundles, compressed: ${shares.join(", ")})`,
      figure: Math.round(statSync(vsix).size / 1000),
      limit: 600,
    },
  ];
}
