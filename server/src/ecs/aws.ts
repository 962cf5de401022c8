// The one implementation of the port, and the only file that knows the AWS SDK. It is loaded when something talks to
// ECS for the first time, never at start: the build keeps it in a file of its own.

import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteAttributesCommand,
  DeleteServiceCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  type ECSClientConfig,
  ListAttributesCommand,
  ListClustersCommand,
  ListContainerInstancesCommand,
  ListServicesCommand,
  ListTasksCommand,
  PutAttributesCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { type CallContext, toEcsError } from "./awsErrors";
import type { EcsAnswers, EcsCalls, EcsOperation } from "./ecsCalls";
import { EcsError, type EcsPort, type EcsTarget, isLoopbackEndpoint } from "./port";
import { portOf } from "./portOf";
import { createThrottle } from "./throttle";

/**
 * Connects to ECS where `target` says; what it leaves open is the SDK's own chain's business. Nothing is sent before
 * the first call. A loopback endpoint needs no AWS configuration at all.
 */
export function connectEcs(target: EcsTarget, options: ConnectionOptions = {}): EcsPort {
  return portOf(connect(target, options));
}

export interface ConnectionOptions {
  /** How often a call is tried where ECS throttles it or the connection breaks. */
  readonly attempts?: number;
}

/** One class of the SDK for each operation. */
const commands = {
  CreateCluster: CreateClusterCommand,
  CreateService: CreateServiceCommand,
  DeleteAttributes: DeleteAttributesCommand,
  DeleteService: DeleteServiceCommand,
  DescribeContainerInstances: DescribeContainerInstancesCommand,
  DescribeServices: DescribeServicesCommand,
  DescribeTaskDefinition: DescribeTaskDefinitionCommand,
  DescribeTasks: DescribeTasksCommand,
  ListAttributes: ListAttributesCommand,
  ListClusters: ListClustersCommand,
  ListContainerInstances: ListContainerInstancesCommand,
  ListServices: ListServicesCommand,
  ListTasks: ListTasksCommand,
  PutAttributes: PutAttributesCommand,
  RegisterTaskDefinition: RegisterTaskDefinitionCommand,
  UpdateService: UpdateServiceCommand,
} as const satisfies Readonly<Record<EcsOperation, unknown>>;

// The connection -----------------------------------------------------------------------------------------------

/**
 * Waits grow between attempts. (The SDK's adaptive mode keeps a whole run slow for the sake of two throttled calls:
 * measured, 9 seconds in place of one.)
 */
const usualAttempts = 8;

function connect(target: EcsTarget, { attempts = usualAttempts }: ConnectionOptions): EcsCalls {
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
    logger: withoutCallLog,
  });
  failFastWhereNobodyListens(client, target);
  const throttle = isLoopbackEndpoint(endpointUrl) ? undefined : throttleOf(target);
  let known: string | undefined;
  return {
    send: async (operation, input, signal) => {
      try {
        known ??= await region();
        await throttle?.(operation, signal);
        // Input that comes from a file has whatever type it has: ECS is the judge of it, not our compiler.
        const Command = commands[operation] as unknown as new (given: object) => never;
        const options = signal === undefined ? {} : { abortSignal: signal };
        return (await client.send(new Command(input), options)) as EcsAnswers[typeof operation];
      } catch (error) {
        throw toEcsError(error, contextOf(operation, target, known));
      }
    },
    close: () => client.destroy(),
  };
}

/**
 * Without a logger the SDK prepares every answer for one that throws it away: an eighth of the time that reading a large
 * cluster takes. It skips that where there is no `info`.
 */
const withoutCallLog = { debug() {}, warn() {}, error() {} } as unknown as Logger;
type Logger = NonNullable<ECSClientConfig["logger"]>;

/** Connections to the same place share what ECS grants; the editor opens one for each request. */
const throttles = new Map<string, ReturnType<typeof createThrottle>>();

function throttleOf({ profile, region, endpointUrl }: EcsTarget): ReturnType<typeof createThrottle> {
  const key = JSON.stringify([profile, region, endpointUrl]);
  const throttle = throttles.get(key) ?? createThrottle();
  throttles.set(key, throttle);
  return throttle;
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
