// A real VS Code in Chromium with the packaged extension: how long it takes to activate, and how long after a keystroke
// diagnostics, inlay hint and preview panel all show what it means, with 5,000 container instances.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Frame, Page } from "playwright-core";
import { countText } from "../../server/src/core/text/counts";
import { openPage, startEditor } from "../support/editor";
import { runCommand, webview } from "../support/editorActions";
import { projectRoot } from "../support/paths";
import { until } from "../support/until";
import { fleetText } from "./fleets";
import { summarize } from "./measure";
import { pageFunction } from "./pageFunction";
import type { BenchOptions, Row } from "./section";

interface Counts {
  readonly instances: number;
  readonly starts: number;
  readonly keystrokes: number;
  /** Keystrokes before them: they find everything cold, and do not count. */
  readonly warmUp: number;
}

const full: Counts = { instances: 5_000, starts: 9, keystrokes: 60, warmUp: 10 };
const tiny: Counts = { instances: 5, starts: 1, keystrokes: 2, warmUp: 0 };

const expression = "attribute:env == prod";
const definition = {
  family: "agent",
  placementConstraints: [{ type: "memberOf", expression }],
  containerDefinitions: [{ name: "agent", image: "agent", cpu: 100, memory: 3000 }],
};

/** Every stage is there before the whole is; in the order of the story. */
const stages: readonly (readonly [string, string])[] = [
  ["typed", "the editor shows the character"],
  ["change", "the server has the change"],
  ["validated", "the server answers with diagnostics"],
  ["squiggle", "the diagnostic is underlined"],
  ["hinted", "the server answers with inlay hints"],
  ["hint", "the inlay hint is shown"],
  ["previewed", "the server answers with the preview"],
  ["arrived", "the preview arrives in the panel"],
  ["panel", "the panel is drawn"],
];

export async function editorRows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const counts = quick ? tiny : full;
  const home = mkdtempSync(join(tmpdir(), "ecs-daemon-bench-editor-"));
  try {
    const editor = await start(home, counts);
    try {
      return [...(await activationRows(editor, counts)), ...(await keystrokeRows(editor, counts))];
    } finally {
      await editor.server.close();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

interface RunningEditor {
  readonly server: Awaited<ReturnType<typeof startEditor>>;
  /** What the probe wrote so far. */
  records(): readonly Note[];
}

/** A line of the probe, see editorProbe.cjs. */
type Note = Activation | { readonly kind: "in" | "out"; readonly method: string; readonly at: number };

interface Activation {
  readonly kind: "activated";
  /** Milliseconds. */
  readonly loading: number;
  readonly activating: number;
  /** The bundles in memory beside client.js. */
  readonly files: readonly string[];
}

async function start(home: string, { instances }: Counts): Promise<RunningEditor> {
  const workspace = join(home, "workspace");
  mkdirSync(workspace);
  writeFileSync(join(workspace, "agent.taskdef.json"), `${JSON.stringify(definition, null, 2)}\n`);
  writeFileSync(join(workspace, "large.ecs-fleet.json"), fleetText(instances));
  writeFileSync(join(workspace, "settings.json"), "{}\n");
  const probe = join(home, "probe.jsonl");
  const server = await startEditor({
    workspace,
    settings: { "ecsDaemon.cluster": "large.ecs-fleet.json", "files.autoSave": "off" },
    env: {
      NODE_OPTIONS: `--require ${join(projectRoot, "test", "bench", "editorProbe.cjs")}`,
      ECS_DAEMON_PROBE: probe,
    },
  });
  return { server, records: () => readRecords(probe) };
}

function readRecords(path: string): readonly Note[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line): Note => JSON.parse(line));
}

