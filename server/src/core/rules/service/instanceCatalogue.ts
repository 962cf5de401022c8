// Diagnostics about what a service asks of the instances that it runs on: placement strategies and EBS volumes.

import { type CatalogueEntry, invalid } from "../catalogueEntry";

export const serviceInstanceDiagnostics = {
  "too-many-placement-strategies": {
    severity: "error",
    title: "More than five placement strategies",
    message: "There are {count} placement strategies and ECS accepts at most 5.",
    why: "Five is the limit of a service.",
    server: invalid("Maximum number of strategies is 5"),
  },
  "random-with-field": {
    severity: "error",
    title: "Field of a random strategy",
    message: "A placement strategy of the type random has no 'field'. Remove it.",
    why: "random compares nothing, so it takes no field.",
    server: invalid("random field should not be specified"),
  },
  "spread-field": {
    severity: "error",
    title: "Field of a spread strategy",
    message:
      "A placement strategy of the type spread takes the field instanceId or an attribute, not '{field}'. {advice}",
    why: "spread distributes tasks over instances, or over the values of an attribute such as attribute:ecs.availability-zone.",
  },
  "binpack-field": {
    severity: "error",
    title: "Field of a binpack strategy",
    message: "A placement strategy of the type binpack takes the field cpu or memory, not '{field}'.",
    why: "binpack fills up instances by one of the two.",
    server: invalid("binpack field '{field}' is invalid"),
  },
  "binpack-without-field": {
    severity: "error",
    title: "Binpack strategy without a field",
    message: "A placement strategy of the type binpack needs a 'field': cpu or memory. Add it.",
    why: "binpack fills up instances by the resource that the field names; it has no other value than the two.",
  },
  "strategy-without-type": {
    severity: "error",
    title: "Placement strategy without a type",
    message: "A placement strategy needs a 'type': spread, binpack or random. Add it.",
    why: "What the field means depends on the type, and none is assumed.",
  },
  "ebs-type": {
    severity: "error",
    title: "Unknown type of EBS volume",
    message: "'{type}' is not a valid type of an EBS volume. Use gp3, gp2, io2, io1, st1, sc1 or standard.",
    why: "ECS requests the volume from EBS, which has these types.",
    server: invalid("ECS managed EBS volume configuration was invalid"),
  },
  "ebs-magnetic-on-fargate": {
    severity: "error",
    title: "Magnetic volume on Fargate",
    message: "Fargate does not support EBS volumes of the type standard. Use gp3.",
    why: "ECS documents that the magnetic volume type is not supported on Fargate.",
  },
  "ebs-iops-range": {
    severity: "error",
    title: "IOPS or throughput out of range",
    message: "'{member}' is {value}; for the type {type} it has to be {range}.",
    why: "Each type of EBS volume has its own limits.",
    server: invalid("ECS managed EBS volume configuration was invalid"),
  },
  "ebs-speed-of-size": {
    severity: "warning",
    title: "IOPS or throughput that the volume cannot have",
    message: "'{member}' is {value}, and with the type {type} {bound}. Lower it.",
    why: "EBS counts the IOPS of a volume by its size, and its throughput by its IOPS; ECS cannot create the volume, so no task starts.",
  },
  "ebs-several-volumes": {
    severity: "error",
    title: "Several EBS volumes of one service",
    message: "A service configures one volume, and this is the second. Remove one.",
    why: "ECS attaches one EBS volume to a task, and a task definition has one volume that is configured at launch.",
  },
  "ebs-settings-missing": {
    severity: "warning",
    title: "Volume configuration without a volume",
    message: "A volume configuration needs 'managedEBSVolume'. Add it.",
    why: "EBS volumes are the only ones that are configured at launch.",
  },
  "ebs-initialization-rate": {
    severity: "error",
    title: "Initialization rate without a snapshot",
    message: "'volumeInitializationRate' is for volumes from a snapshot. Add 'snapshotId', or remove it.",
    why: "Only what is fetched from a snapshot has a rate.",
  },
  "ebs-iops-missing": {
    severity: "error",
    title: "Volume type that needs IOPS",
    message: "A volume of the type {type} needs 'iops'. Add it.",
    why: "The types io1 and io2 are sold by their provisioned IOPS.",
    server: invalid("ECS managed EBS volume configuration was invalid"),
  },
  "ebs-size-range": {
    severity: "error",
    title: "Size out of range for this volume type",
    message: "'sizeInGiB' is {size}; for the type {type} it has to be {range}.",
    why: "Each type of EBS volume has its own least and largest size.",
    server: invalid("ECS managed EBS volume configuration was invalid"),
  },
  "launch-volume-not-configured": {
    severity: "error",
    title: "Volume that the service has to configure",
    message:
      "The task definition leaves the volume '{volume}' to the service (\"configuredAtLaunch\": true). Add 'volumeConfigurations' for it.",
    why: "Without the service's settings ECS does not know what volume to create.",
  },
  "ebs-iops": {
    severity: "error",
    title: "IOPS for this volume type",
    message: "'iops' is for the volume types io1, io2 and gp3, not {type}. Remove it.",
    why: "Other types have no provisioned IOPS.",
    server: invalid("ECS managed EBS volume configuration was invalid"),
  },
  "ebs-throughput": {
    severity: "error",
    title: "Throughput for this volume type",
    message: "'throughput' is for the volume type gp3, not {type}. Remove it.",
    why: "Only gp3 has a provisioned throughput.",
    server: invalid("ECS managed EBS volume configuration was invalid"),
  },
  "ebs-size": {
    severity: "error",
    title: "EBS volume without a size",
    message: "An EBS volume needs 'sizeInGiB' or 'snapshotId'. Add one.",
    why: "A new volume needs a size, one from a snapshot gets the snapshot's.",
    server: invalid("ECS managed EBS volume configuration was invalid"),
  },
  "ebs-unknown-volume": {
    severity: "error",
    title: "EBS volume that the task definition does not have",
    message: "The task definition has no volume '{name}' with \"configuredAtLaunch\": true. {advice}",
    why: "The service configures volumes that the task definition left to it.",
    server: invalid(
      "The volume name '{name}' in your request does not have a matching volume in your Task Definition",
    ),
  },
} as const satisfies Record<string, CatalogueEntry>;
