// What is loaded late may fail to load: that is said, and tried again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { once } from "../../../client/src/once";
import type * as RestoredPanels from "../../../client/src/restoredPanels";
import { clientModule } from "../../support/clientModule";

/** The serializers and the messages are kept where the test finds them. */
const vscode = `
const kept = (globalThis.keptOfRestoredPanels = { serializers: [], messages: [] });
const show = async (message) => { kept.messages.push(message); };
export const window = {
  registerWebviewPanelSerializer: (_type, serializer) => (kept.serializers.push(serializer), { dispose() {} }),
  showInformationMessage: show,
  showWarningMessage: show,
  showErrorMessage: show,
};
export const commands = { executeCommand: async () => {} };
export const Range = class {};
export const Uri = {};
`;

interface Kept {
  readonly serializers: { deserializeWebviewPanel(panel: object, state: unknown): Promise<void> }[];
  readonly messages: string[];
}

test("a panel that is not restored after a reload is in the log and in a message, each kind of panel", async () => {
  const { registerRestoredPanels } = await clientModule<typeof RestoredPanels>(
    "client/src/restoredPanels.ts",
    vscode,
  );
  const logged: string[] = [];
  const note = (text: string | Error) => void logged.push(String(text));
  const log = { info: note, warn: note, error: note, show: () => {} };
  registerRestoredPanels({ log }, () => Promise.reject(new Error("later.js is not there")));
  const { serializers, messages } = (globalThis as unknown as { keptOfRestoredPanels: Kept })
    .keptOfRestoredPanels;
  assert.equal(serializers.length, 2);
  for (const it of serializers)
    await assert.rejects(it.deserializeWebviewPanel({}, undefined), /later\.js is not there/);
  const message = "The panel was not restored: later.js is not there";
  assert.deepEqual(messages, [message, message]);
  assert.equal(logged.length, 2);
  for (const it of logged) assert.ok(it.startsWith("The panel was not restored: Error: later.js"), it);
});

test("what was made once is answered again; what failed is made anew", async () => {
  let calls = 0;
  const made = once(async () => {
    calls += 1;
    if (calls === 1) throw new Error("not yet");
    return { calls };
  });
  await assert.rejects(made(), /not yet/);
  const [first, second] = await Promise.all([made(), made()]);
  assert.equal(first, second);
  assert.equal(await made(), first);
  assert.equal(calls, 2);
});