/** Opens VS Code with a file in its editor, works with it, and closes the browser whatever comes of it. */
async function withFile<Result>(
  { server }: RunningEditor,
  file: string,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const { browser, page }: { browser: Browser; page: Page } = await openPage();
  try {
    const payload = [["openFile", `vscode-remote://127.0.0.1:${server.port}${server.workspace}/${file}`]];
    await page.goto(`${server.url}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    await page.locator(".editor-group-container.active .monaco-editor .view-line").first().waitFor();
    return await work(page);
  } finally {
    await browser.close();
  }
}

// Activation ---------------------------------------------------------------------------------------------------------

/** VS Code is opened again and again, in turn with a file that is none of ours and with a task definition. */
async function activationRows(editor: RunningEditor, { starts }: Counts): Promise<readonly Row[]> {
  const activations = () => editor.records().filter((it) => it.kind === "activated");
  for (let count = 1; count <= starts; count++)
    await withFile(editor, count % 2 === 0 ? "settings.json" : "agent.taskdef.json", () =>
      until(`it is activated ${count} times`, async () => activations().length >= count),
    );
  const found = activations();
  const totals = found.map((it) => it.loading + it.activating);
  const loaded = [...new Set(found.flatMap(({ files }) => files))];
  return [
    {
      what: `VS Code: loading client.js and activate() at ${starts} starts (ms, median; the slowest ${Math.max(...totals).toFixed(1)})`,
      figure: Number(summarize(totals).median.toFixed(1)),
      limit: 10,
    },
    {
      what: `bundles beside it in memory after activate(): ${loaded.join(", ") || "none"}`,
      figure: loaded.length,
      limit: 0,
    },
  ];
}

// Keystrokes ---------------------------------------------------------------------------------------------------------

function keystrokeRows(editor: RunningEditor, counts: Counts): Promise<readonly Row[]> {
  return withFile(editor, "agent.taskdef.json", async (page) => {
    await runCommand(page, "ECS Daemon: Preview Placement");
    const panel = await webview(page, / of (5|5,?000) container instances/);
    await placeCursor(page);
    await page.evaluate(`(${await pageFunction("watchEditor")})()`);
    await panel.evaluate(`(${await pageFunction("watchPanel")})()`);
    const samples: Sample[] = [];
    for (let index = -counts.warmUp; index < counts.keystrokes; index++) {
      const sample = await keystroke(editor, page, panel, index % 2 !== 0);
      if (index >= 0) samples.push(sample);
    }
    return rowsOf(samples, counts);
  });
}

/** Behind the last character of the expression. */
async function placeCursor(page: Page): Promise<void> {
  const line = page
    .locator(".editor-group-container .monaco-editor .view-line")
    .filter({ hasText: "env" })
    .first();
  await line.click();
  await until("the cursor is in the expression", async () => {
    await page.keyboard.press("End");
    return page.locator(".monaco-editor.focused").first().isVisible();
  });
  // Behind it stands the quotation mark.
  await page.keyboard.press("ArrowLeft");
}

/** The milliseconds from a keystroke to each stage, and to the last of those that a person sees. */
interface Sample {
  readonly stages: Readonly<Record<string, number>>;
  readonly all: number;
}

/** Takes the last character away, so that no instance has the value, or puts it back. */
async function keystroke(
  { records }: RunningEditor,
  page: Page,
  panel: Frame,
  isGood: boolean,
): Promise<Sample> {
  const seen = records().length;
  const views = [page, panel];
  await Promise.all(views.map((it) => it.evaluate(`void globalThis.bench.expect(${isGood})`)));
  await page.keyboard.press(isGood ? "d" : "Backspace");
  const shown = await Promise.all(
    views.map((it) => it.evaluate<Record<string, number>>("globalThis.bench.times")),
  );
  const times: Record<string, number> = Object.assign({}, ...shown);
  const key = times.key ?? Number.NaN;
  const at = (direction: "in" | "out", method: string): number | undefined =>
    records()
      .slice(seen)
      .filter((it) => it.kind !== "activated")
      .find((it) => it.kind === direction && it.method === method && it.at >= key)?.at;
  await until("the server has answered", async () => at("out", "ecsDaemon/packedPreview") !== undefined);
  const answers = {
    change: at("in", "textDocument/didChange"),
    validated: at("out", "textDocument/diagnostic"),
    hinted: at("out", "textDocument/inlayHint"),
    previewed: at("out", "ecsDaemon/packedPreview"),
  };
  const all: Readonly<Record<string, number | undefined>> = { ...times, ...answers };
  const after = (name: string) => (all[name] ?? Number.NaN) - key;
  return {
    stages: Object.fromEntries(stages.map(([name]) => [name, after(name)])),
    all: Math.max(after("squiggle"), after("hint"), after("panel")),
  };
}

function rowsOf(samples: readonly Sample[], { instances }: Counts): readonly Row[] {
  const whole = summarize(samples.map((it) => it.all));
  return [
    {
      what: `VS Code, ${countText(instances)} instances: from a keystroke to diagnostics, inlay hint and panel, all up to date (ms, 95th percentile; median ${whole.median.toFixed(0)})`,
      figure: Math.round(whole.p95),
      limit: 100,
    },
    ...stages.map(([name, what]) => ({
      what: `… after the keystroke ${what}`,
      times: { ours: summarize(samples.map((it) => it.stages[name] ?? Number.NaN)) },
    })),
  ];
}
