// The page of the preview panel: begins with what it had before a reload, and takes what the host sends.

import "./styles";
import type { HostMessage } from "../src/preview/messages";
import { vscode } from "./dom/host";
import { createPump } from "./dom/messagePump";
import { takeMessage } from "./panel/hostMessages";
import { Panel, wide } from "./panel/panel";
import { keptParts, memoryOf } from "./panel/panelMemory";

const stored = vscode.getState();
const kept = keptParts(stored);
const memory = memoryOf(stored, innerWidth >= wide);
const panel = new Panel(document.getElementById("panel") ?? document.body, memory);
const { overview, whatIf, time, expression } = panel.parts;
const { changes, sections, view } = memory;

const take = createPump((message: HostMessage) => takeMessage(panel, message));
addEventListener("message", (event: MessageEvent<HostMessage>) => take(event));
vscode.postMessage({ kind: "ready" });
overview.open(sections.map);
whatIf.open(sections.whatIf);
if (changes.length > 0) vscode.postMessage({ kind: "whatIf", changes });
if (view.against !== "saved") vscode.postMessage({ kind: "compare", against: view.against });
time.restore(kept.time);
time.open(sections.time);
expression.restore(kept.expression, kept.trial);
panel.drawNow();
