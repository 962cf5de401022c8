// What a host calls the API's properties: the way back from the tree of the API to the host's text.

import { shapeNamed } from "../../api/apiModel";
import type { NewValue } from "../../source/change";
import { isListValue, isObjectValue } from "../../source/writing";

/** Names and values of a host, by the shape of the object that holds them. */
export interface HostNames {
  /** The host's name of a property. */
  nameFor(owner: string, name: string): string;
  /** A value of a shape as the host has it, where it differs in more than names. */
  valueFor?(value: NewValue, shape: string): NewValue;
}

/** Properties whose names are not the API's with a capital. Source: the resource specification of CloudFormation. */
const cloudFormationNames: Readonly<Record<string, string>> = {
  "CreateServiceRequest.placementStrategy": "PlacementStrategies",
  "CreateCapacityProviderRequest.cluster": "ClusterName",
  "ProxyConfiguration.properties": "ProxyConfigurationProperties",
  "Volume.efsVolumeConfiguration": "EFSVolumeConfiguration",
  "Volume.fsxWindowsFileServerVolumeConfiguration": "FSxWindowsFileServerVolumeConfiguration",
  "Volume.s3filesVolumeConfiguration": "S3FilesVolumeConfiguration",
  "EFSVolumeConfiguration.fileSystemId": "FilesystemId",
  "EFSAuthorizationConfig.iam": "IAM",
};

export const cloudFormationHostNames: HostNames = {
  nameFor: (owner, name) =>
    cloudFormationNames[`${owner}.${name}`] ?? name.charAt(0).toUpperCase() + name.slice(1),
};

/** Arguments of Ansible's modules; what is inside a list or an object has the API's names. */
export const ansibleHostNames: HostNames = {
  nameFor: (owner, name) => {
    const isOwn = ["CreateServiceRequest", "RegisterTaskDefinitionRequest", "DeploymentConfiguration"];
    if (!isOwn.includes(owner)) return name;
    if (name === "containerDefinitions") return "containers";
    if (name === "serviceName") return "name";
    return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  },
};

const byLowerCase = new Map<string, ReadonlyMap<string, string>>();

/** The API's name of a property of a structure, found without regard to case; the written name where it has none. */
export function apiNameOf(owner: string, written: string): string {
  const known = shapeNamed(owner).members ?? {};
  if (Object.hasOwn(known, written)) return written;
  let names = byLowerCase.get(owner);
  if (names === undefined) {
    names = new Map(Object.keys(known).map((it) => [it.toLowerCase(), it]));
    byLowerCase.set(owner, names);
  }
  return names.get(written.toLowerCase()) ?? written;
}

/** The API's own names: a container list is JSON of the API wherever it is written. */
export const apiNames: HostNames = { nameFor: (_owner, name) => name };

/** A new value in the names of the host; copies are copied as they are. */
export function inHostNames(value: NewValue, shapeName: string, names: HostNames): NewValue {
  const shape = shapeNamed(shapeName);
  if (isListValue(value)) return value.map((it) => inHostNames(it, shape.item ?? "document", names));
  if (!isObjectValue(value)) return names.valueFor?.(value, shapeName) ?? value;
  return Object.fromEntries(
    Object.entries(value).map(([name, it]) => [
      shape.type === "structure" ? names.nameFor(shapeName, name) : name,
      inHostNames(it, shape.members?.[name] ?? shape.value ?? "document", names),
    ]),
  );
}

/** The shape of the value that a way leads to from a value of the named shape. */
export function shapeAt(root: string, path: readonly (string | number)[]): string {
  let name = root;
  for (const step of path) {
    const shape = shapeNamed(name);
    name = (typeof step === "number" ? shape.item : (shape.members?.[step] ?? shape.value)) ?? "document";
  }
  return name;
}
