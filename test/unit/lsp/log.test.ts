import assert from "node:assert/strict";
import { test } from "node:test";
import { createFence } from "../../../server/src/lsp/base/log";

function recordingFence() {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  return { lines, fence: createFence({ info: write, warn: write, error: write }) };
}

test("a fault gives the empty answer, and is logged once with its feature however often it happens", async () => {
  const { lines, fence } = recordingFence();
  const broken = (): string => {
    throw new Error("no such thing");
  };
  for (let times = 0; times < 3; times++) assert.equal(fence("textDocument/hover", "empty", broken), "empty");
  assert.equal(await fence.wait("textDocument/rename", "empty", async () => broken()), "empty");
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? "", /^textDocument\/hover failed: Error: no such thing/);
  assert.match(lines[1] ?? "", /^textDocument\/rename failed/);
});

test("what does not fail passes through", async () => {
  const { lines, fence } = recordingFence();
  assert.equal(
    fence("x", 0, () => 1),
    1,
  );
  assert.equal(await fence.wait("x", 0, async () => 2), 2);
  assert.deepEqual(lines, []);
});
