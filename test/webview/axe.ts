// What axe-core objects to on a page of the panel, by all of its rules; and whether the page scrolls as a whole, which
// none of ours does: its parts scroll.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/paths";
import type { Panel } from "./panelPage";

const axe = readFileSync(join(projectRoot, "node_modules", "axe-core", "axe.min.js"), "utf8");

interface Finding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const scrolls = `document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth`;

/** A text for each of the first elements that a rule finds; empty where the page has no barrier. */
export async function barriersOf({ page }: Panel): Promise<readonly string[]> {
  await page.evaluate(`${axe};0`);
  const findings = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((it) => it.violations)",
  )) as readonly Finding[];
  const found = findings.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 3).map((it) => `${id}: ${help}\n  ${it.html}\n  ${it.failureSummary}`),
  );
  return [...found, ...((await page.evaluate(scrolls)) ? ["The page scrolls as a whole."] : [])];
}
