// The health of tasks and containers: what a health check in the task definition finds. Nothing runs here, so that every
// check passes, unless a fault says otherwise.

import { smallestOf } from "../../core/text/lists";
import { isObject, type JsonObject } from "../request/input";
import type { TaskRecord } from "../state/records";
import type { StartedDefinition } from "./newTask";

type Health = "HEALTHY" | "UNHEALTHY" | "UNKNOWN";

/** Docker's own where the definition leaves them open. Seconds, and how often a check may fail. */
const usual = { interval: 30, retries: 3, startPeriod: 0 } as const;

function checkedContainers(definition: StartedDefinition | undefined): readonly JsonObject[] {
  const containers = definition?.definition.containerDefinitions;
  return Array.isArray(containers)
    ? containers.filter(isObject).filter((it) => isObject(it.healthCheck))
    : [];
}

/** Of a container by its name. Without a health check, or while it does not run, nobody knows. */
export function containerHealth(
  definition: StartedDefinition | undefined,
  { lastStatus, isUnhealthy }: TaskRecord,
  name: string,
): Health {
  const isChecked = checkedContainers(definition).some((it) => it.name === name);
  if (!isChecked || lastStatus !== "RUNNING") return "UNKNOWN";
  return isUnhealthy === true ? "UNHEALTHY" : "HEALTHY";
}

/** The worst of the essential containers that have a health check (documentation of container health checks). */
export function taskHealth(definition: StartedDefinition | undefined, task: TaskRecord): Health {
  const essential = checkedContainers(definition).filter((it) => it.essential !== false);
  const all = essential.map((it) => containerHealth(definition, task, String(it.name)));
  return all.find((it) => it === "UNHEALTHY") ?? all[0] ?? "UNKNOWN";
}

/** Milliseconds until failing checks make a task unhealthy; `undefined` for a task without a check that counts. */
export function timeToUnhealthy(definition: StartedDefinition | undefined): number | undefined {
  const times = checkedContainers(definition)
    .filter((it) => it.essential !== false)
    .map(({ healthCheck }) => {
      const { interval, retries, startPeriod } = { ...usual, ...(isObject(healthCheck) ? healthCheck : {}) };
      return (Number(startPeriod) + Number(interval) * Number(retries)) * 1000;
    });
  return times.length === 0 ? undefined : smallestOf(times);
}
