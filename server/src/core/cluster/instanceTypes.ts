// The EC2 instance types that a fleet file may name without sizes, as EC2 publishes them.

export interface InstanceType {
  readonly name: string;
  readonly vcpus: number;
  /** GiB, as EC2 sells it. */
  readonly memoryGiB: number;
  readonly gpus: number;
  /** Elastic network interfaces, the primary one included. */
  readonly enis: number;
  readonly cpuArchitecture: "x86_64" | "arm64";
}

const table: readonly (readonly [string, number, number, number, number, "x86_64" | "arm64"])[] = [
  ["t3.micro", 2, 1, 0, 2, "x86_64"],
  ["t3.small", 2, 2, 0, 3, "x86_64"],
  ["t3.medium", 2, 4, 0, 3, "x86_64"],
  ["t3.large", 2, 8, 0, 3, "x86_64"],
  ["t3.xlarge", 4, 16, 0, 4, "x86_64"],
  ["m5.large", 2, 8, 0, 3, "x86_64"],
  ["m5.xlarge", 4, 16, 0, 4, "x86_64"],
  ["m5.2xlarge", 8, 32, 0, 4, "x86_64"],
  ["m6i.large", 2, 8, 0, 3, "x86_64"],
  ["m6i.xlarge", 4, 16, 0, 4, "x86_64"],
  ["m6g.large", 2, 8, 0, 3, "arm64"],
  ["m7g.large", 2, 8, 0, 3, "arm64"],
  ["c5.large", 2, 4, 0, 3, "x86_64"],
  ["c5.xlarge", 4, 8, 0, 4, "x86_64"],
  ["c6g.large", 2, 4, 0, 3, "arm64"],
  ["c7g.large", 2, 4, 0, 3, "arm64"],
  ["c7g.xlarge", 4, 8, 0, 4, "arm64"],
  ["r5.large", 2, 16, 0, 3, "x86_64"],
  ["r6g.large", 2, 16, 0, 3, "arm64"],
  ["g4dn.xlarge", 4, 16, 1, 3, "x86_64"],
  ["g5.xlarge", 4, 16, 1, 4, "x86_64"],
  ["p3.2xlarge", 8, 61, 1, 4, "x86_64"],
];

/** Every type of the table, by name. */
export const instanceTypes: ReadonlyMap<string, InstanceType> = new Map(
  table.map(([name, vcpus, memoryGiB, gpus, enis, cpuArchitecture]) => [
    name,
    { name, vcpus, memoryGiB, gpus, enis, cpuArchitecture },
  ]),
);

/**
 * The MiB that an instance with so many GiB registers. The kernel and the firmware keep a part for themselves before
 * the agent reads the host's total; 4% and 48 MiB come near what ECS-optimized Linux images report.
 */
export function registeredMemory(memoryGiB: number): number {
  return Math.floor(memoryGiB * 1024 * 0.96) - 48;
}

/** AWS names its ARM processors with a `g` right after the generation: m7g, c7gn, im4gn. */
export function cpuArchitectureOf(instanceType: string): "x86_64" | "arm64" {
  const known = instanceTypes.get(instanceType);
  return known?.cpuArchitecture ?? (/^[a-z]+\d+g/.test(instanceType) ? "arm64" : "x86_64");
}
