// A real VS Code in Chromium with the packaged extension: how long it takes to activate, and how long after a keystroke
// diagnostics, inlay hint and preview panel all show what it means, with 5,000 container instances.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium, findProgram } from "../../.scripts/programs.mjs";
import { fleetText } from "./fleets.mjs";
import { summarize } from "./measure.mjs";

const instances = 5_000;
const starts = 9;
const keystrokes = 60;
/** The first ones find everything cold, and do not count. */
const warmUp = 10;

const expression = "attribute:env == prod";
const definition = {
  family: "agent",
  placementConstraints: [{ type: "memberOf", expression }],
  containerDefinitions: [{ name: "agent", image: "agent", cpu: 100, memory: 3000 }],
};

/** Every stage is there before the whole is; in the order of the story. */
const stages = [
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

/** `root` holds the project, `out` its compiled files. */
export async function editorRows({ root, out = join(root, process.env.OUT_DIR ?? "out") }) {
  const missing = [...(findChromium() ? [] : ["Chromium"]), ...(findProgram("rg") ? [] : ["ripgrep"])];
  if (missing.length > 0)
    return [{ what: "real VS Code", note: `not measured: ${missing.join(" and ")} missing` }];
  const require = createRequire(join(root, "package.json"));
  const support = {
    ...require(join(out, "test/support/editor")),
    ...require(join(out, "test/support/editorActions")),
  };
  const home = mkdtempSync(join(tmpdir(), "ecs-daemon-bench-editor-"));
  try {
    const editor = await startEditor(support, home);
    try {
      return [...(await activationRows(editor)), ...(await keystrokeRows(editor))];
    } finally {
      await editor.server.close();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function startEditor(support, home) {
  const workspace = join(home, "workspace");
  mkdirSync(workspace);
  writeFileSync(join(workspace, "agent.taskdef.json"), `${JSON.stringify(definition, null, 2)}\n`);
  writeFileSync(join(workspace, "large.ecs-fleet.json"), fleetText(instances));
  writeFileSync(join(workspace, "settings.json"), "{}\n");
  const probe = join(home, "probe.jsonl");
  const server = await support.startEditor({
    workspace,
    settings: { "ecsDaemon.cluster": "large.ecs-fleet.json", "files.autoSave": "off" },
    env: {
      NODE_OPTIONS: `--require ${join(import.meta.dirname, "editorProbe.cjs")}`,
      ECS_DAEMON_PROBE: probe,
    },
  });
  return { support, server, records: () => readRecords(probe) };
}

/** What the probe wrote so far. */
function readRecords(path) {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Opens VS Code with a file in its editor. */
async function openWith({ support, server }, file) {
  const { browser, page } = await support.openPage();
  const payload = [["openFile", `vscode-remote://127.0.0.1:${server.port}${server.workspace}/${file}`]];
  await page.goto(`${server.url}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  await page.locator(".editor-group-container.active .monaco-editor .view-line").first().waitFor();
  return { browser, page };
}

// Activation ---------------------------------------------------------------------------------------------------------

/** VS Code is opened again and again, in turn with a file that is none of ours and with a task definition. */
async function activationRows(editor) {
  const activations = () => editor.records().filter(({ kind }) => kind === "activated");
  for (let count = 1; count <= starts; count++) {
    const { browser } = await openWith(editor, count % 2 === 0 ? "settings.json" : "agent.taskdef.json");
    await editor.support.until(`it is activated ${count} times`, async () => activations().length >= count);
    await browser.close();
  }
  const found = activations();
  const loaded = [...new Set(found.flatMap(({ files }) => files))];
  return [
    {
      what: `VS Code: loading client.js and activate() at ${starts} starts (ms, median; the slowest ${Math.max(...found.map(total)).toFixed(1)})`,
      figure: Number(summarize(found.map(total)).median.toFixed(1)),
      limit: 30,
    },
    {
      what: `bundles beside it in memory after activate(): ${loaded.join(", ") || "none"}`,
      figure: loaded.length,
      limit: 0,
    },
  ];
}

const total = ({ loading, activating }) => loading + activating;

// Keystrokes ---------------------------------------------------------------------------------------------------------

async function keystrokeRows(editor) {
  const { support } = editor;
  const { browser, page } = await openWith(editor, "agent.taskdef.json");
  try {
    await support.runCommand(page, "ECS Daemon: Preview Placement");
    const panel = await support.webview(page, /Lands on .* of 5,?000/);
    await placeCursor(support, page);
    await page.evaluate(watchEditor);
    await panel.evaluate(watchPanel);
    const samples = [];
    for (let index = -warmUp; index < keystrokes; index++) {
      const isGood = index % 2 !== 0;
      const sample = await keystroke({ ...editor, page, panel }, isGood);
      if (index >= 0) samples.push(sample);
    }
    return rowsOf(samples);
  } finally {
    await browser.close();
  }
}

/** Behind the last character of the expression. */
async function placeCursor({ until }, page) {
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

/**
 * Takes the last character away, so that no instance has the value, or puts it back. Answers the milliseconds from the
 * keystroke to each stage.
 */
async function keystroke({ support, page, panel, records }, isGood) {
  const seen = records().length;
  const views = [page, panel];
  await Promise.all(views.map((it) => it.evaluate(`void globalThis.bench.expect(${isGood})`)));
  await page.keyboard.press(isGood ? "d" : "Backspace");
  const [editorTimes, panelTimes] = await Promise.all(
    views.map((it) => it.evaluate("globalThis.bench.times")),
  );
  const { key } = editorTimes;
  const at = (direction, method) =>
    records()
      .slice(seen)
      .find((it) => it.kind === direction && it.method === method && it.at >= key)?.at;
  await support.until(
    "the server has answered",
    async () => at("out", "ecsDaemon/packedPreview") !== undefined,
  );
  const times = {
    ...editorTimes,
    ...panelTimes,
    change: at("in", "textDocument/didChange"),
    validated: at("out", "textDocument/diagnostic"),
    hinted: at("out", "textDocument/inlayHint"),
    previewed: at("out", "ecsDaemon/packedPreview"),
  };
  const sample = Object.fromEntries(stages.map(([name]) => [name, times[name] - key]));
  return { ...sample, all: Math.max(sample.squiggle, sample.hint, sample.panel) };
}

/** Runs in the workbench: notes when the keystroke, its character, the underline and the hint are on the screen. */
function watchEditor() {
  const now = () => performance.timeOrigin + performance.now();
  let key;
  addEventListener(
    "keydown",
    (event) => {
      key = performance.timeOrigin + event.timeStamp;
    },
    true,
  );
  const text = () =>
    [...document.querySelectorAll(".editor-group-container .view-line")]
      .map((it) => it.textContent)
      .find((it) => it.includes("attribute:env"))
      ?.replaceAll("\u00a0", " ") ?? "";
  const conditions = (isGood) => ({
    typed: () => text().includes(isGood ? '== prod"' : '== pro"'),
    squiggle: () =>
      (document.querySelector(".editor-group-container .view-overlays [class*='squiggly']") === null) ===
      isGood,
    hint: () => /\d of 5,?000/.test(text()) && /\D0 of 5,?000/.test(text()) !== isGood,
  });
  globalThis.bench = {
    expect: (isGood) => {
      globalThis.bench.times = new Promise((resolve, reject) => {
        setTimeout(
          () => reject(new Error(`The editor shows ${text()}; there is ${Object.keys(times)}.`)),
          30_000,
        );
        key = undefined;
        const open = Object.entries(conditions(isGood));
        const times = {};
        const look = () => {
          if (key === undefined) return;
          for (const [index, [name, isTrue]] of [...open.entries()].reverse()) {
            if (!isTrue()) continue;
            open.splice(index, 1);
            requestAnimationFrame(() =>
              setTimeout(() => {
                times[name] = now();
                if (Object.keys(times).length === 3) finish();
              }),
            );
          }
        };
        const observer = new MutationObserver(look);
        const finish = () => {
          observer.disconnect();
          resolve({ ...times, key });
        };
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
      });
    },
  };
}

/** Runs in the panel: notes when the preview comes in, and when the last of it is drawn. */
function watchPanel() {
  const now = () => performance.timeOrigin + performance.now();
  const quiet = 150;
  globalThis.bench = {
    expect: (isGood) => {
      globalThis.bench.times = new Promise((resolve, reject) => {
        setTimeout(
          () => reject(new Error(`The panel shows ${document.querySelector("h1")?.textContent}`)),
          30_000,
        );
        let arrived;
        let drawn;
        let done;
        const receive = ({ data }) => {
          if (data.kind !== "result") return;
          arrived = now();
          drawn = undefined;
          clearTimeout(done);
          changed();
        };
        const changed = () => {
          if (arrived === undefined) return;
          requestAnimationFrame(() =>
            setTimeout(() => {
              drawn = now();
              clearTimeout(done);
              done = setTimeout(finish, quiet);
            }),
          );
        };
        const observer = new MutationObserver(changed);
        const finish = () => {
          const isZero = /Lands on 0 of/.test(document.querySelector("h1")?.textContent ?? "");
          if (isZero === isGood) return;
          observer.disconnect();
          removeEventListener("message", receive, true);
          resolve({ arrived, panel: drawn });
        };
        addEventListener("message", receive, true);
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
      });
    },
  };
}

function rowsOf(samples) {
  const of = (name) => summarize(samples.map((it) => it[name]));
  const whole = of("all");
  return [
    {
      what: `VS Code, ${instances} instances: from a keystroke to diagnostics, inlay hint and panel, all up to date (ms, 95th percentile; median ${whole.median.toFixed(0)})`,
      figure: Math.round(whole.p95),
      limit: 150,
    },
    ...stages.map(([name, what]) => ({ what: `… after the keystroke ${what}`, times: { ours: of(name) } })),
  ];
}
