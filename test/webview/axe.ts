// What axe-core objects to on a page of the panel, by all of its rules.

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

/** A text for each of the first elements that a rule finds; empty where the page has no barrier. */
export async function barriersOf({ page }: Panel): Promise<readonly string[]> {
  await page.evaluate(`${axe};0`);
  const findings = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((it) => it.violations)",
  )) as readonly Finding[];
  return findings.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 3).map((it) => `${id}: ${help}\n  ${it.html}\n  ${it.failureSummary}`),
  );
}
