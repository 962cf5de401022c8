// The settings of a daemon: what an update has to repeat, since ECS takes what it leaves out back to the default.

import { asObject, type PlainObject } from "../../core/text/plainValue";
import type { DaemonState, JsonObject } from "../port";

/** Settings of a revision. */
const ofRevision = ["critical", "propagateTags", "enableECSManagedTags", "enableExecuteCommand"] as const;

/** Settings of the deployment. */
const ofDeployment = ["drainPercent", "bakeTimeInMinutes", "alarms"] as const;

/** What ECS takes where nothing is written (guide; API model). */
const defaults: JsonObject = {
  critical: true,
  propagateTags: "NONE",
  enableECSManagedTags: false,
  enableExecuteCommand: false,
  drainPercent: 25,
  bakeTimeInMinutes: 0,
};

export interface FullSettings {
  /** Every setting that the file or the daemon has. */
  readonly settings: JsonObject;
  /** Those that the file leaves out and the daemon has: they are sent, so that nothing is lost. */
  readonly kept: readonly string[];
  /** `drainPercent: 25 → 50` */
  readonly changes: readonly string[];
}

/** The file's settings over those that the daemon has. */
export function fullSettings(file: JsonObject, daemon: DaemonState | undefined): FullSettings {
  const revision = daemon?.revision ?? {};
  const running = asObject(daemon?.deployment?.deploymentConfiguration) ?? {};
  const written = asObject(file.deploymentConfiguration) ?? {};
  const own = merged(ofRevision, file, revision);
  const deployment = merged(ofDeployment, written, running);
  const hasDeployment = Object.keys(deployment.values).length > 0;
  return {
    settings: {
      ...own.values,
      ...(hasDeployment ? { deploymentConfiguration: deployment.values } : {}),
    },
    kept: [...own.kept, ...deployment.kept],
    changes: daemon === undefined ? [] : [...own.changes, ...deployment.changes],
  };
}

function merged(names: readonly string[], file: JsonObject, running: PlainObject | JsonObject) {
  const values: Record<string, unknown> = {};
  const kept: string[] = [];
  const changes: string[] = [];
  for (const name of names) {
    const [mine, theirs] = [file[name] ?? undefined, running[name] ?? undefined];
    const value = mine ?? theirs;
    if (value === undefined) continue;
    values[name] = value;
    if (mine === undefined && textOf(name, theirs) !== textOf(name, undefined))
      kept.push(`${name}: ${shown(theirs)}`);
    if (mine !== undefined && textOf(name, mine) !== textOf(name, theirs))
      changes.push(`${name}: ${shown(theirs ?? defaults[name])} → ${shown(mine)}`);
  }
  return { values, kept, changes };
}

/** Equal for two values that mean the same. */
function textOf(name: string, value: unknown): string {
  if (name !== "alarms") return JSON.stringify(value ?? defaults[name] ?? null);
  const alarms = asObject(value);
  const names = Array.isArray(alarms?.alarmNames) ? alarms.alarmNames.map(String) : [];
  return JSON.stringify([names.sort(), alarms?.enable === true]);
}

const shown = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "(default)");
