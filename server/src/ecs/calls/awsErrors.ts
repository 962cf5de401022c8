// Words of what went wrong on the way to ECS, and what helps: the AWS client throws some forty kinds of
// errors, of which each person meets a few and needs the one command that repairs it.

import { isLoopbackEndpoint, shownEndpoint } from "../../core/text/loopbackEndpoint";
import { EcsError, type EcsTarget } from "../port";

/** What was asked of whom when an error came back. */
export interface CallContext {
  /** The operation's name, which is the IAM action's too: `CreateService`. */
  readonly operation: string;
  readonly target: EcsTarget;
  /** The region that was used, where one was found. */
  readonly region: string | undefined;
  /** The profile that counts: the target's, else the environment's. */
  readonly profile: string | undefined;
}

/** Turns whatever the AWS client threw into an EcsError with a remedy. An EcsError stays what it is. */
export function toEcsError(thrown: unknown, context: CallContext): EcsError {
  if (thrown instanceof EcsError) return thrown;
  const error = factsOf(thrown);
  if (error.name === "AbortError") return new EcsError("AbortError", "Cancelled.");
  return (
    credentialsError(error, context) ??
    permissionError(error, context) ??
    networkError(error, context) ??
    answerError(error, context) ??
    new EcsError(error.name, sentence(error.message))
  );
}

interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  /** Node's code of a failed connection: `ECONNREFUSED`. */
  readonly code: string | undefined;
}

function factsOf(thrown: unknown): ErrorFacts {
  if (!(thrown instanceof Error)) return { name: "Error", message: String(thrown), code: undefined };
  const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : innerCode(thrown);
  return { name: thrown.name, message: thrown.message || thrown.name, code };
}

/** A host with several addresses fails with one error per address, and only those have codes. */
function innerCode(error: Error): string | undefined {
  const inner: unknown = "errors" in error && Array.isArray(error.errors) ? error.errors[0] : undefined;
  return inner instanceof Error && "code" in inner && typeof inner.code === "string" ? inner.code : undefined;
}

function credentialsError({ name, message }: ErrorFacts, context: CallContext): EcsError | undefined {
  const profile = context.profile ?? "default";
  const signIn = { kind: "signIn", profile, isCertain: true } as const;
  if (
    (/\bsso\b/i.test(message) && /expired|invalid|refresh|login|not found/i.test(message)) ||
    (name === "UnauthorizedException" && /session token/i.test(message))
  )
    return new EcsError("ExpiredSsoSession", `The SSO session of profile "${profile}" has expired.`, signIn);
  if (name === "TokenProviderError") return new EcsError(name, sentence(message), signIn);
  if (/MultiFactorAuthentication failed/i.test(message))
    return new EcsError(
      "MfaCodeRejected",
      "AWS does not accept the MFA code.",
      "Try again with the next code of the device; each code counts only once.",
    );
  if (/^(ExpiredToken|ExpiredTokenException|RequestExpired)$/.test(name))
    return new EcsError(name, "The AWS credentials have expired.", { ...signIn, isCertain: false });
  if (
    /^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|IncompleteSignature|SignatureDoesNotMatch|AuthFailure)$/.test(
      name,
    )
  )
    return new EcsError(
      name,
      `AWS does not accept the credentials: ${sentence(message)}`,
      "Check the access key of the profile or of the environment.",
    );
  if (name !== "CredentialsProviderError") return undefined;
  if (/MFA|mfa/.test(message))
    return new EcsError(name, sentence(message), "Sign in with the AWS CLI first.");
  return new EcsError(
    "NoCredentials",
    context.profile === undefined
      ? "No AWS credentials were found."
      : `No AWS credentials were found for the profile "${context.profile}".`,
    { kind: "chooseProfile" },
  );
}

function permissionError({ name, message }: ErrorFacts, context: CallContext): EcsError | undefined {
  if (!/^AccessDenied/.test(name) && !/not authorized to perform/.test(message)) return undefined;
  const action = /perform: ?([a-z0-9-]+:[A-Za-z*]+)/.exec(message)?.[1] ?? `ecs:${context.operation}`;
  return new EcsError(name, sentence(message), `Ask for a policy that allows the action ${action}.`);
}

function networkError({ name, message, code }: ErrorFacts, context: CallContext): EcsError | undefined {
  const { endpointUrl } = context.target;
  const where = shownPlace(context.target) ?? `the ECS endpoint of the Region "${context.region ?? "?"}"`;
  if (/Region is missing/i.test(message) || name === "RegionMissing")
    return new EcsError("RegionMissing", "No AWS Region is set.", { kind: "chooseRegion" });
  if ((code === "ENOTFOUND" || code === "EAI_AGAIN") && endpointUrl === undefined)
    return new EcsError(
      "UnknownEndpoint",
      `There is no ECS endpoint for the Region "${context.region ?? "?"}", or no network to reach it.`,
      "Check the Region's spelling, for example eu-west-1, and the connection.",
    );
  if (
    code === "ECONNREFUSED" ||
    code === "ENOTFOUND" ||
    code === "EAI_AGAIN" ||
    code === "EHOSTUNREACH" ||
    code === "ENETUNREACH"
  )
    return new EcsError(
      "Unreachable",
      `Nothing answers at ${where}.`,
      isLoopbackEndpoint(endpointUrl) ? { kind: "startLocal" } : "Check the address and the connection.",
    );
  if (code === "ECONNRESET" || code === "EPIPE" || code === "ETIMEDOUT" || name === "TimeoutError")
    return new EcsError("ConnectionLost", `The connection to ${where} broke during ${context.operation}.`, {
      kind: "repeat",
      later: false,
    });
  return undefined;
}

function shownPlace({ endpointUrl }: CallContext["target"]): string | undefined {
  return endpointUrl === undefined ? undefined : shownEndpoint(endpointUrl);
}

function answerError({ name, message }: ErrorFacts, context: CallContext): EcsError | undefined {
  if (/Throttl|TooManyRequests|RequestLimitExceeded/.test(name))
    return new EcsError(name, `ECS throttles ${context.operation}, also after several attempts.`, {
      kind: "repeat",
      later: true,
    });
  if (name === "ClusterNotFoundException")
    return new EcsError(name, "ECS knows no cluster of that name here.", { kind: "findCluster" });
  if (name === "SyntaxError" || /Deserialization|Unexpected token/.test(message))
    return new EcsError(
      "NotEcs",
      `${shownPlace(context.target) ?? "The endpoint"} does not answer as ECS does.`,
      "Check the endpoint's address.",
    );
  return undefined;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
