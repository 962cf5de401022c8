// The one implementation of the port, by the AWS SDK, which is loaded when something talks to ECS for the first time, never
// at start.

import type { ECSClientConfig } from "@aws-sdk/client-ecs";
import { redactorOf } from "../core/secrets/hideSecrets";
import { isLoopbackEndpoint, shownEndpoint } from "../core/text/loopbackEndpoint";
import { type CallContext, toEcsError } from "./calls/awsErrors";
import type { EcsAnswers, EcsCalls, EcsOperation } from "./calls/ecsCalls";
import { portOf } from "./calls/portOf";
import { changes, isLostAnswer, mayBeRepeated } from "./calls/repeating";
import { throttleFor } from "./calls/sharedThrottles";
import { EcsError, type EcsPort, type EcsTarget, isCancellation, type JsonObject } from "./port";
import { refuseUnknownProperties } from "./unknownProperties";

type Sdk = typeof import("./awsSdk");
type Client = InstanceType<Sdk["ECSClient"]>;

/**
 * Connects to ECS where `target` says; what it leaves open is the SDK's own chain's business. Nothing is sent before
 * the first call. A loopback endpoint needs no AWS configuration at all.
 */
export async function connectEcs(target: EcsTarget, options: ConnectionOptions = {}): Promise<EcsPort> {
  return portOf(connect(await import("./awsSdk"), target, options));
}

export interface ConnectionOptions {
  /** How often a call is tried where ECS throttles it or the connection breaks. */
  readonly attempts?: number;
  /** Asks a person for the code of that device. Without it a profile that needs one cannot be used. */
  readonly mfaCode?: ((device: string) => Promise<string>) | undefined;
  /** Called before each call is sent; what it throws is the answer. */
  readonly onCall?: ((operation: EcsOperation) => void) | undefined;
}

// The connection -----------------------------------------------------------------------------------------------

/**
 * Waits grow between attempts. (The SDK's adaptive mode keeps a whole run slow for the sake of two throttled calls:
 * measured, 9 seconds in place of one.)
 */
const usualAttempts = 8;

