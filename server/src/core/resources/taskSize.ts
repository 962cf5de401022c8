// Task-level cpu and memory are texts: CPU units or vCPU, MiB or GB.

/** CPU units of `256`, `1 vCPU`, `.5 vcpu`; `undefined` for anything else. */
export function taskCpuUnits(text: string): number | undefined {
  const [, amount, unit] = /^(\d+|\d*\.\d+)(?:\s*(vcpu))?$/i.exec(text.trim()) ?? [];
  if (amount === undefined || (unit === undefined && amount.includes("."))) return undefined;
  return unit === undefined ? Number(amount) : Number(amount) * 1024;
}

/** MiB of `512`, `1GB`, `0.5 GB`; `undefined` for anything else. */
export function taskMemoryMiB(text: string): number | undefined {
  const [, amount, unit] = /^(\d+|\d*\.\d+)(?:\s*(gb))?$/i.exec(text.trim()) ?? [];
  if (amount === undefined || (unit === undefined && amount.includes("."))) return undefined;
  return unit === undefined ? Number(amount) : Number(amount) * 1024;
}

/** MiB that Fargate offers for a number of CPU units; empty where it has no such cpu. */
export function fargateMemories(cpu: number): readonly number[] {
  if (cpu === 256) return [512, 1024, 2048];
  const range = fargateRanges[cpu];
  if (!range) return [];
  const [from, to, step] = range;
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}

/** CPU units that Fargate offers, with the range of memory and its step in MiB. */
const fargateRanges: Readonly<Record<number, readonly [from: number, to: number, step: number]>> = {
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16384: [32_768, 122_880, 8192],
};

export const fargateCpus: readonly number[] = [256, ...Object.keys(fargateRanges).map(Number)];
