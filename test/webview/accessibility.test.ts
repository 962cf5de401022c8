import assert from "node:assert/strict";
import { test } from "node:test";
import type { HostMessage } from "../../client/src/preview/messages";
import { nextSteps } from "../../server/src/lsp/protocol/clusterState";
import type { ClusterState, PreviewResult } from "../../server/src/lsp/protocol/protocol";
import { barriersOf } from "./axe";
import { cutTextsOf } from "./cutTexts";
import { type Panel, panelsForTests } from "./panelPage";
import {
  bigFleet,
  clauses,
  emptyCluster,
  everyVerdict,
  explainedBlocked,
  fiveOfFive,
  oneOfSix,
} from "./samples";
import { type ThemeName, themes } from "./themes";

const document = { uri: "file:///w/agent.taskdef.json", name: "agent.taskdef.json" };
const result = (it: PreviewResult, saved = true): HostMessage => ({
  kind: "result",
  document,
  result: it,
  saved,
});
const failure = (code: string): HostMessage => ({
  kind: "failure",
  document,
  error: { code, message: "What is wrong with `env`.", remedy: "What helps." },
  next: nextSteps({ code, message: "" }),
  keepsLast: true,
});

const readingState: ClusterState = {
  place: "account",
  condition: "unread",
  name: "prod",
  title: "prod",
  detail: "",
  next: [],
  reading: { read: 1_200, total: 5_000 },
  isReal: true,
};

/** Every state that the panel can be in, by how one gets there. */
const states: Readonly<Record<string, (panel: Panel) => Promise<void>>> = {
  loading: (panel) => panel.send({ kind: "loading", document }),
  "reading with a count": async (panel) => {
    await panel.send({ kind: "loading", document });
    await panel.send({ kind: "cluster", document, state: readingState });
    await panel.page
      .getByRole("heading", { name: "Reading prod: 1,200 of 5,000 container instances" })
      .waitFor();
    await panel.page.getByRole("button", { name: "Cancel" }).waitFor();
  },
  "access denied": (panel) => panel.send(failure("AccessDeniedException")),
  "access denied later": async (panel) => {
    await panel.send(result(everyVerdict));
    await panel.send(failure("AccessDeniedException"));
    await panel.page.getByRole("button", { name: "Copy IAM Policy" }).waitFor();
  },
  canceled: (panel) => panel.send(failure("cancelled")),
  "a file that is gone": (panel) => panel.send(failure("document-gone")),
  "no cluster": (panel) => panel.send(failure("no-cluster")),
  "an unreachable cluster": async (panel) => {
    await panel.send(result(everyVerdict));
    await panel.send(failure("Unreachable"));
  },
  "Restricted Mode": (panel) => panel.send(failure("untrusted-workspace")),
  "an unreadable cluster": (panel) => panel.send(failure("unreadable-cluster")),
  "an empty cluster": (panel) => panel.send(result(emptyCluster)),
  "five of five": (panel) => panel.send(result(fiveOfFive)),
  "every verdict": (panel) => panel.send(result(everyVerdict)),
  "an opened row": async (panel) => {
    await panel.send(result(clauses));
    await panel.page.locator("[data-id=i-clauses].row").click();
  },
  "an explained row": async (panel) => {
    await panel.send(result({ ...everyVerdict, cluster: { label: "default", kind: "local" } }));
    await panel.page.locator("[data-id=i-blocked].row").click();
    await panel.send({ kind: "explanation", document, explanation: explainedBlocked });
  },
  "the menu of a row": async (panel) => {
    await panel.send(result({ ...everyVerdict, cluster: { label: "default", kind: "local" } }));
    await panel.page.locator("[data-id=i-blocked].row").click({ button: "right" });
    await panel.send({ kind: "explanation", document, explanation: explainedBlocked });
    await panel.page.getByRole("menuitem", { name: "Use host port 8127 in the editor" }).waitFor();
  },
  "rows by reason": async (panel) => {
    await panel.send(result(everyVerdict));
    await panel.page.getByLabel("Group the list by").selectOption("reason");
    await panel.page.locator(".reason-group").first().click();
  },
  "a selection in the editor": async (panel) => {
    await panel.send(result(everyVerdict));
    await panel.send({ kind: "selection", document, clause: "attribute:env == prod", matched: ["i-place"] });
    await panel.page.locator(".selected-clause").click();
  },
  "nothing deployed": async (panel) => {
    await panel.send(result(everyVerdict));
    await panel.send({ kind: "command", document, command: "compare", against: "deployed" });
    await panel.send({ kind: "baseline", document, against: "deployed", problem: "It is not deployed." });
  },
  "an active row": async (panel) => {
    await panel.send(result(everyVerdict));
    await panel.page.getByRole("treegrid").focus();
    await panel.page.keyboard.press("ArrowDown");
  },
  "chosen rows": async (panel) => {
    await panel.send(result(everyVerdict));
    await panel.page.getByRole("treegrid").focus();
    await panel.page.keyboard.press("Control+a");
  },
  "filtered rows": async (panel) => {
    await panel.send(result(everyVerdict));
    await panel.page.locator(".toggle[data-verdict=excluded]").click();
    await panel.page.getByRole("button", { name: /match constraints/ }).click();
  },
  "nothing shown": async (panel) => {
    await panel.send(result(everyVerdict));
    await panel.page.getByRole("searchbox").fill("nothing has this");
  },
  stale: async (panel) => {
    await panel.send(result(everyVerdict));
    await panel.send(failure("broken-document"));
  },
  changes: async (panel) => {
    await panel.send(result(oneOfSix));
    const all = oneOfSix.instances.map((it) => ({ ...it, verdict: "place" as const, reasons: [] }));
    await panel.send(result({ ...oneOfSix, instances: all }, false));
    await panel.page.locator(".changes").click();
  },
  "300 instances": (panel) => panel.send(result(bigFleet(300))),
};

const withPanel = panelsForTests();

for (const theme of Object.keys(themes) as ThemeName[])
  for (const [name, show] of Object.entries(states))
    test(`axe-core finds nothing to object to and no text is cut in the ${theme} theme: ${name}`, () =>
      withPanel({ theme }, async (panel) => {
        await show(panel);
        assert.deepEqual(await barriersOf(panel), []);
        assert.deepEqual(await cutTextsOf(panel), []);
      }));
