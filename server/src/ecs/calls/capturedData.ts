// What of an answer goes into a snapshot that is passed on: everything but secrets.

import { withoutSecrets } from "../../core/secrets/hideSecrets";
import { notShown } from "../../core/secrets/redact";
import { withoutSecretParts } from "../../core/secrets/secretText";
import { isSurelySecret } from "../../core/secrets/secretValues";
import type { JsonObject } from "../port";

/** A task without the secrets that it was started with, that its tags hold or that a reason quotes. */
export function capturedTask(task: JsonObject): JsonObject {
  const { overrides, tags, stoppedReason, containers } = task;
  return {
    ...task,
    ...(overrides ? { overrides: hidden(overrides) } : {}),
    ...(tags ? { tags: hidden(tags) } : {}),
    ...(typeof stoppedReason === "string" ? { stoppedReason: withoutSecretParts(stoppedReason) } : {}),
    ...(Array.isArray(containers) ? { containers: containers.map(withoutReason) } : {}),
  };
}

/**
 * A container instance without the secrets in its tags. Placement depends on the attributes: only a value that is
 * surely a secret is taken out of them.
 */
export function capturedInstance(instance: JsonObject): JsonObject {
  const { tags, attributes } = instance;
  return {
    ...instance,
    ...(tags ? { tags: hidden(tags) } : {}),
    ...(Array.isArray(attributes) ? { attributes: attributes.map(withoutSecretValue) } : {}),
  };
}

const hidden = (value: unknown): unknown => withoutSecrets(value, () => notShown);

function withoutReason(container: unknown): unknown {
  const { reason } = container as JsonObject;
  return typeof reason === "string"
    ? { ...(container as object), reason: withoutSecretParts(reason) }
    : container;
}

function withoutSecretValue(attribute: unknown): unknown {
  const { name, value } = attribute as JsonObject;
  const isSecret = typeof name === "string" && typeof value === "string" && isSurelySecret(name, value);
  return isSecret ? { ...(attribute as object), value: notShown } : attribute;
}
