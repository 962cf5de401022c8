// The options of `ecs-daemon coverage`.

import { type CellState, cellStates } from "../../core/coverage/coverage";
import type { GapRules } from "../../ecs/coverage/fleetReport";
import { type Depth, depths, type LookOptions } from "../../ecs/coverage/look";
import type { FleetRequest } from "../../ecs/coverage/lookAtFleet";
import { type OptionValues, UsageError } from "../command";
import { choiceOption, integerOption, secondsOption, textOption } from "../input/arguments";
import { targetOf } from "../input/target";
import type { Terminal } from "../output/terminal";

const repeated = { type: "string", multiple: true } as const;
const text = { type: "string" } as const;

export const coverageOptions = {
  cluster: repeated,
  "all-clusters": { type: "boolean" },
  region: repeated,
  profile: repeated,
  "endpoint-url": text,
  daemon: repeated,
  depth: text,
  rate: text,
  "max-calls": text,
  grace: text,
  "min-coverage": text,
  "fail-on": text,
  baseline: text,
  "write-baseline": text,
  watch: text,
  format: text,
} as const;

const formats = ["text", "json", "markdown", "junit", "openmetrics"] as const;
export type Format = (typeof formats)[number];

export interface CoverageOptions {
  readonly request: Pick<FleetRequest, "targets" | "clusters">;
  readonly isRegionGiven: boolean;
  readonly look: Pick<LookOptions, "depth" | "daemons" | "grace">;
  readonly rules: GapRules;
  readonly maxCalls: number | undefined;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  readonly watchSeconds: number | undefined;
  readonly format: Format;
}

/** Throws a UsageError for what cannot be meant. */
export function optionsOf(values: OptionValues, terminal: Terminal): CoverageOptions {
  const minutes = decimalOption(values, "grace", 10_000) ?? 5;
  const grace = minutes * 60_000;
  const watchSeconds = secondsOption(values, "watch");
  if (watchSeconds !== undefined && watchSeconds < 1) throw new UsageError("--watch is at least one second.");
  return {
    request: { targets: targetsOf(values, terminal), clusters: clustersOf(values) },
    isRegionGiven: listOf(values, "region").length > 0,
    look: { depth: depthOf(values), daemons: listOf(values, "daemon"), grace },
    rules: {
      minCoverage: decimalOption(values, "min-coverage", 100) ?? 100,
      failOn: failOnOf(values),
      grace,
    },
    maxCalls: integerOption(values, "max-calls", { least: 1, most: 999_999_999 }),
    baseline: textOption(values, "baseline"),
    writeBaseline: textOption(values, "write-baseline"),
    watchSeconds,
    format: choiceOption(values, "format", formats),
  };
}

export function listOf(values: OptionValues, name: string): readonly string[] {
  const value = values[name];
  const list = typeof value === "object" ? [...new Set(value)] : [];
  if (list.includes("")) throw new UsageError(`The option --${name} needs a value.`);
  return list;
}

function clustersOf(values: OptionValues): readonly string[] | "all" {
  const named = listOf(values, "cluster");
  if (values["all-clusters"] === true) {
    if (named.length > 0) throw new UsageError("--cluster and --all-clusters exclude each other.");
    return "all";
  }
  if (named.length === 0) throw new UsageError("Missing option: --cluster NAME, or --all-clusters.");
  return named;
}

/** One target for each profile and Region. */
function targetsOf(values: OptionValues, terminal: Terminal): FleetRequest["targets"] {
  const ratePercent = integerOption(values, "rate", { least: 1, most: 100 }) ?? 50;
  const one = (name: string) => {
    const list = listOf(values, name);
    return list.length === 0 ? [undefined] : list;
  };
  return one("profile").flatMap((profile) =>
    one("region").map((region) => ({
      ...targetOf({ ...values, profile, region }, terminal),
      ratePercent,
    })),
  );
}

function depthOf(values: OptionValues): Depth {
  const depth = textOption(values, "depth") ?? "why";
  const found = depths.find((it) => it === depth);
  if (found === undefined) throw new UsageError(`--depth is ${depths.join(" or ")}, not "${depth}".`);
  return found;
}

function failOnOf(values: OptionValues): readonly CellState[] | undefined {
  const written = textOption(values, "fail-on");
  if (written === undefined) return undefined;
  return written.split(",").map((word) => {
    const state = cellStates.find((it) => it === word.trim() && it !== "running" && it !== "not-wanted");
    if (state !== undefined) return state;
    const known = cellStates.filter((it) => it !== "running" && it !== "not-wanted").join(", ");
    throw new UsageError(`--fail-on takes states (${known}), not "${word}".`);
  });
}

function decimalOption(values: OptionValues, name: string, most: number): number | undefined {
  const value = textOption(values, name);
  if (value === undefined) return undefined;
  const number = /^\d{1,6}(\.\d{1,4})?$/.test(value) ? Number(value) : Number.NaN;
  if (number <= most) return number;
  throw new UsageError(`--${name} is a number from 0 to ${most}, not "${value}".`);
}
