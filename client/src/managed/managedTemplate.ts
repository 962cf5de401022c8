// The two files that a new managed daemon begins with.

export interface ManagedFiles {
  readonly taskDefinition: string;
  readonly daemon: string;
}

/** `image`: without one a tiny image that prints the load of the instance. ARNs are left to the deployment. */
export function managedDaemonFiles(name: string, image: string | undefined): ManagedFiles {
  const taskDefinition = {
    family: name,
    cpu: "128",
    memory: "256",
    containerDefinitions: [
      {
        name,
        image: image ?? "public.ecr.aws/docker/library/busybox:stable",
        ...(image === undefined && {
          command: ["sh", "-c", "while true; do cat /proc/loadavg; sleep 60; done"],
        }),
        essential: true,
        healthCheck: { command: ["CMD-SHELL", "exit 0"], interval: 30, retries: 3, startPeriod: 60 },
        restartPolicy: { enabled: true },
      },
    ],
  };
  const daemon = {
    daemonName: name,
    critical: true,
    deploymentConfiguration: { drainPercent: 25 },
  };
  const print = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
  return { taskDefinition: print(taskDefinition), daemon: print(daemon) };
}