function connect({ ECSClient, commands }: Sdk, target: EcsTarget, options: ConnectionOptions): EcsCalls {
  // The SDK's advice about Node versions is for us, not for the users of a command line.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const { endpointUrl, profile } = target;
  if (endpointUrl !== undefined && !/^https?:\/\//i.test(endpointUrl))
    throw new EcsError(
      "BadEndpoint",
      `"${shownEndpoint(endpointUrl)}" is not a valid endpoint URL.`,
      "Write it as http://127.0.0.1:PORT or https://HOST.",
    );
  const region = regionOf(ECSClient, target);
  const client = new ECSClient({
    region,
    maxAttempts: options.attempts ?? usualAttempts,
    retryMode: "standard",
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
    ...(profile === undefined ? {} : { profile }),
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    ...(sharedCredentials(target) ?? mfaOption(options)),
    logger: withoutCallLog,
  });
  shareCredentials(target, client);
  failFastWhereNobodyListens(client, target);
  sendExactly(client);
  repeatOnlyWhatIsIdempotent(client);
  const throttle = isLoopbackEndpoint(endpointUrl) ? undefined : throttleFor(target);
  let known: string | undefined;
  return {
    send: async (operation, input, signal) => {
      try {
        refuseUnknownProperties(operation, input);
        options.onCall?.(operation);
        known ??= await region();
        await throttle?.before(operation, signal);
        // Input that comes from a file has whatever type it has: ECS is the judge of it, not our compiler.
        const Command = commands[operation] as unknown as new (given: object) => never;
        const sending = signal === undefined ? {} : { abortSignal: signal };
        const answer: object = await client.send(new Command(input), sending);
        throttle?.after(answer);
        return answer as EcsAnswers[typeof operation];
      } catch (error) {
        const problem = withoutSecretsOf(input, toEcsError(error, contextOf(operation, target, known)));
        if (isAboutCredentials(problem)) forgetCredentials(target);
        throw isAfterLoss(error) && !isCancellation(problem) ? lostBefore(operation, problem) : problem;
      }
    },
    close: () => client.destroy(),
  };
}

/** ECS quotes what it refuses. */
function withoutSecretsOf(input: JsonObject, { name, message, remedy }: EcsError): EcsError {
  return new EcsError(name, redactorOf(input)(message), remedy);
}

/**
 * Without a logger the SDK prepares every answer for one that throws it away: an eighth of the time that reading a large
 * cluster takes. It skips that where there is no `info`.
 */
const withoutCallLog = { debug() {}, warn() {}, error() {} } as unknown as Logger;
type Logger = NonNullable<ECSClientConfig["logger"]>;

function contextOf(operation: string, target: EcsTarget, region: string | undefined): CallContext {
  return { operation, target, region, profile: target.profile ?? process.env.AWS_PROFILE };
}

/** As the AWS CLI looks for it: the option, two variables, the profile. The local endpoint does with any. */
function regionOf(ECSClient: Sdk["ECSClient"], target: EcsTarget): () => Promise<string> {
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

// Credentials --------------------------------------------------------------------------------------------------

type Credentials = Pick<ECSClientConfig, "credentials">;

/**
 * What the chain of one connection has found holds for the next one: the editor connects for each request, and nobody
 * wants to type an MFA code for each of them.
 */
const found = new Map<string, NonNullable<ECSClientConfig["credentials"]>>();

/** `undefined` where the SDK's chain has to look. The local endpoint accepts any; a person without an account has none. */
function sharedCredentials(target: EcsTarget): Credentials | undefined {
  const isKnownByName = target.profile !== undefined || process.env.AWS_ACCESS_KEY_ID;
  if (isLoopbackEndpoint(target.endpointUrl) && !isKnownByName)
    return { credentials: { accessKeyId: "local", secretAccessKey: "local" } };
  const credentials = found.get(credentialsKey(target));
  return credentials === undefined ? undefined : { credentials };
}

function shareCredentials(target: EcsTarget, client: Client): void {
  if (!isLoopbackEndpoint(target.endpointUrl)) found.set(credentialsKey(target), client.config.credentials);
}

function forgetCredentials(target: EcsTarget): void {
  found.delete(credentialsKey(target));
}

/** What decides about credentials: the profile, and the environment that names another one or a key. */
function credentialsKey({ profile }: EcsTarget): string {
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = process.env;
  return JSON.stringify([
    profile,
    AWS_PROFILE,
    AWS_ACCESS_KEY_ID,
    AWS_CONFIG_FILE,
    AWS_SHARED_CREDENTIALS_FILE,
  ]);
}

function isAboutCredentials({ name }: EcsError): boolean {
  return /Expired|Credentials|Token|Signature|AuthFailure|Mfa|AbortError/.test(name);
}

/** The SDK hands members of its configuration on to the chain of credentials; its types do not say so. */
function mfaOption({ mfaCode }: ConnectionOptions): Credentials {
  return mfaCode === undefined ? {} : ({ mfaCodeProvider: mfaCode } as Credentials);
}

/** A refused connection is final, unlike a broken one: without this it would be tried eight times. */
function failFastWhereNobodyListens(client: Client, target: EcsTarget): void {
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

// What is sent ---------------------------------------------------------------------------------------------------

interface SentRequest {
  body?: unknown;
  readonly headers: Record<string, string>;
}

/** The client leaves out nulls, and reads what has another type than expected in its own way. ECS gets what was given. */
function sendExactly(client: Client): void {
  client.middlewareStack.add(
    (next) => (args) => {
      const { request } = args as { readonly request?: SentRequest };
      if (request?.body !== undefined) {
        request.body = JSON.stringify(args.input);
        request.headers["content-length"] = String(Buffer.byteLength(request.body as string));
      }
      return next(args);
    },
    { step: "build", name: "sendExactly", priority: "high" },
  );
}

/** Errors of calls that were repeated because an answer was lost, and then failed in another way. */
const afterLoss = new WeakSet<object>();
const isAfterLoss = (error: unknown): boolean =>
  typeof error === "object" && error !== null && afterLoss.has(error);

/**
 * Where the answer is lost, ECS may have done it: whoever asked has to look. What is throttled was not done, but for an
 * attempt before it whose answer was lost.
 */
function repeatOnlyWhatIsIdempotent(client: Client): void {
  const lost = new WeakSet<object>();
  client.middlewareStack.add(
    (next, context) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (!isLostAnswer(error)) throw error;
        lost.add(context);
        if (mayBeRepeated(context.commandName, args.input)) throw error;
        throw new EcsError(
          "AnswerLost",
          `The answer of ECS to ${operationOf(context.commandName)} was lost: whether it was done is not known.`,
          "Run the same command again: it continues from what was reached.",
        );
      }
    },
    { step: "finalizeRequest", name: "repeatOnlyWhatIsIdempotent", priority: "low" },
  );
  client.middlewareStack.add(
    (next, context) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        const isOther = error instanceof Error && !(error instanceof EcsError) && !isLostAnswer(error);
        if (isOther && lost.has(context) && changes(operationOf(context.commandName))) afterLoss.add(error);
        throw error;
      }
    },
    { step: "initialize", name: "rememberLostAnswers" },
  );
}

const operationOf = (command: unknown): string => String(command).replace(/Command$/, "");

function lostBefore(operation: string, { message, remedy }: EcsError): EcsError {
  const text = `The answer of ECS to ${operation} was lost, so whether it was done is not known. Repeated, it failed: ${message}`;
  return new EcsError("AnswerLost", text, remedy);
}
