// `ecs-daemon coverage`: which container instance lacks which daemon, and why, in one cluster or in all of them.

import { countText } from "../../core/text/counts";
import { printable } from "../../core/text/printable";
import {
  type Baseline,
  baselineOf,
  type CoverageReport,
  coverageReport,
  emptyBaseline,
  readBaseline,
  withSince,
} from "../../ecs/coverage/fleetReport";
import { type FailedLook, type FleetCoverage, lookAtFleet } from "../../ecs/coverage/lookAtFleet";
import { EcsError, type JsonObject } from "../../ecs/port";
import { wait } from "../../ecs/wait";
import { type Command, exitCodes, InputError, UsageError } from "../command";
import { decodedText } from "../files/decodedText";
import { readBytes, replaceFile, unreadable, whyUnwritable } from "../files/textFiles";
import { targetHelp } from "../help";
import { targetSynopsis, withEcs } from "../input/target";
import { describeError } from "../output/remedyText";
import type { Terminal } from "../output/terminal";
import { type CoverageOptions, coverageOptions, optionsOf } from "./options";
import { printReport } from "./output";

export const coverageCommand: Command = {
  name: "coverage",
  synopsis: `[--cluster NAME]… | --all-clusters [--daemon NAME]… [--depth counts|who|why|map|audit] [--rate PERCENT] [--max-calls N] [--grace MINUTES] [--min-coverage PERCENT] [--fail-on STATES] [--baseline FILE] [--write-baseline FILE] [--watch [SECONDS]] ${targetSynopsis} [--format text|json|markdown|junit|openmetrics]`,
  summary: "Reports which container instance lacks which daemon, and why.",
  help: `
  --cluster NAME      a cluster; may be repeated
  --all-clusters      every cluster of each profile and Region
  --daemon NAME       only this daemon service; may be repeated
  --depth DEPTH       counts: numbers of ECS; who: the instances; why (default):
                      with reasons; map: every instance is described; audit:
                      every task is described, with its health
  --rate PERCENT      how much of the published rate of ECS to use (50)
  --max-calls N       stops reading after so many calls
  --grace MINUTES     an instance that registered within this time is starting;
                      with --baseline, a disconnected agent is not a gap for as
                      long (5)
  --min-coverage PERCENT
                      of the instances that should run a daemon (100)
  --fail-on STATES    which states are gaps, with commas: missing,crash-looping
  --baseline FILE     an earlier report: since when each cell is in its state
  --write-baseline FILE
                      writes this report for the next one
  --watch [SECONDS]   checks again so long after each check (60)${targetHelp}
                      --profile and --region may be repeated.
  --format FORMAT     text (default), json, markdown, junit or openmetrics

Exit code 0: covered. 1: gaps. 2: wrong usage, or nothing could be read. 3: no
gap was seen, and something could not be read.

Needs the actions ecs:ListServices, ecs:DescribeServices,
ecs:ListContainerInstances, ecs:DescribeContainerInstances, ecs:ListTasks,
ecs:DescribeTasks, ecs:DescribeTaskDefinition, ecs:ListDaemons and
ecs:DescribeDaemon; with --all-clusters ecs:ListClusters and
ecs:DescribeClusters.`,
  options: coverageOptions,
  optionalValues: { watch: "60" },
  run: async ({ values, positionals }, terminal) => {
    if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is one argument too many.`);
    const options = optionsOf(values, terminal);
    const { isRegionGiven, request } = options;
    if (request.clusters === "all" && !isRegionGiven)
      terminal.say("Without --region only the Region of the profile is checked.");
    const definitions = new Map<string, JsonObject>();
    let baseline = await baselineFrom(options);
    const signal = terminal.interruption();
    for (let last = ""; ; ) {
      const { fleet, report } = await lookOnce(options, definitions, baseline, terminal, signal);
      const next = statesOf(report);
      if (options.watchSeconds === undefined || options.format !== "text" || next !== last)
        printReport(report, options.format, terminal);
      last = next;
      if (options.writeBaseline !== undefined)
        await writeBaselineTo(options.writeBaseline, baselineOf(fleet));
      if (options.watchSeconds === undefined) return exitCodeOf(report);
      baseline = baselineOf(fleet);
      await wait(options.watchSeconds * 1000, signal);
    }
  },
};

/** What has to change for a watch to print a look again. */
function statesOf({ clusters, failed }: CoverageReport): string {
  const cells = clusters.map((it) => [
    it.cluster,
    it.incomplete,
    it.daemons.map((daemon) => [daemon.service, daemon.cells.map((cell) => [cell.instance, cell.state])]),
  ]);
  return JSON.stringify([cells, failed]);
}

async function lookOnce(
  options: CoverageOptions,
  definitions: Map<string, JsonObject>,
  baseline: Baseline | undefined,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<{ readonly fleet: FleetCoverage; readonly report: CoverageReport }> {
  const begun = Date.now();
  let calls = 0;
  const onCall = () => {
    if (options.maxCalls !== undefined && calls >= options.maxCalls)
      throw new EcsError("CallLimit", `The limit of --max-calls ${countText(options.maxCalls)} is reached.`);
    calls += 1;
  };
  const request = { ...options.request, options: { ...options.look, definitions, now: Date.now } };
  const seen = await lookAtFleet((target, use) => withEcs(target, terminal, use, onCall), request, signal);
  refuseUnknownDaemons(options, seen);
  const fleet = baseline === undefined ? seen : withSince(seen, baseline);
  const seconds = Math.round((Date.now() - begun) / 100) / 10;
  const failed = fleet.failed.map(failureText);
  return { fleet, report: coverageReport(fleet, failed, options.rules, { calls, seconds }) };
}

function failureText({ target, cluster, error }: FailedLook): string {
  const { profile, region } = target;
  const where = [
    cluster === undefined ? undefined : `cluster ${cluster}`,
    profile === undefined ? undefined : `profile ${profile}`,
    region,
  ].filter((it) => it !== undefined);
  return `${where.length === 0 ? "" : `${where.join(", ")}: `}${describeError(error)}`;
}

/** A daemon that no cluster has was misspelled: nothing would be looked at, and nothing missing. */
function refuseUnknownDaemons({ look }: CoverageOptions, { clusters, failed }: FleetCoverage): void {
  if (failed.length > 0) return;
  const known = new Set(clusters.flatMap((it) => it.daemons.map((daemon) => daemon.service)));
  const missing = look.daemons.find((it) => !known.has(it));
  if (missing !== undefined)
    throw new InputError(`No cluster that was checked has a daemon service "${missing}".`);
}

function exitCodeOf({ summary, complete, clusters, failed }: CoverageReport): number {
  if (summary.gaps > 0) return exitCodes.bad;
  if (clusters.length === 0 && failed.length > 0) return exitCodes.unusable;
  return complete ? exitCodes.good : exitCodes.incomplete;
}

// Baselines -----------------------------------------------------------------------------------------------------

/** The first run has nothing to read yet where it writes the same file. */
async function baselineFrom({ baseline, writeBaseline }: CoverageOptions): Promise<Baseline | undefined> {
  if (baseline === undefined) return undefined;
  try {
    const read = readBaseline(JSON.parse(decodedText(await readBytes(baseline))));
    if (read !== undefined) return read;
  } catch (error) {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (isAbsent && baseline === writeBaseline) return emptyBaseline;
    if (!(error instanceof SyntaxError)) throw unreadable(baseline, error);
  }
  throw new InputError(`${baseline} is not a baseline that "ecs-daemon coverage --write-baseline" wrote.`);
}

async function writeBaselineTo(path: string, baseline: Baseline): Promise<void> {
  try {
    await replaceFile(path, `${JSON.stringify(baseline, undefined, 2)}\n`);
  } catch (error) {
    throw new InputError(printable(`${path} cannot be written: ${whyUnwritable(error)}.`));
  }
}
