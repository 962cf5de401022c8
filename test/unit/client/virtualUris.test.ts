// What the web edition puts between the client and the server: other URIs, and Node's modules in a browser.

import assert from "node:assert/strict";
import { join, posix } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { nodeModules } from "../../../client/src/web/nodeModules";
import { toClient, toServer } from "../../../client/src/web/virtualUris";

test("URIs of a virtual workspace are files to the server, and come back as they were", () => {
  const message = {
    uri: "vscode-vfs://github/owner/repo/a%20b.json#resource",
    changes: { "vscode-vfs://github/x.json": [{ newText: "see vscode-vfs://github/x.json" }] },
    other: ["file:///a.json", "untitled:Untitled-1", "https://example.com/a", 7, null],
  };
  const sent = toServer(message, ["vscode-vfs"]);
  assert.match(
    JSON.stringify(sent),
    /"file:\/\/\/[^"]*\/vscode-vfs\/github\/owner\/repo\/a%20b\.json#resource"/,
  );
  assert.deepEqual(toClient(sent), message);
  assert.deepEqual(toServer(message, []), message, "only the schemes of the workspace are changed");
});

test("paths and URLs in a browser are those of Node", () => {
  const path = nodeModules.path as typeof posix;
  const url = nodeModules.url as { pathToFileURL(path: string): URL; fileURLToPath(url: string): string };
  for (const parts of [
    ["/a", "b"],
    ["/a/b", "../c"],
    ["a", ".", "b"],
    ["/", "x"],
    ["/a/", "/b/"],
    ["", ""],
  ] as const)
    assert.equal(path.join(...parts), posix.join(...parts).replace(/(.)\/$/, "$1"), parts.join());
  for (const it of ["/a/b.json", "/a", "/a.b/c"]) {
    assert.equal(path.dirname(it), posix.dirname(it));
    assert.equal(path.basename(it), posix.basename(it));
  }
  assert.equal(path.resolve("/w", "x/../y.json"), join("/w", "y.json"));
  const name = "/w/a b#c%.json";
  assert.equal(url.fileURLToPath(url.pathToFileURL(name).href), name);
  assert.equal(url.pathToFileURL("/w/a b.json").href, pathToFileURL("/w/a b.json").href);
});
