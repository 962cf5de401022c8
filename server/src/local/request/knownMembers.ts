// ECS reads a request into typed objects: members that it does not know are dropped, at every depth.

import { inputShape, shapeNamed } from "../../core/api/apiModel";
import type { Shape } from "../../core/api/apiShape";
import { isObject, type JsonObject } from "./input";

/** Shapes of members whose operations the API model of the rules has no input of (API model). */
const ownShapes = {
  TaskOverride: structure({
    containerOverrides: "ContainerOverrides",
    cpu: "String",
    ephemeralStorage: "EphemeralStorage",
    executionRoleArn: "String",
    inferenceAcceleratorOverrides: "InferenceAcceleratorOverrides",
    memory: "String",
    taskRoleArn: "String",
  }),
  ContainerOverrides: { type: "list", item: "ContainerOverride" },
  ContainerOverride: structure({
    name: "String",
    command: "StringList",
    environment: "EnvironmentVariables",
    environmentFiles: "EnvironmentFiles",
    cpu: "BoxedInteger",
    memory: "BoxedInteger",
    memoryReservation: "BoxedInteger",
    resourceRequirements: "ResourceRequirements",
  }),
  InferenceAcceleratorOverrides: { type: "list", item: "InferenceAcceleratorOverride" },
  InferenceAcceleratorOverride: structure({ deviceName: "String", deviceType: "String" }),
  ClusterConfiguration: structure({
    executeCommandConfiguration: "ExecuteCommandConfiguration",
    managedStorageConfiguration: "ManagedStorageConfiguration",
  }),
  ExecuteCommandConfiguration: structure({
    kmsKeyId: "String",
    logging: "String",
    logConfiguration: "ExecuteCommandLogConfiguration",
  }),
  ExecuteCommandLogConfiguration: structure({
    cloudWatchLogGroupName: "String",
    cloudWatchEncryptionEnabled: "Boolean",
    s3BucketName: "String",
    s3EncryptionEnabled: "Boolean",
    s3KeyPrefix: "String",
  }),
  ManagedStorageConfiguration: structure({ kmsKeyId: "String", fargateEphemeralStorageKmsKeyId: "String" }),
  ClusterServiceConnectDefaults: structure({ namespace: "String" }),
} as const satisfies Readonly<Record<string, Shape>>;

function structure(members: Readonly<Record<string, string>>): Shape {
  return { type: "structure", members };
}

type OwnShape = keyof typeof ownShapes;

const shapeOf = (name: string): Shape =>
  Object.hasOwn(ownShapes, name) ? ownShapes[name as OwnShape] : shapeNamed(name);

/** The input of an operation without members that the API model does not know, and without nulls. */
export function knownInput(operation: Parameters<typeof inputShape>[0], input: JsonObject): JsonObject {
  return known(input, shapeOf(inputShape(operation))) as JsonObject;
}

/** The same for one member of another operation's input. */
export function knownPart(
  shape:
    | OwnShape
    | "AutoScalingGroupProvider"
    | "CapacityProviderStrategyItem"
    | "CreateManagedInstancesProviderConfiguration",
  value: JsonObject,
): JsonObject {
  return known(value, shapeOf(shape)) as JsonObject;
}

/** Values of another type than their shape's stay what they are: they are refused elsewhere. */
function known(value: unknown, shape: Shape): unknown {
  if (Array.isArray(value)) {
    const item = shapeOf(shape.item ?? "");
    return shape.type === "list" ? value.map((it) => known(it, item)) : value;
  }
  if (!isObject(value)) return value;
  const given = Object.entries(value).filter(([, it]) => it !== null && it !== undefined);
  if (shape.type === "map") {
    const item = shapeOf(shape.value ?? "");
    return Object.fromEntries(given.map(([name, it]) => [name, known(it, item)]));
  }
  const { members } = shape;
  if (shape.type !== "structure" || members === undefined) return value;
  return Object.fromEntries(
    given.flatMap(([name, it]) =>
      Object.hasOwn(members, name) ? [[name, known(it, shapeOf(members[name] ?? ""))]] : [],
    ),
  );
}
