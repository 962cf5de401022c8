// Questions about what a task definition uses, from which the table of required capabilities is made.

import { asFilledText, member, type PlainObject } from "../text/plainValue";
import { type DefinitionView, objectsAt, textAt } from "./definitionView";

/** Whether a definition uses something. */
export type Usage = (view: DefinitionView) => boolean;

/** Some container definition does. */
export function anyContainer(uses: (container: PlainObject) => boolean): Usage {
  return (view) => view.containers.some(uses);
}

/** Some volume does. */
export function anyVolume(uses: (volume: PlainObject) => boolean): Usage {
  return (view) => view.volumes.some(uses);
}

/** Some secret of a container, in the list at that path, comes from such a place. */
export function anySecret(matches: (valueFrom: string) => boolean, ...path: readonly string[]): Usage {
  return anyContainer((container) =>
    objectsAt(container, ...path).some((secret) => {
      const valueFrom = asFilledText(member(secret, "valueFrom"));
      return valueFrom !== undefined && matches(valueFrom);
    }),
  );
}

/** The ARN of a secret of AWS Secrets Manager. */
export function isSecretsManager(valueFrom: string): boolean {
  return /^arn:[\w-]+:secretsmanager:/.test(valueFrom);
}

/** Some of Docker's security options reads so. */
export function anySecurityOption(pattern: RegExp): Usage {
  return anyContainer((it) =>
    listedTexts(member(it, "dockerSecurityOptions")).some((text) => pattern.test(text)),
  );
}

function listedTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((it): it is string => typeof it === "string") : [];
}

/** The ARN or the name of a parameter of the SSM Parameter Store; a template is neither. */
export function isParameterStore(valueFrom: string): boolean {
  return /^(?:arn:[\w-]+:ssm:|[\w./-]+$)/.test(valueFrom);
}

/** A gMSA credential specification of that kind, in the member for it or among Docker's security options. */
export function credentialSpec(prefix: string): Usage {
  return anyContainer((it) =>
    [...listedTexts(member(it, "credentialSpecs")), ...listedTexts(member(it, "dockerSecurityOptions"))].some(
      (text) => text.startsWith(prefix),
    ),
  );
}

/** A member that is written and not null. */
export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** An execution role is named. */
export function hasExecutionRole(view: DefinitionView): boolean {
  return textAt(view.task, "executionRoleArn") !== undefined;
}

/** A private registry of Amazon ECR, in any partition and with dual-stack or FIPS names; the public gallery needs no login. */
const ecrImage =
  /^\d{12}\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com|amazonaws\.com\.cn|on\.aws|on\.amazonwebservices\.com\.cn)\//;

/** Some image comes from a private Amazon ECR registry. */
export function usesEcr(view: DefinitionView): boolean {
  return view.containers.some((it) => ecrImage.test(textAt(it, "image") ?? ""));
}
