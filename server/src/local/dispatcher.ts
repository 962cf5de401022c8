// From a request's target and body to an answer: finds the operation, applies faults, turns errors into ECS's form.

import { redactorOf } from "../core/secrets/hideSecrets";
import { accessDenied, EcsException, serializationException, throttled, unsupportedFeature } from "./errors";
import { newUuid } from "./ids";
import type { Operation } from "./operation";
import {
  ecsOperations,
  ecsTarget,
  localOperations,
  localTarget,
  ofEveryRegion,
  unsupportedOperations,
} from "./operations";
import type { Region, Regions } from "./regions";
import { refuseForeignArns } from "./request/foreignArns";
import { isObject, type JsonObject } from "./request/input";
import { refuseWrongTypes } from "./request/refuseWrongTypes";
import { takeCallFault } from "./scheduling/faults";
import { isOverLimit } from "./scheduling/requestLimits";

export interface Request {
  /** `X-Amz-Target` */
  readonly target: string;
  readonly body: string;
  /** `undefined` where the client signs nothing: then it gets ARNs of the home Region, us-east-1 without one. */
  readonly signedRegion: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
  readonly requestId: string;
  /** The exception's name, for a header of its own. */
  readonly errorType?: string;
  /** What a fault asks of the connection. */
  readonly connection?: { readonly kind: "reset" } | { readonly kind: "delay"; readonly seconds: number };
}

export type Dispatch = (request: Request) => Answer;

export function createDispatcher(regions: Regions, onFailure: (error: unknown) => void): Dispatch {
  return (request) => {
    const requestId = newUuid();
    try {
      const region = regions.of(request.signedRegion);
      const fault = faultOf(region, request);
      if (fault?.effect === "throttle") throw throttled();
      if (fault?.effect === "serverError") {
        throw new EcsException("ServerException", "Service Unavailable. Please try again later.", 500);
      }
      if (fault?.effect === "accessDenied") throw accessDenied(request.target);
      const { signedRegion, target } = request;
      const operationName = target.slice(target.indexOf(".") + 1);
      const [operation, input] = [operationOf(target), inputOf(operationName, request.body)];
      refuseWrongTypes(operationName, input);
      refuseForeignArns(input, signedRegion);
      const name = signedRegion ?? regions.homeName() ?? "us-east-1";
      const body = region.engine.run(operation, input, name);
      if (ofEveryRegion.has(operation))
        for (const other of regions.all()) if (other !== region) other.engine.run(operation, input, name);
      const answer = { status: 200, body, requestId };
      if (fault?.effect === "reset") return { ...answer, connection: { kind: "reset" } };
      if (fault?.effect === "delay") {
        return { ...answer, connection: { kind: "delay", seconds: fault.seconds ?? 1 } };
      }
      return answer;
    } catch (error) {
      return errorAnswer(error, requestId, onFailure, request.body);
    }
  };
}

/** A reset comes after the work was done: a client that asks again has to cope with what it did already. */
function faultOf({ world, engine }: Region, { target }: Request) {
  const [service, operation = ""] = target.split(".");
  if (service !== ecsTarget) return undefined;
  if (isOverLimit(world, operation)) throw throttled();
  return engine.change(() => takeCallFault(world, operation));
}

function operationOf(target: string): Operation {
  const dot = target.indexOf(".");
  const [service, name] = [target.slice(0, dot), target.slice(dot + 1)];
  const table = service === ecsTarget ? ecsOperations : service === localTarget ? localOperations : undefined;
  const operation = table?.get(name);
  if (operation !== undefined) return operation;
  if (service === ecsTarget && unsupportedOperations.has(name)) {
    throw unsupportedFeature(`${name} is not supported by the local endpoint.`);
  }
  throw new EcsException(
    "UnknownOperationException",
    `There is no operation ${name || target || "without a name"}.`,
  );
}

function inputOf(operation: string, body: string): JsonObject {
  if (body.trim() === "") return {};
  if (isTooDeep(body)) throw serializationException("The request body is nested too deeply.");
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    throw serializationException("The request body is not JSON.");
  }
  if (mayOverflow.test(body) && holdsInfinity(input))
    throw serializationException("The request body has a number that is too large.");
  // Seen in aws-actions/amazon-ecs-deploy-task-definition#610.
  if (Array.isArray(input))
    throw serializationException(
      `Unrecognized collection type class com.amazonaws.madison.frontend.${operation}Request`,
    );
  if (!isObject(input)) throw serializationException("The request body is not a JSON object.");
  return input;
}

/** Numbers that are infinite once they are read: few bodies have one of so many digits. */
const mayOverflow = /[eE]\+?\d{3}|\d{300}/;

function holdsInfinity(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsInfinity);
}

/** No input of the API is deeper than a dozen levels; a tower of brackets would only exhaust the stack later. */
const deepest = 64;

function isTooDeep(body: string): boolean {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < body.length; index += 1) {
    const character = body.charCodeAt(index);
    if (inText) {
      if (character === 0x5c) index += 1;
      else if (character === 0x22) inText = false;
    } else if (character === 0x22) inText = true;
    else if (character === 0x5b || character === 0x7b) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (character === 0x5d || character === 0x7d) depth -= 1;
  }
  return false;
}

function errorAnswer(
  error: unknown,
  requestId: string,
  onFailure: (error: unknown) => void,
  requestBody: string,
): Answer {
  if (error instanceof EcsException) {
    return {
      status: error.status,
      body: { __type: error.name, message: withoutSecretsOf(requestBody, error.message), ...error.details },
      requestId,
      errorType: error.name,
    };
  }
  onFailure(error);
  const message = "The local endpoint failed. See its log.";
  return {
    status: 500,
    body: { __type: "ServerException", message },
    requestId,
    errorType: "ServerException",
  };
}

/** Refusals quote what was sent, and clients print them. */
function withoutSecretsOf(body: string, message: string): string {
  try {
    return redactorOf(JSON.parse(body))(message);
  } catch {
    return message;
  }
}
