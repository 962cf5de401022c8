// `npm start`: a cluster and an editor that looks at it, with nothing left behind at the end.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { openPage } from "../support/editor";
import { openFile, runCommand, statusBar, webview } from "../support/editorActions";
import { projectRoot } from "../support/paths";

const script = join(projectRoot, ".scripts", "start.mjs");

test("it starts the sample cluster and a VS Code in the browser, and Ctrl+C ends both", async (t) => {
  const started = start(["--browser"], process.env.PATH ?? "");
  t.after(() => started.child.kill("SIGTERM"));
  const url = await started.said(/open (http:\S+) in a browser/);
  const endpoint = await started.said(/listens on (http:\S+):/);

  const { browser, page } = await openPage();
  t.after(() => browser.close());
  await page.goto(url);
  await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
  await openFile(page, "datadog-agent.service.json");
  await runCommand(page, "ECS Daemon: Preview Placement");
  await webview(page, "5 of 5 container instances");
  await statusBar(page, "ECS: default");

  started.child.kill("SIGINT");
  assert.deepEqual(await once(started.child, "close"), [0, null]);
  await assert.rejects(fetch(url));
  await assert.rejects(fetch(endpoint));
});

test("it prefers the desktop VS Code, and ends when its window is closed", async (t) => {
  const bin = mkdtempSync(join(tmpdir(), "ecs-daemon-bin-"));
  t.after(() => rmSync(bin, { recursive: true }));
  const told = join(bin, "arguments.json");
  const code = join(bin, "code");
  // Stands in for `code --wait`: writes down how it was called, and its window is closed at once.
  writeFileSync(
    code,
    `#!${process.execPath}\nrequire("node:fs").writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.argv.slice(2)));\n`,
  );
  chmodSync(code, 0o755);
  const { child } = start([], [bin, process.env.PATH].join(delimiter));
  assert.deepEqual(await once(child, "close"), [0, null]);
  const args: string[] = JSON.parse(readFileSync(told, "utf8"));
  assert.ok(args.includes("--wait"));
  assert.ok(args.includes(`--extensionDevelopmentPath=${projectRoot}`));
  const workspace = args.at(-1) ?? "";
  assert.notEqual(workspace, join(projectRoot, "test", "workspace"));
  assert.equal(existsSync(workspace), false, "the copy of the workspace is removed");
});

function start(args: readonly string[], path: string) {
  const child: ChildProcess = spawn(process.execPath, [script, ...args], {
    cwd: projectRoot,
    env: { ...process.env, PATH: path },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  /** The group of a pattern in what was printed; rejects where the program ends without having printed it. */
  const said = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      };
      listeners.add(look);
      child.once("close", () => reject(new Error(`It ended without saying ${pattern}:\n${output}`)));
      look();
    });
  return { child, said };
}
