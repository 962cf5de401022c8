// What the completion of a member inserts: its name, and a value of its shape with a place for the cursor.

import { ordinaryShape, shapeNamed } from "../api/apiModel";
import { inSnippet } from "./completion";

/** Members one always writes, though the API does not insist on them in the shape itself. */
const usualMembers: Readonly<Record<string, readonly string[]>> = {
  ContainerDefinition: ["name", "image", "memory"],
  PortMapping: ["containerPort"],
  MountPoint: ["sourceVolume", "containerPath"],
  Volume: ["name"],
  HostVolumeProperties: ["sourcePath"],
  KeyValuePair: ["name", "value"],
  Tag: ["key", "value"],
  TaskDefinitionPlacementConstraint: ["type", "expression"],
  PlacementConstraint: ["type", "expression"],
  PlacementStrategy: ["type", "field"],
  SystemControl: ["namespace", "value"],
  ResourceRequirement: ["type", "value"],
  VolumeFrom: ["sourceContainer"],
  LoadBalancer: ["targetGroupArn", "containerName", "containerPort"],
  RuntimePlatform: ["cpuArchitecture", "operatingSystemFamily"],
  DeploymentConfiguration: ["maximumPercent", "minimumHealthyPercent"],
  FleetGroup: ["count", "instanceType"],
  DaemonDeploymentConfiguration: ["drainPercent"],
  DaemonAlarmConfiguration: ["alarmNames", "enable"],
};

/** What stands in a value that has a sensible beginning. */
const usualValues: Readonly<Record<string, string>> = {
  "RegisterTaskDefinitionRequest.cpu": "256",
  "RegisterTaskDefinitionRequest.memory": "512",
  "TaskDefinitionPlacementConstraint.type": "memberOf",
  "PlacementConstraint.type": "memberOf",
  "CreateServiceRequest.schedulingStrategy": "DAEMON",
  "CreateServiceRequest.launchType": "EC2",
  "DeploymentConfiguration.maximumPercent": "100",
  "DeploymentConfiguration.minimumHealthyPercent": "0",
  "HealthCheck.interval": "30",
  "HealthCheck.timeout": "5",
  "HealthCheck.retries": "3",
  "LogConfiguration.logDriver": "json-file",
  "ContainerDefinition.memory": "128",
  "DaemonDeploymentConfiguration.drainPercent": "25",
  "DaemonAlarmConfiguration.enable": "true",
  "LogDriverVolumeConfiguration.driver": "json-file",
  "FleetGroup.count": "5",
  "FleetGroup.instanceType": "m5.large",
  "FleetGroup.cpu": "2048",
  "FleetGroup.memory": "7680",
};

/** Values that are more than one place for the cursor. */
const usualSnippets: Readonly<Record<string, (stops: () => number) => string>> = {
  "HealthCheck.command": (stops) => `["CMD-SHELL", "\${${stops()}:exit 0}"]`,
};

/** Whether an input without the member is rejected, whatever else is in it. */
export function isRequired(shape: string, member: string): boolean {
  if (ordinaryShape(shape) === "ContainerDefinition") return member === "name" || member === "image";
  // A group without a count is one instance.
  if (shape === "FleetGroup") return member === "instanceType";
  return neededMembers(shape).includes(member);
}

/** Members that most people write next, most frequent first. */
const commonMembers: Readonly<Record<string, readonly string[]>> = {
  RegisterTaskDefinitionRequest: [
    "networkMode",
    "requiresCompatibilities",
    "volumes",
    "placementConstraints",
    "taskRoleArn",
    "executionRoleArn",
    "pidMode",
    "cpu",
    "memory",
  ],
  ContainerDefinition: [
    "cpu",
    "memoryReservation",
    "essential",
    "portMappings",
    "environment",
    "secrets",
    "mountPoints",
    "healthCheck",
    "logConfiguration",
    "dependsOn",
    "command",
  ],
  CreateServiceRequest: [
    "taskDefinition",
    "schedulingStrategy",
    "launchType",
    "placementConstraints",
    "deploymentConfiguration",
    "cluster",
    "propagateTags",
    "tags",
  ],
  UpdateServiceRequest: ["taskDefinition", "placementConstraints", "deploymentConfiguration", "cluster"],
};

/** The members of a structure in the order in which they are offered: those it needs, the common ones, the rest. */
export function offeredMembers(shape: string): readonly string[] {
  const { members = {} } = shapeNamed(shape);
  const common = (commonMembers[ordinaryShape(shape)] ?? []).filter((it) => Object.hasOwn(members, it));
  return [...new Set([...neededMembers(shape), ...common, ...Object.keys(members)])];
}

function neededMembers(shape: string): readonly string[] {
  return [...new Set([...(shapeNamed(shape).required ?? []), ...(usualMembers[ordinaryShape(shape)] ?? [])])];
}

/** `"name": value` as a snippet. */
export function memberSnippet(owner: string, member: string): string {
  const stops = counter();
  return `"${inSnippet(member)}": ${valueSnippet(owner, member, stops, "")}`;
}

/** An item of a list of that shape, as a snippet. */
export function itemSnippet(shape: string): string {
  return snippetOf(shape, "", "", counter(), "");
}

function counter(): () => number {
  let last = 0;
  return () => ++last;
}

function valueSnippet(owner: string, member: string, stops: () => number, indent: string): string {
  const shape = shapeNamed(owner).members?.[member] ?? shapeNamed(owner).value ?? "String";
  return snippetOf(shape, owner, member, stops, indent);
}

function snippetOf(name: string, owner: string, member: string, stops: () => number, indent: string): string {
  const shape = shapeNamed(name);
  const special = usualSnippets[`${owner}.${member}`];
  if (special !== undefined) return special(stops);
  const usual = usualValues[`${owner}.${member}`];
  switch (shape.type) {
    case "string":
      return `"${usual === undefined ? stringStop(shape.enum, stops) : `\${${stops()}:${usual}}`}"`;
    case "boolean":
      return `\${${stops()}|true,false|}`;
    case "integer":
    case "long":
    case "double":
      return usual === undefined ? `\${${stops()}:0}` : `\${${stops()}:${usual}}`;
    case "map":
      return `{$${stops()}}`;
    case "document":
      return `$${stops()}`;
    case "list":
      return listSnippet(shape.item ?? "String", stops, indent);
    case "structure":
      return structureSnippet(name, stops, indent);
  }
}

function stringStop(values: readonly string[] | undefined, stops: () => number): string {
  if (values === undefined || values.length === 0) return `$${stops()}`;
  return values.length === 1 ? inSnippet(values[0] ?? "") : `\${${stops()}|${values.join(",")}|}`;
}

function listSnippet(item: string, stops: () => number, indent: string): string {
  const { type } = shapeNamed(item);
  if (type === "string") return `["$${stops()}"]`;
  if (type !== "structure") return `[$${stops()}]`;
  return `[\n${indent}\t${structureSnippet(item, stops, `${indent}\t`)}\n${indent}]`;
}

function structureSnippet(name: string, stops: () => number, indent: string): string {
  const inner = `${indent}\t`;
  const lines = neededMembers(name).map((it) => `${inner}"${it}": ${valueSnippet(name, it, stops, inner)}`);
  if (lines.length === 0) return `{$${stops()}}`;
  return `{\n${lines.join(",\n")}\n${indent}}`;
}
