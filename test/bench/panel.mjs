// The preview panel in Chromium with 5,000 instances: how long its picture takes, and whether a keystroke's update
// ever holds up the page (a task over 50 ms, which is when a browser calls it long).

import { createRequire } from "node:module";
import { join } from "node:path";
import { plainInstances } from "./fleets.mjs";
import { summarize } from "./measure.mjs";

const count = 5_000;

/** What a person types, each with another set of instances. */
const typed = ["p", "pr", "prod", "d", "de", "dev", "t", "te", "test", "prod"];

export function messages(require, out) {
  const load = (name) => require(join(out, "server/src", name));
  const { readFleet } = load("core/cluster/fleet");
  const { daemonServiceOf } = load("core/scheduler/daemonServiceOf");
  const { packPreview } = load("lsp/packedPreview");
  const { resultOf } = load("lsp/previewResult");
  const groups = ["prod", "dev", "test"].map((env, index) => {
    const own = plainInstances(count).filter((it) => it.env === env);
    return {
      count: own.length,
      instanceType: ["m5.large", "c5.large", "t3.small"][index],
      zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
      attributes: { env, team: index === 0 ? "web" : "data" },
    };
  });
  const { cluster } = readFleet(JSON.stringify({ groups }));
  if (cluster.instances.length !== count) throw new Error("The benchmark's fleet was not read.");
  const document = { uri: "file:///w/agent.taskdef.json", name: "agent.taskdef.json" };
  const container = { name: "agent", image: "agent", cpu: 100, memory: 3000 };
  let fleet;
  return ["prod", ...typed].map((env) => {
    const expression = `attribute:env == ${env} or attribute:team == data and attribute:ecs.availability-zone =~ us-east-1[ab]`;
    const daemon = daemonServiceOf(
      { family: "agent", containerDefinitions: [container] },
      { serviceName: "agent", placementConstraints: [{ type: "memberOf", expression }] },
    );
    const result = resultOf({
      daemon,
      cluster: { cluster, label: "bench", kind: "file" },
      service: undefined,
      documents: [],
    });
    // As the host of the panel sends them: the fleet comes with the first one.
    const packed = packPreview(result, fleet);
    fleet = packed.fleet.id;
    return { kind: "result", document, saved: env === "prod", result: packed };
  });
}

/**
 * Runs in the page. A message is cloned where it is sent, which in VS Code is another page: that task does not count.
 * What is measured ends when the page has drawn and has nothing left to do.
 */
function measureInPage(act) {
  const long = [];
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries()));
  observer.observe({ type: "longtask" });
  return new Promise((done) => {
    setTimeout(() => {
      act();
      const began = performance.now();
      const quiet = () =>
        requestAnimationFrame(() =>
          requestIdleCallback(() =>
            requestIdleCallback(() => {
              const milliseconds = performance.now() - began;
              // The observer is told of a task after its end.
              setTimeout(() => {
                observer.disconnect();
                const tasks = long.filter((it) => it.startTime >= began - 1).map((it) => it.duration);
                done({ milliseconds, tasks });
              }, 100);
            }),
          ),
        );
      setTimeout(quiet, 0);
    }, 50);
  });
}

/** `root` holds the project, `out` its compiled files. */
export async function panelRows({ root, out = join(root, process.env.OUT_DIR ?? "out") }) {
  const require = createRequire(join(root, "package.json"));
  const { openPanelBrowser } = require(join(out, "test/webview/panelPage"));
  const [first, ...updates] = messages(require, out);
  const browser = await openPanelBrowser();
  try {
    const { drawnCells } = require(join(out, "test/webview/drawnMap"));
    const pages = [];
    const pictures = await inRounds([first], async () => {
      const { page } = await browser.open({ width: 1300, height: 900 });
      await page.evaluate(`globalThis.messages = ${JSON.stringify([first, ...updates])}; 0`);
      pages.push(page);
      const drawn = await page.evaluate(`(${measureInPage})(() => postMessage(messages[0], "*"))`);
      if ((await drawnCells(page)) !== count) throw new Error("The panel did not draw the fleet.");
      return drawn;
    });
    const page = pages.pop();
    for (const it of pages) await it.close();
    const run = (code) => page.evaluate(`(${measureInPage})(() => { ${code} })`);
    const send = (index) => run(`postMessage(messages[${index}], "*")`);
    const keystrokes = await inRounds(updates, (_, index) => send(index + 1));
    const filters = await inRounds(["1", "12", "123", "env", ""], (text) =>
      run(`const input = document.querySelector(".text-filter"); input.value = ${JSON.stringify(text)};
        input.dispatchEvent(new Event("input", { bubbles: true }))`),
    );
    const rows = [
      ...longTaskRows("the first picture", pictures),
      ...longTaskRows("a keystroke in the text", keystrokes),
      ...longTaskRows("a keystroke in the filter", filters),
    ];
    return rows;
  } finally {
    await browser.close();
  }
}

const rounds = 5;

/**
 * Everything that is typed, over and over. Others use this machine too, and a task that they interrupt is long without
 * any work of ours: of each keystroke the round with the shortest longest task counts.
 */
async function inRounds(items, run) {
  const runs = [];
  for (let round = 0; round < rounds; round++)
    for (const [index, item] of items.entries()) {
      const { milliseconds, tasks } = await run(item, index);
      runs.push({ index, milliseconds, longest: Math.max(0, ...tasks) });
    }
  return runs;
}

function longTaskRows(what, runs) {
  const best = new Map();
  for (const { index, longest } of runs) best.set(index, Math.min(longest, best.get(index) ?? longest));
  const longest = Math.max(...best.values());
  return [
    {
      what: `panel, 5,000 instances: ${what} is drawn`,
      times: { ours: summarize(runs.map((it) => it.milliseconds)) },
    },
    {
      what: `panel, 5,000 instances: longest task of ${what} (ms; 0: none over 50)`,
      figure: Math.round(longest),
      limit: 50,
    },
  ];
}
