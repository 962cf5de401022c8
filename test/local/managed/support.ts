// Managed Instances and daemons for the tests of managed daemons.

import type { TestContext } from "node:test";
import type { LocalEndpointOptions } from "../../../server/src/local/startLocalEndpoint";
import { type AnyAnswer, startTestEndpoint, type TestEndpoint } from "../../support/localEndpoint";

/** The settings of a capacity provider whose instances have one of the types. */
export const managedProvider = (
  { allowed = ["m5.large"] }: { readonly allowed?: readonly string[] } = {},
  more: object = {},
) => ({
  infrastructureRoleArn: "arn:aws:iam::123456789012:role/ecsInfrastructureRole",
  instanceLaunchTemplate: {
    ec2InstanceProfileArn: "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole",
    networkConfiguration: { subnets: ["subnet-0123456789abcdef0"], securityGroups: ["sg-0123456789abcdef0"] },
    instanceRequirements: {
      vCpuCount: { min: 1 },
      memoryMiB: { min: 512 },
      allowedInstanceTypes: [...allowed],
    },
  },
  ...more,
});

export const arn = (type: string, name: string) => `arn:aws:ecs:us-east-1:123456789012:${type}/${name}`;

/** The settings of a daemon on the capacity provider `mi`. */
export const onMi = (definition: string, more: object = {}) => ({
  daemonTaskDefinitionArn: arn("daemon-task-definition", definition),
  capacityProviderArns: [arn("capacity-provider", "mi")],
  ...more,
});

export interface ManagedEndpoint extends TestEndpoint {
  /** The newest deployment of the daemon `agent`. */
  deployment(): Promise<AnyAnswer>;
  /** The revision of the daemon `agent` that new instances start. */
  revision(): Promise<AnyAnswer>;
  /** Container instances that are not INACTIVE, with their health. */
  instances(): Promise<readonly AnyAnswer[]>;
  /** Tasks of the daemon `agent` that are desired to run. */
  daemonTasks(): Promise<readonly AnyAnswer[]>;
  /** Lets so many seconds pass. */
  pass(seconds: number): Promise<void>;
}

/** The daemon `agent` (definitions `agent:1` and `agent:2`), the task `web`, the capacity provider `mi`, and no instance. */
export async function startManagedEndpoint(
  test: TestContext,
  provider: object = managedProvider(),
  options: LocalEndpointOptions = {},
): Promise<ManagedEndpoint> {
  const endpoint = await startTestEndpoint(test, { instances: 0, ...options });
  const { call, local } = endpoint;
  await call("CreateCapacityProvider", {
    name: "mi",
    cluster: "default",
    managedInstancesProvider: provider,
  });
  for (const image of ["agent:1", "agent:2"])
    await call("RegisterDaemonTaskDefinition", {
      family: "agent",
      containerDefinitions: [{ name: "agent", image, cpu: 128, memory: 256 }],
    });
  await call("RegisterTaskDefinition", {
    family: "web",
    networkMode: "host",
    containerDefinitions: [{ name: "web", image: "web:1", cpu: 1024, memory: 1024 }],
  });
  const describe = () => call("DescribeDaemon", { daemonArn: arn("daemon", "default/agent") });
  return {
    ...endpoint,
    deployment: async () => {
      const { daemon } = await describe();
      const answer = await call("DescribeDaemonDeployments", {
        daemonDeploymentArns: [daemon.deploymentArn],
      });
      return answer.daemonDeployments[0];
    },
    revision: async () => (await describe()).daemon.currentRevisions[0],
    instances: async () => {
      const arns: string[] = [];
      for (const status of ["ACTIVE", "DRAINING", "REGISTERING"])
        arns.push(...(await call("ListContainerInstances", { status })).containerInstanceArns);
      if (arns.length === 0) return [];
      const include = ["CONTAINER_INSTANCE_HEALTH"];
      return (await call("DescribeContainerInstances", { containerInstances: arns, include }))
        .containerInstances;
    },
    daemonTasks: async () => {
      const { taskArns } = await call("ListTasks", { daemonName: "agent" });
      return taskArns.length === 0 ? [] : (await call("DescribeTasks", { tasks: taskArns })).tasks;
    },
    pass: async (seconds) => {
      await local("AdvanceClock", { seconds });
    },
  };
}
