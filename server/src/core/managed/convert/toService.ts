// The way back: a managed daemon and its definition as a DAEMON service and an ordinary task definition.

import { asFilledText, asList, asObject, asText, type PlainObject } from "../../text/plainValue";
import { type Carried, type Changed, Ledger, type Lost, type Question } from "./report";

export interface ServiceConversion {
  /** Input of RegisterTaskDefinition. */
  readonly taskDefinition: PlainObject;
  /** Input of CreateService. */
  readonly service: PlainObject;
  readonly carried: readonly Carried[];
  readonly changed: readonly Changed[];
  readonly lost: readonly Lost[];
  readonly ask: readonly Question[];
}

/** Every property of both is in exactly one of carried, changed and lost, and no question is about one of them. */
export function convertToService(
  definition: PlainObject,
  daemon: PlainObject | undefined,
): ServiceConversion {
  const ofDefinition = new Ledger("taskDefinition");
  const ofDaemon = new Ledger("service");
  const family = asFilledText(definition.family) ?? "daemon";
  const own = ordinaryDefinition(definition, ofDefinition);
  const taskDefinition = {
    ...own,
    networkMode: own.networkMode ?? "host",
    requiresCompatibilities: own.requiresCompatibilities ?? ["EC2"],
  };
  const service = {
    serviceName: family,
    taskDefinition: family,
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
    ...serviceOf(daemon ?? {}, ofDaemon),
  };
  return {
    taskDefinition,
    service,
    carried: [...ofDefinition.carried, ...ofDaemon.carried],
    changed: [...ofDefinition.changed, ...ofDaemon.changed],
    lost: [...ofDefinition.lost, ...ofDaemon.lost],
    ask: questions.filter(
      ({ path }) => !Object.hasOwn(definition, path) && !Object.hasOwn(daemon ?? {}, path),
    ),
  };
}

const questions: readonly Question[] = [
  {
    path: "networkMode",
    proposal: "host",
    question:
      "Daemons of Managed Instances share a network in which they bind ports; 'host' is the nearest. Do the ports have to be free on the instance?",
  },
  {
    path: "placementConstraints",
    proposal: undefined,
    question:
      "A daemon runs on the instances of its capacity providers, a DAEMON service on every EC2 instance that its placement constraints admit. Which are they?",
  },
];

function ordinaryDefinition(definition: PlainObject, ledger: Ledger): PlainObject {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(definition)) {
    if ((name === "pidMode" || name === "ipcMode") && value === "shared") {
      result[name] = "host";
      ledger.change(
        [name],
        value,
        "host",
        "Daemons of an instance share the namespace that ordinary tasks call 'host'.",
      );
    } else if (name === "pidMode" && value === "none")
      ledger.change([name], value, undefined, "A task has a PID namespace of its own without it.");
    else if (name === "volumes") result[name] = volumesOf(value, ledger);
    else {
      result[name] = value;
      ledger.carry([name]);
    }
  }
  return result;
}

function volumesOf(value: unknown, ledger: Ledger): unknown {
  const volumes = asList(value);
  if (volumes === undefined || volumes.length === 0) {
    ledger.carry(["volumes"]);
    return value;
  }
  return volumes.map((it, index) => {
    const volume = asObject(it);
    if (volume === undefined || Object.keys(volume).length === 0) {
      ledger.carry(["volumes", index]);
      return it;
    }
    const { logDriverVolumeConfiguration: logs, ...rest } = volume;
    for (const name of Object.keys(rest)) ledger.carry(["volumes", index, name]);
    if (logs === undefined) return rest;
    const path = "/var/lib/docker/containers";
    ledger.change(
      ["volumes", index, "logDriverVolumeConfiguration"],
      logs,
      { sourcePath: path },
      "On EC2 instances the files that json-file writes are in Docker's folder.",
    );
    return { ...rest, host: { sourcePath: path } };
  });
}

const carriedMembers: Readonly<Record<string, string>> = {
  daemonName: "serviceName",
  tags: "tags",
  enableECSManagedTags: "enableECSManagedTags",
  enableExecuteCommand: "enableExecuteCommand",
  clientToken: "clientToken",
};

const lostMembers: Readonly<Record<string, string>> = {
  critical: "ECS never replaces an EC2 instance whose daemon fails.",
  capacityProviderArns:
    "A DAEMON service runs on EC2 container instances; placement constraints choose among them.",
};

function serviceOf(daemon: PlainObject, ledger: Ledger): PlainObject {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(daemon)) {
    const to = Object.hasOwn(carriedMembers, name) ? carriedMembers[name] : undefined;
    if (to !== undefined) {
      result[to] = value;
      ledger.carry([name], to === name ? undefined : to);
    } else if (name === "daemonArn") {
      const text = asText(value) ?? "";
      result.serviceName ??= text.slice(text.lastIndexOf("/") + 1);
      ledger.change([name], value, result.serviceName, "A service is known by its name.");
    } else if (name === "clusterArn") {
      result.cluster = value;
      ledger.carry([name], "cluster");
    } else if (name === "daemonTaskDefinitionArn") {
      ledger.change([name], value, undefined, "The service refers to the family of the new task definition.");
    } else if (name === "propagateTags") {
      const after = value === "DAEMON" ? "SERVICE" : value;
      result.propagateTags = after;
      if (after === value) ledger.carry([name]);
      else ledger.change([name], value, after, "The service's tags take the place of the daemon's.");
    } else if (name === "deploymentConfiguration") result[name] = deploymentOf(value, ledger);
    else ledger.lose([name], lostMembers[name] ?? "Services have no such property.");
  }
  return Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined));
}

function deploymentOf(value: unknown, ledger: Ledger): PlainObject | undefined {
  const at = "deploymentConfiguration";
  const before = asObject(value) ?? {};
  if (Object.keys(before).length === 0) ledger.carry([at]);
  const after: Record<string, unknown> = {};
  for (const [name, it] of Object.entries(before)) {
    if (name === "drainPercent") {
      ledger.change(
        [at, name],
        it,
        undefined,
        "A DAEMON service stops and starts tasks on the same instances.",
      );
    } else if (name === "alarms") {
      after.alarms = { ...asObject(it), rollback: true };
      ledger.change([at, name], it, after.alarms, "The deployment of a daemon is always rolled back.");
    } else {
      after[name] = it;
      ledger.carry([at, name]);
    }
  }
  return Object.keys(after).length === 0 ? undefined : after;
}
