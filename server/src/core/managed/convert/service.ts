// A DAEMON service as the input of CreateDaemon.

import { shapeNamed } from "../../api/apiModel";
import { asObject, asText, type PlainObject } from "../../text/plainValue";
import { convertConstraints } from "./definition";
import type { Ledger } from "./report";

const lostMembers: Readonly<Record<string, string>> = {
  loadBalancers: "It registered the tasks with load balancers.",
  serviceRegistries: "It registered the tasks for service discovery.",
  serviceConnectConfiguration: "It made the tasks reachable by Service Connect.",
  vpcLatticeConfigurations: "It registered the tasks with VPC Lattice.",
  networkConfiguration: "It chose subnets and security groups: the instance's own hold now.",
  volumeConfigurations: "It gave each task an EBS volume.",
  healthCheckGracePeriodSeconds: "It waited for the health checks of load balancers.",
  role: "It was used for load balancers.",
  desiredCount: "It set the number of tasks, which follows from the number of instances.",
  platformVersion: "It chose a version of Fargate.",
};

const impliedMembers: Readonly<Record<string, string>> = {
  schedulingStrategy: "A managed daemon runs on every instance of its capacity providers anyway.",
  launchType: "A managed daemon runs on Managed Instances only.",
  deploymentController: "ECS replaces the instances itself.",
  availabilityZoneRebalancing: "Daemons are not moved between Availability Zones.",
  placementStrategy: "A daemon runs on every instance.",
  capacityProviderStrategy:
    "A managed daemon names capacity providers without weights: see capacityProviderArns.",
  forceNewDeployment: "Every update of a managed daemon replaces the instances.",
};

/** Members with the same meaning, and their names in CreateDaemon. */
const carriedMembers: Readonly<Record<string, string>> = {
  serviceName: "daemonName",
  service: "daemonName",
  tags: "tags",
  enableECSManagedTags: "enableECSManagedTags",
  enableExecuteCommand: "enableExecuteCommand",
  clientToken: "clientToken",
};

const ofDaemons = shapeNamed("CreateDaemonRequest").members ?? {};

/** What CreateDaemon gets of a service; the ledger gets an entry for each property of it. */
export function convertService(service: PlainObject, family: string, ledger: Ledger): PlainObject {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(service)) {
    const to = Object.hasOwn(carriedMembers, name) ? carriedMembers[name] : undefined;
    const implied = Object.hasOwn(impliedMembers, name) ? impliedMembers[name] : undefined;
    if (to !== undefined) {
      result[to] = value;
      ledger.carry([name], to === name ? undefined : to);
    } else if (name === "cluster") convertCluster(value, result, ledger);
    else if (name === "taskDefinition") {
      const why = `The daemon refers to a revision of the new daemon task definition '${family}'.`;
      ledger.change([name], value, definitionPlaceholder(family), why);
    } else if (name === "propagateTags") convertTags(value, result, ledger);
    else if (name === "deploymentConfiguration") convertDeployment(value, result, ledger);
    else if (name === "placementConstraints") convertConstraints(value, [name], ledger);
    else if (implied !== undefined) ledger.change([name], value, undefined, implied);
    else if (Object.hasOwn(ofDaemons, name)) {
      // Somebody began to convert the file.
      result[name] = value;
      ledger.carry([name]);
    } else ledger.lose([name], lostMembers[name] ?? "Managed daemons have no such property.");
  }
  return result;
}

/** Stands for what only an account knows; a deployment fills it in. */
export function definitionPlaceholder(family: string): string {
  return `arn:aws:ecs:<region>:<account>:daemon-task-definition/${family}:<revision>`;
}

function convertCluster(value: unknown, result: Record<string, unknown>, ledger: Ledger): void {
  const name = asText(value) ?? "";
  if (name.startsWith("arn:")) {
    result.clusterArn = value;
    ledger.carry(["cluster"], "clusterArn");
    return;
  }
  result.clusterArn = `arn:aws:ecs:<region>:<account>:cluster/${name}`;
  ledger.change(["cluster"], value, result.clusterArn, "A daemon names its cluster by ARN.");
}

function convertTags(value: unknown, result: Record<string, unknown>, ledger: Ledger): void {
  const after = value === "NONE" ? "NONE" : "DAEMON";
  result.propagateTags = after;
  if (value === after) ledger.carry(["propagateTags"]);
  else {
    const why =
      value === "TASK_DEFINITION"
        ? "Daemons copy their own tags only; put those of the definition on the daemon."
        : "The daemon's tags take the place of the service's.";
    ledger.change(["propagateTags"], value, after, why);
  }
}

function convertDeployment(value: unknown, result: Record<string, unknown>, ledger: Ledger): void {
  const before = asObject(value);
  const at = "deploymentConfiguration";
  if (before === undefined || Object.keys(before).length === 0) {
    ledger.change([at], value, undefined, "Nothing is set.");
    return;
  }
  const after: Record<string, unknown> = {};
  for (const [name, it] of Object.entries(before)) {
    if (name === "maximumPercent" || name === "minimumHealthyPercent") {
      after.drainPercent = 25;
      const why = "A deployment replaces instances, this share at a time; 25 is the default.";
      ledger.change([at, name], it, { drainPercent: 25 }, why);
    } else if (name === "deploymentCircuitBreaker") {
      ledger.change([at, name], it, undefined, "The circuit breaker is always on and always rolls back.");
    } else if (name === "bakeTimeInMinutes") {
      after[name] = it;
      ledger.carry([at, name]);
    } else if (name === "alarms") after.alarms = convertAlarms(it, [at, name], ledger);
    else if (name === "strategy") {
      ledger.change(
        [at, name],
        it,
        undefined,
        "Daemons have one way to deploy: instances are replaced in batches.",
      );
    } else ledger.lose([at, name], "Managed daemons have no such property.");
  }
  if (Object.keys(after).length > 0) result[at] = after;
}

function convertAlarms(value: unknown, at: readonly string[], ledger: Ledger): PlainObject {
  const { rollback, ...alarms } = asObject(value) ?? {};
  for (const name of Object.keys(alarms)) ledger.carry([...at, name]);
  if (rollback !== undefined)
    ledger.change([...at, "rollback"], rollback, undefined, "A failed deployment is always rolled back.");
  if (Object.keys(alarms).length === 0 && rollback === undefined) ledger.carry(at);
  return alarms;
}
