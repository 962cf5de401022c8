// Ranges of numbers that the API model does not state, but the documentation or common sense does.

import { shapeNamed } from "../../api/apiModel";
import { set } from "../../source/change";
import { type Member, numberOf } from "../../source/tree";
import { invalid } from "../catalogueEntry";
import { fix } from "../fix";
import type { ServerRejection } from "../severity";
import { largestInteger, rangeWords } from "./shapeLimits";
import type { Walk } from "./shapeWalk";

interface Range {
  /** What ECS answers to a number outside the range, where that is known. */
  readonly server?: ServerRejection;
  readonly min: number;
  readonly max?: number;
  /** The only values, where not every number in the range is one. */
  readonly values?: readonly number[];
  /** The steps in which the range is counted. */
  readonly step?: number;
  /** Where the range is documented, and the API model does not have it. */
  readonly severity?: "warning";
  /** What the fix writes, where the nearest end of the range is of no use. */
  readonly usual?: number;
}

const ranges: Readonly<Record<string, Range>> = {
  "ContainerDefinition.cpu": { min: 0 },
  "ContainerDefinition.memory": { min: 0, usual: 128 },
  "ContainerDefinition.memoryReservation": { min: 0, usual: 128 },
  "LinuxParameters.maxSwap": { min: 0 },
  "LinuxParameters.sharedMemorySize": { min: 0 },
  "Tmpfs.size": { min: 1 },
  "EFSVolumeConfiguration.transitEncryptionPort": { min: 1, max: 65_535 },
  "S3FilesVolumeConfiguration.transitEncryptionPort": { min: 1, max: 65_535 },
  "CreateServiceRequest.desiredCount": { min: 0, server: invalid("DesiredCount can not be lesser than 0") },
  "UpdateServiceRequest.desiredCount": { min: 0, server: invalid("Task count can not be lesser than 0") },
  "CreateServiceRequest.healthCheckGracePeriodSeconds": { min: 0, max: 2_147_483_647 },
  "UpdateServiceRequest.healthCheckGracePeriodSeconds": { min: 0, max: 2_147_483_647 },
  "DeploymentConfiguration.bakeTimeInMinutes": { min: 0, max: 1440 },
  "CanaryConfiguration.canaryPercent": { min: 0.1, max: 100, step: 0.1, usual: 5 },
  "CanaryConfiguration.canaryBakeTimeInMinutes": { min: 0, max: 1440 },
  "LinearConfiguration.stepPercent": { min: 3, max: 100, step: 0.1 },
  "LinearConfiguration.stepBakeTimeInMinutes": { min: 0, max: 1440 },
  "MetricConfiguration.resolutionSeconds": { min: 20, max: 60, values: [20, 60] },
  "ManagedInstancesStorageConfiguration.storageSizeGiB": {
    min: 30,
    max: 16_384,
    usual: 80,
    severity: "warning",
  },
  "InfrastructureOptimization.scaleInAfter": { min: -1, max: 3600 },
  "LoadBalancer.containerPort": { min: 0, max: 65_535 },
  "ServiceRegistry.containerPort": { min: 0, max: 65_535 },
  "ServiceRegistry.port": { min: 0, max: 65_535 },
};

/** Reports a number outside the range of its member, and answers whether it is: the API model's range is a wider one. */
export function checkOwnRange(
  { report, context }: Walk,
  { name, value: node }: Member,
  ownerName: string,
  shapeName: string,
): boolean {
  const key = `${ownerName}.${name}`;
  const range = Object.hasOwn(ranges, key) ? ranges[key] : undefined;
  const value = numberOf(node);
  if (!range || value === undefined) return false;
  const { min, max = Number.POSITIVE_INFINITY } = range;
  // What is no 32-bit integer has been reported as that.
  if ((value >= min && value <= max && isCounted(value, range)) || Math.abs(value) > largestInteger)
    return false;
  context.doubts.noteValue(node);
  const inside = range.usual ?? (value < min ? min : max);
  report(
    "number-out-of-range",
    node,
    { member: name, value, range: wordsOf(range) },
    {
      fixes: [fix(`Change to ${inside}`, false, set(node, inside))],
      ...(range.severity !== undefined && isAllowed(value, shapeName) && { severity: range.severity }),
      ...(range.server === undefined ? {} : { server: range.server }),
    },
  );
  return true;
}

/** Whether the API model, and so the client, allows the number. */
function isAllowed(value: number, shapeName: string): boolean {
  const { min = value, max = value } = shapeNamed(shapeName);
  return value >= min && value <= max;
}

function isCounted(value: number, { values, step }: Range): boolean {
  if (values !== undefined) return values.includes(value);
  const steps = step === undefined ? 0 : value / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

function wordsOf(range: Range): string {
  if (range.values !== undefined) return range.values.join(" or ");
  return range.step === undefined ? rangeWords(range) : `${rangeWords(range)}, in steps of ${range.step}`;
}
