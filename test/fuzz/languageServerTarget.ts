// Any text in an open document of the bundled language server: every feature answers, and the process lives on.

import assert from "node:assert/strict";
import { askEverything } from "./askEverything";
import { documentInputs } from "./documentInputs";
import type { FuzzTarget } from "./fuzzTarget";
import { startServerProcess } from "./serverProcess";
import type { NamedText } from "./texts";

export const languageServerTarget: FuzzTarget<NamedText> = {
  inputs: documentInputs,
  open: async () => {
    let server = await startServerProcess();
    const check = async ({ name = "", text = "" }: NamedText) => {
      const uri = `file:///fuzz/${encodeURIComponent(name)}`;
      server.open(uri, text);
      try {
        const offsets = [0, 0.25, 0.5, 0.9, 1].map((it) => Math.floor(it * text.length));
        await askEverything(server, uri, text, offsets);
        server.closeDocument(uri);
        assert.equal(server.child.exitCode, null, "the server lives");
      } catch (error) {
        // The log keeps its faults: another input needs another server.
        await server.kill();
        server = await startServerProcess();
        throw error;
      }
    };
    return { check, close: () => server.close() };
  },
};
