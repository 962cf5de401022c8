// Ports that the container agent registers as used on every instance (agent/config/config_unix.go and
// config_windows.go): SSH or remote desktop, the Docker daemon, and the agent's own.

const linux: readonly number[] = [22, 2375, 2376, 51678, 51679];
const windows: readonly number[] = [53, 135, 139, 445, 2375, 2376, 3389, 5985, 5986, 51678, 51679];

/** TCP ports that no task can have on an instance of that OS family (`ecs.os-family`). */
export function reservedTcpPorts(osFamily: string): ReadonlySet<number> {
  return new Set(osFamily.toUpperCase().startsWith("WINDOWS") ? windows : linux);
}
