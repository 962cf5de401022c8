// For tests that work does not grow out of bounds: other programs on a busy machine do not lengthen processor time.

/** The milliseconds of processor time that this process spends on the work. */
export function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
