// Real files typed and taken back in the bundled server, in the small changes that an editor sends: after each one the
// server has the same text as the client, and answers everything about it. FUZZ_PREFIXES=all stops after every character.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnostic } from "vscode-languageserver/node";
import { askEverything, linesOf, within } from "./askEverything";
import { type CorpusFile, documents } from "./corpus";
import { startServerProcess } from "./serverProcess";

const every = process.env.FUZZ_PREFIXES === "all";
const stops = 6;

/** The first file of each kind and some of other projects; all of them where there is time. */
function chosenFiles(): readonly CorpusFile[] {
  if (every) return documents;
  const kindOf = (name: string) => /\.[\w-]+(?:\.json)?$/.exec(name)?.[0];
  return documents.filter(
    (it, index) =>
      index % 40 === 0 || documents.findIndex((other) => kindOf(other.name) === kindOf(it.name)) === index,
  );
}

/** Where the text is cut off: at a few places, or everywhere, from the end to the beginning. */
function cuts(text: string): readonly number[] {
  if (every) return Array.from({ length: text.length + 1 }, (_, index) => text.length - index);
  return Array.from({ length: stops + 1 }, (_, index) => Math.floor((text.length * (stops - index)) / stops));
}

for (const { name, text } of chosenFiles()) {
  test(`every answer about ${name} holds while it is taken back and typed again`, async () => {
    const { client, child, close } = await startServerProcess();
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
        void client.connection.sendNotification("textDocument/didChange", {
          textDocument: { uri, version },
          contentChanges: [{ range, text: next.slice(same) }],
        });
        now = next;
      };
      const places = [...cuts(text), ...[...cuts(text)].reverse()];
      for (const [index, end] of places.entries()) {
        become(text.slice(0, end));
        if (!every || index % 50 === 0) await askEverything(client, uri, now, [end, Math.floor(end / 2)]);
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
      assert.equal(child.exitCode, null, "the server lives");
    } finally {
      await close();
    }
  });
}
