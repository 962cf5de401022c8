// The two files that a new daemon service begins with: small, valid, and showing the parts that daemons mostly need.

export interface DaemonFiles {
  readonly taskDefinition: string;
  readonly service: string;
}

/** `name` becomes the family, the container's and the service's name. */
export function daemonFiles(name: string): DaemonFiles {
  const taskDefinition = {
    family: name,
    networkMode: "bridge",
    requiresCompatibilities: ["EC2"],
    containerDefinitions: [
      {
        name,
        image: "public.ecr.aws/docker/library/busybox:stable",
        command: ["sh", "-c", "while true; do cat /host/proc/loadavg; sleep 60; done"],
        cpu: 64,
        memory: 128,
        memoryReservation: 64,
        essential: true,
        mountPoints: [{ sourceVolume: "proc", containerPath: "/host/proc", readOnly: true }],
      },
    ],
    volumes: [{ name: "proc", host: { sourcePath: "/proc" } }],
  };
  const service = {
    serviceName: name,
    taskDefinition: name,
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
    placementConstraints: [],
  };
  return { taskDefinition: print(taskDefinition), service: print(service) };
}

/** Why the text cannot be the name of a family and a service, `undefined` where it can. */
export function daemonNameProblem(text: string): string | undefined {
  if (/^[A-Za-z0-9_-]{1,255}$/.test(text.trim())) return undefined;
  return "Up to 255 letters, digits, hyphens and underscores.";
}

function print(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
