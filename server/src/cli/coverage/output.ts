// A coverage report in the format that was asked for.

import type { CoverageReport } from "../../ecs/coverage/fleetReport";
import type { Terminal } from "../output/terminal";
import { json } from "../output/textLayout";
import { junitOf } from "./junit";
import { markdownOf } from "./markdown";
import { openMetricsOf } from "./openMetrics";
import type { Format } from "./options";
import { coverageText } from "./text";

const writers: Readonly<Record<Format, (report: CoverageReport, terminal: Terminal) => string>> = {
  text: coverageText,
  json,
  markdown: markdownOf,
  junit: junitOf,
  openmetrics: openMetricsOf,
};

/** Writes the report to standard output. */
export function printReport(report: CoverageReport, format: Format, terminal: Terminal): void {
  terminal.write(writers[format](report, terminal));
}
