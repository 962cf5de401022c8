// Small inputs for tests of rules, and what is found in them.

import assert from "node:assert/strict";
import { openResource } from "../../server/src/core/resources/resource";
import type { Code } from "../../server/src/core/rules/catalogue";
import type { Diagnostic } from "../../server/src/core/rules/diagnostic";
import { validateDocument } from "../../server/src/core/rules/validate";
import type { ValidationContext } from "../../server/src/core/rules/validationContext";
import { applyEdits } from "./markers";

export const times = <Item>(count: number, item: (index: number) => Item): readonly Item[] =>
  Array.from({ length: count }, (_, index) => item(index));
export const text = (length: number) => "a".repeat(length);

export const definition = (more: object, container: object = {}) => ({
  family: "agent",
  containerDefinitions: [{ name: "agent", image: "agent:1", memory: 128, ...container }],
  ...more,
});
export const container = (more: object) => definition({}, more);
/** A task of several containers, the first of which is called agent, the next ones c1, c2 … */
export const containers = (...each: readonly object[]) => ({
  family: "agent",
  containerDefinitions: each.map((it, at) => ({
    name: at === 0 ? "agent" : `c${at}`,
    image: "agent:1",
    memory: 128,
    ...it,
  })),
});
export const fargate = (more: object, inContainer: object = {}) =>
  definition(
    { requiresCompatibilities: ["FARGATE"], networkMode: "awsvpc", cpu: "256", memory: "512", ...more },
    inContainer,
  );
export const service = (more: object) => ({
  serviceName: "agent",
  taskDefinition: "agent",
  schedulingStrategy: "REPLICA",
  ...more,
});
export const daemon = (more: object) => service({ schedulingStrategy: "DAEMON", ...more });

/** An unknown value, for which a placeholder stands. */
export const unknown = "${UNKNOWN}";

const serviceSigns = ["serviceName", "service"];
const fileNameOf = (document: object) =>
  serviceSigns.some((it) => it in document) ? "agent.service.json" : "agent.taskdef.json";

export function diagnosticsOf(
  document: object,
  context: ValidationContext = {},
  fileName = fileNameOf(document),
): readonly Diagnostic[] {
  const strict: ValidationContext = {
    onRuleFault: (codes, fault) => assert.fail(`${codes}: ${String(fault)}`),
    ...context,
  };
  return validateDocument(openResource(fileName, textOf(document)), strict);
}

export const textOf = (document: object) => JSON.stringify(document, undefined, 2);

export const found = (document: object, context?: ValidationContext, fileName?: string): readonly Code[] =>
  diagnosticsOf(document, context, fileName).map((it) => it.code);

/** A workspace with this task definition, to which every service refers. */
export function withTask(task: object, ...services: readonly object[]): ValidationContext {
  const document = openResource("agent.taskdef.json", textOf(task));
  const found = services.map((it) => openResource("agent.service.json", textOf(it)));
  return { findTaskDefinition: () => document, findServices: () => found };
}

/**
 * Each diagnostic in a line: its code, the text that it is shown at, the texts it refers to, and the titles of its fixes,
 * safe ones with an exclamation mark.
 */
export function lines(document: object, context?: ValidationContext, fileName?: string): readonly string[] {
  const whole = textOf(document);
  const at = ({ start, end }: { start: number; end: number }) =>
    whole.slice(start, end).replace(/\s+/g, " ").replace(/^"|"$/g, "");
  return diagnosticsOf(document, context, fileName).map(({ code, span, related = [], fixes = [] }) => {
    const seen = related.map((it) => (it.file === undefined ? at(it.span) : it.file)).join(", ");
    const titles = fixes.map(({ title, safe }) => (safe ? `!${title}` : title)).join(" | ");
    return `${code} at ${at(span)}${seen && ` (${seen})`}${titles && `: ${titles}`}`;
  });
}

/** What is wrong, in the words of messages. */
export const messages = (document: object, context?: ValidationContext, fileName?: string) =>
  diagnosticsOf(document, context, fileName).map((it) => it.message);

/** The input after the fix of that title. */
export function afterFix(document: object, title: string, fileName?: string): unknown {
  const fixes = diagnosticsOf(document, {}, fileName).flatMap((it) => it.fixes ?? []);
  const [chosen] = fixes.filter((it) => it.title === title);
  assert.ok(chosen, `${title} is one of ${fixes.map((it) => it.title)}`);
  return JSON.parse(applyEdits(textOf(document), chosen.edits));
}

/** A context with these documents of managed daemons, by file name. */
export function withManaged(files: Readonly<Record<string, object>>): ValidationContext {
  const documents = Object.entries(files).map(([name, document]) => openResource(name, textOf(document)));
  return { managed: { documents } };
}
