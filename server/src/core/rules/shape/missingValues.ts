// What to write for a required member that is missing, where that can be known.

import { shapeNamed } from "../../api/apiModel";
import type { Resource } from "../../resources/resource";
import type { NewValue } from "../../source/change";
import { get, type JsonNode, members } from "../../source/tree";

const usual: Readonly<Record<string, NewValue>> = {
  "ContainerDependency.condition": "START",
  "ContainerRestartPolicy.enabled": true,
  "ServiceConnectConfiguration.enabled": true,
  "DeploymentCircuitBreaker.enable": true,
  "DeploymentCircuitBreaker.rollback": true,
  "DeploymentAlarms.enable": true,
  "DeploymentAlarms.rollback": true,
  "HealthCheck.command": ["CMD-SHELL", "exit 0"],
  "EphemeralStorage.sizeInGiB": 21,
};

/** The value of the property, or `undefined` where only the author can know it. */
export function missingValue(
  document: Resource,
  shapeName: string,
  member: string,
  owner: JsonNode,
): NewValue | undefined {
  const key = `${shapeName}.${member}`;
  if (key === "LogConfiguration.logDriver") return driverOf(get(owner, "options"));
  if (Object.hasOwn(usual, key)) return usual[key];
  if (key === "RegisterTaskDefinitionRequest.family") return stemOf(document.source.file);
  const memberShape = shapeNamed(shapeName).members?.[member];
  const [only, ...others] = (memberShape && shapeNamed(memberShape).enum) ?? [];
  return only !== undefined && others.length === 0 ? only : undefined;
}

/** The log driver that the options are for: theirs begin with its name. */
function driverOf(options: JsonNode | undefined): string {
  const drivers = ["awslogs", "splunk", "syslog", "gelf", "fluentd"];
  const names = members(options).map((it) => it.name);
  return drivers.find((driver) => names.some((it) => it.startsWith(`${driver}-`))) ?? "json-file";
}

/** `path/agent.taskdef.json` → `agent`: what a definition or service is probably called. */
export function stemOf(fileName: string): string {
  const name = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  return name.split(".")[0]?.replace(/[^A-Za-z0-9_-]+/g, "-") || "my-daemon";
}
