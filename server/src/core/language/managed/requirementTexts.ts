// What the properties of `instanceRequirements` mean: which instance types a capacity provider may launch.

const owner = "InstanceRequirementsRequest";

/** `min` and `max` of a range, by its shape: what is counted. */
const ranges: Readonly<Record<string, string>> = {
  VCpuCountRangeRequest: "vCPUs",
  MemoryMiBRequest: "MiB of memory",
  MemoryGiBPerVCpuRequest: "GiB of memory for each vCPU",
  NetworkInterfaceCountRequest: "network interfaces",
  TotalLocalStorageGBRequest: "GB of instance store",
  BaselineEbsBandwidthMbpsRequest: "Mbps of bandwidth to Amazon EBS",
  AcceleratorCountRequest: "accelerators",
  AcceleratorTotalMemoryMiBRequest: "MiB of memory of all accelerators together",
  NetworkBandwidthGbpsRequest: "Gbps of network bandwidth",
};

const ofRanges = Object.entries(ranges).flatMap(([shape, what]) => [
  [`${shape}.min`, `The fewest ${what} that an instance type may have.`],
  [`${shape}.max`, `The most ${what} that an instance type may have. No limit without it.`],
]);

const ofRequirements = Object.entries({
  vCpuCount: "How many vCPUs an instance type may have.",
  memoryMiB: "How much memory an instance type may have, in MiB.",
  cpuManufacturers: "Whose processors are allowed. Any without it.",
  memoryGiBPerVCpu: "How much memory there may be for each vCPU, in GiB.",
  allowedInstanceTypes: "The only instance types that are launched; `*` stands for any characters.",
  excludedInstanceTypes: "Instance types that are never launched; `*` stands for any characters.",
  instanceGenerations: "Whether current or previous generations of instance types are allowed.",
  spotMaxPricePercentageOverLowestPrice:
    "By how many percent a Spot price may exceed that of the cheapest type that meets the requirements.",
  onDemandMaxPricePercentageOverLowestPrice:
    "By how many percent an On-Demand price may exceed that of the cheapest type that meets the requirements.",
  maxSpotPriceAsPercentageOfOptimalOnDemandPrice:
    "How many percent of the best On-Demand price a Spot price may reach.",
  bareMetal: "Whether bare metal instance types are allowed, required or left out.",
  burstablePerformance: "Whether burstable instance types, such as t3, are allowed, required or left out.",
  requireHibernateSupport: "Whether instance types have to support hibernation.",
  networkInterfaceCount: "How many network interfaces an instance type may have.",
  localStorage: "Whether instance types with an instance store are allowed, required or left out.",
  localStorageTypes: "Which kinds of instance store are allowed.",
  totalLocalStorageGB: "How much instance store an instance type may have, in GB.",
  baselineEbsBandwidthMbps: "How much bandwidth to Amazon EBS an instance type may have, in Mbps.",
  acceleratorTypes: "Which kinds of accelerators are allowed.",
  acceleratorCount: "How many accelerators an instance type may have; a maximum of 0 leaves them out.",
  acceleratorManufacturers: "Whose accelerators are allowed.",
  acceleratorNames: "Which accelerators are allowed.",
  acceleratorTotalMemoryMiB:
    "How much memory all accelerators of an instance type may have together, in MiB.",
  networkBandwidthGbps: "How much network bandwidth an instance type may have, in Gbps.",
}).map(([name, text]) => [`${owner}.${name}`, text]);

/** Text by `Shape.member`. */
export const requirementTexts: Readonly<Record<string, string>> = Object.fromEntries([
  ...ofRequirements,
  ...ofRanges,
]);
