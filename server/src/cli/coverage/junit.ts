// A coverage report as JUnit XML: a cluster is a test suite, a daemon a test case.

import { groupCells } from "../../core/coverage/cellGroups";
import { printable } from "../../core/text/printable";
import type { CoverageReport } from "../../ecs/coverage/fleetReport";
import type { ClusterCoverage, DaemonCoverage } from "../../ecs/coverage/lookAtCluster";
import { coverageWords, nameOf, placeText, statesText } from "./grouped";

export function junitOf(report: CoverageReport): string {
  const suites = [...report.clusters.map(suiteOf), ...report.failed.map(failedSuite)];
  return `${['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="daemon coverage">', ...suites, "</testsuites>"].join("\n")}\n`;
}

type Outcome = "passed" | "failed" | "unknown";

function outcomeOf(look: ClusterCoverage, { states, coverage, wanted, running }: DaemonCoverage): Outcome {
  if (coverage !== undefined && running < wanted) return "failed";
  if ((states.unexpected ?? 0) > 0) return "failed";
  return (states.unknown ?? 0) > 0 || look.incomplete.length > 0 ? "unknown" : "passed";
}

function suiteOf(look: ClusterCoverage): string {
  const outcomes = look.daemons.map((it) => outcomeOf(look, it));
  const count = (outcome: Outcome) => outcomes.filter((it) => it === outcome).length;
  // Where no daemon carries what could not be read, the suite does.
  const isUnread = look.daemons.length === 0 && look.incomplete.length > 0;
  const errors = count("unknown") + (isUnread ? 1 : 0);
  const cases = look.daemons.map((it, index) => caseOf(look, it, outcomes[index] ?? "unknown"));
  if (isUnread) cases.push(testCase(placeText(look), "services", errorOf(look.incomplete.join("\n"))));
  const numbers = `tests="${cases.length}" failures="${count("failed")}" errors="${errors}"`;
  return [
    `  <testsuite name="${escaped(placeText(look))}" ${numbers} timestamp="${look.at.slice(0, 19)}">`,
    ...cases,
    "  </testsuite>",
  ].join("\n");
}

function failedSuite(text: string): string {
  return [
    '  <testsuite name="not checked" tests="1" failures="0" errors="1">',
    testCase("not checked", "clusters", errorOf(text)),
    "  </testsuite>",
  ].join("\n");
}

function caseOf(look: ClusterCoverage, daemon: DaemonCoverage, outcome: Outcome): string {
  const lines = [
    ...groupCells(daemon.cells).map(({ state, reason, cells }) => {
      const hosts = cells.map((it) => it.ec2InstanceId ?? it.instance).join(", ");
      return `${state}: ${hosts}${reason === "" ? "" : ` (${reason})`}`;
    }),
    ...look.incomplete,
  ].join("\n");
  const body =
    outcome === "passed"
      ? ""
      : outcome === "unknown"
        ? errorOf(lines)
        : `<failure message="${escaped(`${coverageWords(daemon)}: ${statesText(daemon.states)}`)}">${escaped(lines)}</failure>`;
  return testCase(placeText(look), nameOf(daemon), body);
}

function errorOf(text: string): string {
  return `<error message="not known">${escaped(text)}</error>`;
}

function testCase(suite: string, name: string, body: string): string {
  const open = `    <testcase classname="${escaped(suite)}" name="${escaped(name)}"`;
  return body === "" ? `${open}/>` : `${open}>${body}</testcase>`;
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text
    .split("\n")
    .map((it) => printable(it))
    .join("\n")
    .replace(/[&<>"]/g, (it) => entities[it] ?? it);
}
