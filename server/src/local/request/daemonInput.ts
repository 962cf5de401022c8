// The parts of CreateDaemon's and UpdateDaemon's input that both read alike. What is left out has its default, at an
// update, too: an update keeps nothing of what was there before.

import { newNumber } from "../ids";
import type { DeploymentSettings } from "../scheduling/managed/daemonDeployments";
import type { DaemonRevisionRecord } from "../state/managedRecords";
import { taskDefinitionKey, type World } from "../state/world";
import { providersOfDaemon, usableDaemonDefinition } from "./findManaged";
import {
  type JsonObject,
  member,
  optionalBoolean,
  optionalInteger,
  optionalObject,
  optionalWord,
  textList,
} from "./input";

/** The default of the developer guide. */
const usualDrainPercent = 25;

export function deploymentSettingsOf(input: JsonObject): DeploymentSettings {
  const given = optionalObject(input, "deploymentConfiguration") ?? {};
  const drainPercent = member(given, "drainPercent");
  const alarms = optionalObject(given, "alarms") ?? {};
  return {
    drainPercent: typeof drainPercent === "number" ? drainPercent : usualDrainPercent,
    bakeTimeInMinutes: optionalInteger(given, "bakeTimeInMinutes") ?? 0,
    alarmNames: textList(alarms, "alarmNames"),
    alarmsEnabled: optionalBoolean(alarms, "enable") ?? false,
  };
}

/** A new revision of the daemon, put into its table. Throws where the input names something that is not there. */
export function newRevision(world: World, input: JsonObject, daemon: string): DaemonRevisionRecord {
  const { family, revision } = usableDaemonDefinition(world, input);
  const cluster = daemon.slice(0, daemon.indexOf("/"));
  const record: DaemonRevisionRecord = {
    id: newNumber(),
    daemon,
    taskDefinition: taskDefinitionKey(family, revision),
    capacityProviders: providersOfDaemon(world, cluster, input),
    propagateTags: optionalWord(input, "propagateTags", ["DAEMON", "NONE"]) ?? "NONE",
    enableECSManagedTags: optionalBoolean(input, "enableECSManagedTags") ?? false,
    enableExecuteCommand: optionalBoolean(input, "enableExecuteCommand") ?? false,
    critical: optionalBoolean(input, "critical") ?? true,
    createdAt: world.now(),
  };
  world.daemonRevisions.put(record.id, record);
  return record;
}
