// The preview panel in Chromium with 5,000 and with 100,000 instances: how long its picture takes, and whether a keystroke's update
// ever holds up the page (a task over 50 ms, which is when a browser calls it long).

import type { HostMessage } from "../../client/src/preview/messages";
import { readFleet } from "../../server/src/core/cluster/fleet";
import { daemonServiceOf } from "../../server/src/core/scheduler/daemonServiceOf";
import { countText } from "../../server/src/core/text/counts";
import { resultOf } from "../../server/src/lsp/preview/previewResult";
import { packPreview } from "../../server/src/lsp/protocol/packedPreview";
import { drawnCells } from "../webview/drawnMap";
import { openPanelBrowser, type Panel, type PanelBrowser } from "../webview/panelPage";
import { plainInstances } from "./fleets";
import { summarize } from "./measure";
import { pageFunction } from "./pageFunction";
import type { BenchOptions, Row } from "./section";

type ResultMessage = Extract<HostMessage, { readonly kind: "result" }>;

/** What a person types, each with another set of instances. */
const typed = ["p", "pr", "prod", "d", "de", "dev", "t", "te", "test", "prod"];

/** What the host of the panel sends: a first preview, and one for each thing typed. */
export function messagesOf(count: number): readonly ResultMessage[] {
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
  if (cluster?.instances.length !== count) throw new Error("The benchmark's fleet was not read.");
  const document = { uri: "file:///w/agent.taskdef.json", name: "agent.taskdef.json" };
  const container = { name: "agent", image: "agent", cpu: 100, memory: 3000 };
  let fleet: string | undefined;
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
    return { kind: "result" as const, document, saved: env === "prod", result: packed };
  });
}

export async function panelRows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const browser = await openPanelBrowser();
  try {
    if (quick) return await measured(browser, 12, messagesOf(12), 1);
    // A message of 100,000 instances takes longer to bring there than to draw: a few of them say the same.
    const vast = messagesOf(100_000).slice(0, 5);
    return [
      ...(await measured(browser, 5_000, messagesOf(5_000), 5)),
      ...(await measured(browser, 100_000, vast, 3)),
    ];
  } finally {
    await browser.close();
  }
}

async function measured(
  browser: PanelBrowser,
  count: number,
  [first, ...updates]: readonly ResultMessage[],
  rounds: number,
): Promise<readonly Row[]> {
  const measureInPage = await pageFunction("measureInPage");
  let panel: Panel | undefined;
  const act = async (code: string): Promise<Drawn> => {
    if (panel === undefined) throw new Error("No panel is open.");
    return panel.page.evaluate<Drawn>(`(${measureInPage})(() => { ${code} })`);
  };
  const pictures = await inRounds([first], rounds, async () => {
    await panel?.close();
    panel = await browser.open({ width: 1300, height: 900, inTurns: true });
    await panel.page.evaluate(`globalThis.messages = ${JSON.stringify([first, ...updates])}; 0`);
    const drawn = await act('postMessage(messages[0], "*")');
    // Of a vast map only what is near is drawn.
    const cells = await drawnCells(panel.page);
    if (cells === 0 || (count < 10_000 && cells !== count))
      throw new Error("The panel did not draw the fleet.");
    return drawn;
  });
  const keystrokes = await inRounds(updates, rounds, (_, index) =>
    act(`postMessage(messages[${index + 1}], "*")`),
  );
  const filters = await inRounds(["1", "12", "123", "env", ""], rounds, (text) =>
    act(`const input = document.querySelector(".text-filter"); input.value = ${JSON.stringify(text)};
        input.dispatchEvent(new Event("input", { bubbles: true }))`),
  );
  return [
    ...longTaskRows(count, "the first picture", pictures),
    ...longTaskRows(count, "a keystroke in the text", keystrokes),
    ...longTaskRows(count, "a keystroke in the filter", filters),
  ];
}

interface Drawn {
  readonly milliseconds: number;
  readonly tasks: readonly number[];
}

interface Run {
  readonly index: number;
  readonly milliseconds: number;
  readonly longest: number;
}

/**
 * Everything that is typed, over and over. Others use this machine too, and a task that they interrupt is long without
 * any work of ours: of each keystroke the round with the shortest longest task counts.
 */
async function inRounds<Item>(
  items: readonly Item[],
  rounds: number,
  run: (item: Item, index: number) => Promise<Drawn>,
): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (let round = 0; round < rounds; round++)
    for (const [index, item] of items.entries()) {
      const { milliseconds, tasks } = await run(item, index);
      runs.push({ index, milliseconds, longest: Math.max(0, ...tasks) });
    }
  return runs;
}

function longTaskRows(count: number, what: string, runs: readonly Run[]): readonly Row[] {
  const best = new Map<number, number>();
  for (const { index, longest } of runs) best.set(index, Math.min(longest, best.get(index) ?? longest));
  return [
    {
      what: `panel, ${countText(count)} instances: ${what} is drawn`,
      times: { ours: summarize(runs.map((it) => it.milliseconds)) },
    },
    {
      what: `panel, ${countText(count)} instances: longest task of ${what} (ms; 0: none over 50)`,
      figure: Math.round(Math.max(...best.values())),
      limit: 50,
    },
  ];
}
