// The one implementation of the port, and the only file that knows the AWS SDK. It is loaded when something talks to
// ECS for the first time, never at start: the build keeps it in a file of its own.

import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  type ECSClientConfig,
  ListClustersCommand,
  ListContainerInstancesCommand,
  ListTasksCommand,
  PutAttributesCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { snapshotFromValue } from "../core/cluster/snapshot";
import { type CallContext, toEcsError } from "./awsErrors";
import { lastPart, plain, registered, serviceState, taskState } from "./awsShapes";
import { inBatches, pages } from "./paging";
import {
  type AttributeChange,
  EcsError,
  type EcsPort,
  type EcsTarget,
  isLoopbackEndpoint,
  type JsonObject,
} from "./port";

/**
 * Connects to ECS where `target` says; what it leaves open is the SDK's own chain's business. Nothing is sent before
 * the first call. A loopback endpoint needs no AWS configuration at all.
 */
export function connectEcs(target: EcsTarget): EcsPort {
  const connection = connect(target);
  return {
    ...definitionCalls(connection),
    ...serviceCalls(connection),
    ...clusterCalls(connection),
    ...taskCalls(connection),
    close: () => connection.client.destroy(),
  };
}

// The connection -----------------------------------------------------------------------------------------------

interface Connection {
  readonly client: ECSClient;
  /** Runs one call and turns whatever it throws into an EcsError. */
  readonly call: <T>(operation: string, run: (client: ECSClient) => Promise<T>) => Promise<T>;
}

/**
 * Waits grow between attempts. (The SDK's adaptive mode keeps a whole run slow for the sake of two throttled calls:
 * measured, 9 seconds in place of one.)
 */
const attempts = 8;

function connect(target: EcsTarget): Connection {
  // The SDK's advice about Node versions is for us, not for the users of a command line.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const { endpointUrl, profile } = target;
  if (endpointUrl !== undefined && !/^https?:\/\//i.test(endpointUrl))
    throw new EcsError(
      "BadEndpoint",
      `"${endpointUrl}" is no endpoint URL.`,
      "Write it as http://127.0.0.1:PORT or https://HOST.",
    );
  const region = regionOf(target);
  const client = new ECSClient({
    region,
    maxAttempts: attempts,
    retryMode: "standard",
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
    ...(profile === undefined ? {} : { profile }),
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    ...localCredentials(target),
  });
  failFastWhereNobodyListens(client, target);
  let known: string | undefined;
  const call: Connection["call"] = async (operation, run) => {
    try {
      known ??= await region();
      return await run(client);
    } catch (error) {
      throw toEcsError(error, contextOf(operation, target, known));
    }
  };
  return { client, call };
}

function contextOf(operation: string, target: EcsTarget, region: string | undefined): CallContext {
  return { operation, target, region, profile: target.profile ?? process.env.AWS_PROFILE };
}

/** As the AWS CLI looks for it: the option, two variables, the profile. The local endpoint does with any. */
function regionOf(target: EcsTarget): () => Promise<string> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const written = target.region || AWS_REGION || AWS_DEFAULT_REGION;
  return async () => {
    if (written) return written;
    const asker = new ECSClient(target.profile === undefined ? {} : { profile: target.profile });
    try {
      return await asker.config.region();
    } catch (error) {
      if (isLoopbackEndpoint(target.endpointUrl)) return "us-east-1";
      throw error;
    } finally {
      asker.destroy();
    }
  };
}

/** The local endpoint accepts any credentials; a person without an account has none. */
function localCredentials(target: EcsTarget): Pick<ECSClientConfig, "credentials"> {
  if (!isLoopbackEndpoint(target.endpointUrl)) return {};
  if (target.profile !== undefined || process.env.AWS_ACCESS_KEY_ID) return {};
  return { credentials: { accessKeyId: "local", secretAccessKey: "local" } };
}

/** A refused connection is final, unlike a broken one: without this it would be tried eight times. */
function failFastWhereNobodyListens(client: ECSClient, target: EcsTarget): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ECONNREFUSED")) throw error;
        throw toEcsError(error, contextOf("", target, undefined));
      }
    },
    { step: "deserialize", name: "failFastWhereNobodyListens", priority: "low" },
  );
}

// Task definitions ---------------------------------------------------------------------------------------------

type DefinitionCalls = Pick<EcsPort, "registerTaskDefinition" | "describeTaskDefinition">;

function definitionCalls({ call }: Connection): DefinitionCalls {
  return {
    registerTaskDefinition: (input, signal) =>
      call("RegisterTaskDefinition", async (client) => {
        const answer = await client.send(new RegisterTaskDefinitionCommand(sdkInput(input)), options(signal));
        return registered(answer.taskDefinition, answer.tags);
      }),
    describeTaskDefinition: async (reference, signal) => {
      try {
        return await call("DescribeTaskDefinition", async (client) => {
          const command = new DescribeTaskDefinitionCommand({ taskDefinition: reference, include: ["TAGS"] });
          const answer = await client.send(command, options(signal));
          return registered(answer.taskDefinition, answer.tags);
        });
      } catch (error) {
        // ECS has no exception of its own for it.
        if (error instanceof EcsError && /unable to describe task definition/i.test(error.message))
          return undefined;
        throw error;
      }
    },
  };
}

// Services -----------------------------------------------------------------------------------------------------

type ServiceCalls = Pick<EcsPort, "createService" | "updateService" | "deleteService" | "describeService">;

