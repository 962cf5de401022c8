// A deployment's plan in words: what a person reads before saying yes.

import { counted, countText, instanceCount } from "../../core/text/counts";
import type { FailureAction, PlacementDiff, PlanSection, PlanSummary } from "../report";
import type { DeployPlan } from "./deployPlan";
import { changeText, memberChanges } from "./memberChanges";
import type { PlacementOutlook } from "./placementDiff";
import { canonicalDefinition } from "./sameDefinition";
import type { RegisterPlan, ServicePlan } from "./stepPlans";

/** One or two sentences; empty where nothing is known. */
function planSentence({ register, service }: Pick<DeployPlan, "register" | "service">): string {
  const sentences: string[] = [];
  if (register !== undefined) sentences.push(registerSentence(register));
  if (service !== undefined) sentences.push(serviceSentence(service));
  return sentences.join(" ");
}

/** All of the plan that people and their editors need. */
export function summarizePlan(plan: DeployPlan, onFailure: FailureAction = "keep"): PlanSummary {
  const { placement } = plan;
  return {
    sentence: planSentence(plan),
    sections: planSections(plan, onFailure),
    ...(placement === undefined ? {} : { placement: withoutWanted(placement) }),
    seen: plan.seen,
  };
}

function withoutWanted({ wanted: _wanted, ...placement }: PlacementOutlook): PlacementDiff {
  return placement;
}

export function planSections(plan: DeployPlan, onFailure: FailureAction = "keep"): readonly PlanSection[] {
  const { register, service, placement, placementProblem } = plan;
  const sections: PlanSection[] = [];
  if (plan.notes !== undefined && plan.notes.errors.length > 0)
    sections.push({ title: "errors", lines: plan.notes.errors });
  if (plan.notes !== undefined && plan.notes.warnings.length > 0)
    sections.push({ title: "warnings", lines: plan.notes.warnings });
  if (register !== undefined)
    sections.push({
      title: "task definition",
      lines: [registerSentence(register), ...definitionChanges(register)],
    });
  if (service !== undefined)
    sections.push({
      title: "service",
      lines: [serviceSentence(service), ...serviceChanges(service), ...ignoredLines(service)],
    });
  if (placement !== undefined)
    sections.push({ title: "placement", lines: placementLines(placement, restarts(service)) });
  if (placementProblem !== undefined)
    sections.push({ title: "placement", lines: [`Not known: ${placementProblem}`] });
  if (service !== undefined && onFailure !== "keep")
    sections.push({ title: "if not verified", lines: [failureSentence(service, onFailure)] });
  return sections;
}

/** `gains 2 container instances: a, b`, one line each for what there is to say. */
function placementLines(placement: PlacementDiff, keptAreReplaced = false): readonly string[] {
  const { gains, keeps, loses, blocked, unknown } = placement;
  const lines = [`gains ${onInstances(gains)}`];
  const replaced =
    keptAreReplaced && keeps.length > 0 ? " (each task there is stopped, then started again)" : "";
  lines.push(`keeps ${onInstances(keeps)}${replaced}`, `loses ${onInstances(loses)}`);
  if (unknown.length > 0) lines.push(`not decidable on ${onInstances(unknown)}`);
  for (const it of blocked.slice(0, most)) lines.push(`expected on ${it.id}, but cannot run: ${it.reason}`);
  if (blocked.length > most) lines.push(`expected on ${blocked.length - most} more, but cannot run there`);
  if (gains.length + keeps.length + unknown.length + blocked.length === 0)
    lines.push("No container instance matches: the service would run nothing.");
  return lines;
}

/** More ids or changes than these are only counted. */
const most = 5;

function onInstances(ids: readonly string[]): string {
  if (ids.length === 0) return "0 container instances";
  const shown = ids.slice(0, most).join(", ");
  const more = ids.length > most ? `, and ${countText(ids.length - most)} more` : "";
  return `${instanceCount(ids.length)}: ${shown}${more}`;
}

function registerSentence(register: RegisterPlan): string {
  if (register.kind === "unchanged") return "The task definition is registered already.";
  return register.latest === undefined
    ? "The task definition is new."
    : `The task definition gets a new revision, after ${register.latest.family}:${register.latest.revision}.`;
}

function definitionChanges(register: RegisterPlan): readonly string[] {
  if (register.kind === "unchanged" || register.latest === undefined) return [];
  const before = canonicalDefinition(register.latest.definition);
  return limited(memberChanges(before, canonicalDefinition(register.input)).map(changeText));
}

function serviceSentence(service: ServicePlan): string {
  if (service.kind === "create") return `The service ${String(service.input.serviceName)} is created.`;
  const { name } = service.current;
  return service.kind === "unchanged"
    ? `The service ${name} stays as it is.`
    : `The service ${name} is updated (${service.changes.join(", ")}).`;
}

function serviceChanges(service: ServicePlan): readonly string[] {
  if (service.kind !== "update") return [];
  const { changes, current, input } = service;
  const compared = changes.filter((it) => it !== "taskDefinition" && it !== "forceNewDeployment");
  const pick = (from: object) =>
    Object.fromEntries(Object.entries(from).filter(([name]) => compared.includes(name)));
  const lines = memberChanges(pick(current.described ?? {}), pick(input), { onlyWritten: true });
  const revision = `taskDefinition: ${lastPart(current.taskDefinitionArn)} → ${lastPart(String(input.taskDefinition))}`;
  return limited([...(changes.includes("taskDefinition") ? [revision] : []), ...lines.map(changeText)]);
}

/** Nothing of the file is left out in silence. */
function ignoredLines(service: ServicePlan): readonly string[] {
  const names = service.kind === "create" ? [] : (service.ignored ?? []);
  return names.length === 0 ? [] : [`not sent, since only a new service takes it: ${names.join(", ")}`];
}

/** A change of what runs replaces every task; one of counts and percentages alone does not. */
function restarts(service: ServicePlan | undefined): boolean {
  if (service?.kind !== "update") return false;
  const leaveTasksAlone = new Set([
    "deploymentConfiguration",
    "healthCheckGracePeriodSeconds",
    "propagateTags",
  ]);
  return service.changes.some((it) => !leaveTasksAlone.has(it));
}

/** What undoing would do. */
export function failureSentence(service: ServicePlan, action: Exclude<FailureAction, "keep">): string {
  if (action === "remove")
    return service.kind === "create"
      ? "The service is deleted again."
      : "Nothing is removed: only a service that this deployment creates is.";
  return service.kind === "update"
    ? `The service goes back to ${lastPart(service.current.taskDefinitionArn)}.`
    : "There is nothing to roll back to: the service stays as it is then.";
}

function limited(lines: readonly string[]): readonly string[] {
  const all = 40;
  return lines.length <= all
    ? lines
    : [...lines.slice(0, all), `and ${counted(lines.length - all, "more change")}`];
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
