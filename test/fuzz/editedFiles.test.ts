// Real files typed, taken back, and with pieces taken out in the bundled server, in the small changes that an editor
// sends: after each one the server has the same text as the client, and answers everything about it. FUZZ_STOPS says at
// how many places.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnostic } from "vscode-languageserver/node";
import { askEverything, linesOf, within } from "./askEverything";
import { type CorpusFile, documents } from "./corpus";
import { startServerProcess } from "./serverProcess";

/** Places where the text is cut off; with more of them than it has characters, everywhere. */
const stops = Number(process.env.FUZZ_STOPS ?? 6);
const isLong = stops > 6;

/** The first file of each kind and some of other projects; all but the tests' own where there is time. */
function chosenFiles(): readonly CorpusFile[] {
  if (isLong) return documents.filter((it) => !it.name.endsWith(".jsonc"));
  const kindOf = (name: string) => /\.[\w-]+(?:\.json)?$/.exec(name)?.[0];
  return documents.filter(
    (it, index) =>
      index % 40 === 0 || documents.findIndex((other) => kindOf(other.name) === kindOf(it.name)) === index,
  );
}

/** Lengths of what is left of the text, from all of it down to nothing. */
function cuts(text: string): readonly number[] {
  const count = Math.min(stops, text.length);
  return Array.from({ length: count + 1 }, (_, index) =>
    Math.floor((text.length * (count - index)) / Math.max(1, count)),
  );
}

/** Pieces of the text that are taken out, the same in every run: a bracket, a word, a line or two. */
function deletions(text: string): readonly { readonly start: number; readonly end: number }[] {
  let state = text.length + 1;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: isLong ? Math.min(200, stops) : 3 }, () => {
    const start = random(text.length);
    return { start, end: Math.min(text.length, start + 1 + random([1, 8, 120][random(3)] ?? 1)) };
  });
}

for (const { name, text } of chosenFiles()) {
  test(`every answer about ${name} holds while it is taken back and typed again`, async () => {
    const client = await startServerProcess();
    try {
      const uri = `file:///edited/${encodeURIComponent(name)}`;
      const twin = `file:///twin/${encodeURIComponent(name)}`;
      client.open(uri, text);
      let now = text;
      let version = 1;
      const become = (next: string) => {
        const lines = linesOf(now);
        let same = 0;
        while (same < now.length && same < next.length && now[same] === next[same]) same += 1;
        const range = { start: lines.positionAt(same), end: lines.positionAt(now.length) };
        version += 1;
        client.notify("textDocument/didChange", {
          textDocument: { uri, version },
          contentChanges: [{ range, text: next.slice(same) }],
        });
        now = next;
      };
      for (const { start, end } of deletions(text)) {
        become(text.slice(0, start) + text.slice(end));
        await askEverything(client, uri, now, [start, Math.max(0, start - 1), start + 1]);
      }
      become(text);
      const places = [...cuts(text), ...[...cuts(text)].reverse()];
      for (const [index, end] of places.entries()) {
        become(text.slice(0, end));
        if (!isLong || index % 20 === 0)
          await askEverything(client, uri, now, [end, Math.max(0, end - 1), Math.floor(end / 2)]);
        else {
          await within(
            "completion",
            client.request("textDocument/completion", {
              textDocument: { uri },
              position: linesOf(now).positionAt(end),
            }),
          );
          await within("diagnostics", client.diagnostics(uri));
        }
      }
      assert.equal(now, text);
      client.open(twin, text);
      const plain = ({ range, code }: Diagnostic) => ({ range, code });
      const [edited, fresh] = [await client.diagnostics(uri), await client.diagnostics(twin)];
      assert.deepEqual(edited.map(plain), fresh.map(plain), "edits end where the whole text begins");
      assert.equal(client.child.exitCode, null, "the server lives");
    } finally {
      await client.kill();
    }
  });
}