function serviceCalls({ call }: Connection): ServiceCalls {
  return {
    createService: (input, signal) =>
      call("CreateService", async (client) => {
        const answer = await client.send(new CreateServiceCommand(sdkInput(input)), options(signal));
        return serviceState(answer.service);
      }),
    updateService: (input, signal) =>
      call("UpdateService", async (client) => {
        const answer = await client.send(new UpdateServiceCommand(sdkInput(input)), options(signal));
        return serviceState(answer.service);
      }),
    deleteService: (cluster, service, signal) =>
      call("DeleteService", async (client) => {
        const answer = await client.send(
          new DeleteServiceCommand({ cluster, service, force: true }),
          options(signal),
        );
        return serviceState(answer.service);
      }),
    describeService: (cluster, service, signal) =>
      call("DescribeServices", async (client) => {
        const command = new DescribeServicesCommand({ cluster, services: [service] });
        const found = (await client.send(command, options(signal))).services?.[0];
        return found === undefined ? undefined : serviceState(found);
      }),
  };
}

// Clusters and their instances ---------------------------------------------------------------------------------

type ClusterCalls = Pick<
  EcsPort,
  "listClusters" | "createCluster" | "readCluster" | "captureCluster" | "putAttributes"
>;

function clusterCalls(connection: Connection): ClusterCalls {
  const { call } = connection;
  const capture = async (cluster: string, signal?: AbortSignal) => {
    const [containerInstances, tasks] = await Promise.all([
      describeInstances(connection, cluster, signal),
      listTaskArns(connection, { cluster }, signal).then((arns) =>
        describeTasks(connection, cluster, arns, signal),
      ),
    ]);
    return { containerInstances, tasks: tasks.map(plain) };
  };
  return {
    listClusters: async (signal) => {
      const arns = await pages((nextToken) =>
        call("ListClusters", async (client) => {
          const answer = await client.send(new ListClustersCommand({ nextToken }), options(signal));
          return { items: answer.clusterArns ?? [], nextToken: answer.nextToken };
        }),
      );
      return arns.map((arn) => ({ arn, name: lastPart(arn) }));
    },
    createCluster: (name, signal) =>
      call("CreateCluster", async (client) => {
        const { cluster } = await client.send(
          new CreateClusterCommand({ clusterName: name }),
          options(signal),
        );
        return { name: cluster?.clusterName ?? name, arn: cluster?.clusterArn ?? "" };
      }),
    captureCluster: capture,
    readCluster: async (cluster, signal) =>
      snapshotFromValue(await capture(cluster, signal), lastPart(cluster)).cluster,
    putAttributes: async (cluster, attributes, signal) => {
      await inBatches(attributes, 10, (batch) =>
        call("PutAttributes", async (client) => {
          const command = new PutAttributesCommand({ cluster, attributes: batch.map(sdkAttribute) });
          await client.send(command, options(signal));
          return [];
        }),
      );
    },
  };
}

async function describeInstances(
  { call }: Connection,
  cluster: string,
  signal: AbortSignal | undefined,
): Promise<readonly JsonObject[]> {
  // Without a status ECS lists the instances of every status but INACTIVE.
  const arns = await pages((nextToken) =>
    call("ListContainerInstances", async (client) => {
      const answer = await client.send(
        new ListContainerInstancesCommand({ cluster, nextToken }),
        options(signal),
      );
      return { items: answer.containerInstanceArns ?? [], nextToken: answer.nextToken };
    }),
  );
  return inBatches(arns, 100, (containerInstances) =>
    call("DescribeContainerInstances", async (client) => {
      const command = new DescribeContainerInstancesCommand({
        cluster,
        containerInstances: [...containerInstances],
      });
      const answer = await client.send(command, options(signal));
      return (answer.containerInstances ?? []).map(plain);
    }),
  );
}

function sdkAttribute({ instance, name, value }: AttributeChange) {
  // A long ARN says what it is of; a bare id needs the type beside it.
  const target = instance.startsWith("arn:")
    ? { targetId: instance }
    : { targetId: instance, targetType: "container-instance" as const };
  return { name, ...(value === undefined ? {} : { value }), ...target };
}

// Tasks --------------------------------------------------------------------------------------------------------

function taskCalls(connection: Connection): Pick<EcsPort, "listServiceTasks"> {
  return {
    listServiceTasks: async (cluster, serviceName, desiredStatus, signal) => {
      const arns = await listTaskArns(connection, { cluster, serviceName, desiredStatus }, signal);
      return (await describeTasks(connection, cluster, arns, signal)).map(taskState);
    },
  };
}

interface TaskSelection {
  readonly cluster: string;
  readonly serviceName?: string;
  readonly desiredStatus?: "RUNNING" | "STOPPED";
}

function listTaskArns({ call }: Connection, selection: TaskSelection, signal: AbortSignal | undefined) {
  return pages((nextToken) =>
    call("ListTasks", async (client) => {
      const answer = await client.send(new ListTasksCommand({ ...selection, nextToken }), options(signal));
      return { items: answer.taskArns ?? [], nextToken: answer.nextToken };
    }),
  );
}

function describeTasks(
  { call }: Connection,
  cluster: string,
  arns: readonly string[],
  signal: AbortSignal | undefined,
) {
  return inBatches(arns, 100, (tasks) =>
    call("DescribeTasks", async (client) => {
      const answer = await client.send(
        new DescribeTasksCommand({ cluster, tasks: [...tasks] }),
        options(signal),
      );
      return answer.tasks ?? [];
    }),
  );
}

// What every call needs ----------------------------------------------------------------------------------------

function options(signal: AbortSignal | undefined) {
  return signal === undefined ? {} : { abortSignal: signal };
}

/** Input that comes from a file has whatever type it has: ECS is the judge of it, not our compiler. */
function sdkInput<T>(input: JsonObject): T {
  return input as unknown as T;
}
