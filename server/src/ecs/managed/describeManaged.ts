// A plan for a managed daemon in words. The number of instances that are replaced is in the sentence that is asked.

import type { ManagedPreview } from "../../core/managed/preview";
import { unknownsOfDaemons } from "../../core/managed/unknowns";
import { counted, countText } from "../../core/text/counts";
import type { DaemonPlan } from "./managedReport";

/** One sentence for a question. */
export function planSentence({ kind, name }: DaemonPlan, preview: ManagedPreview): string {
  if (kind === "unchanged") return `The managed daemon ${name} is unchanged: no instance is replaced.`;
  const what = kind === "create" ? "Creates" : "Updates";
  return `${what} the managed daemon ${name}: ${replacementText(preview)}`;
}

/** `37 container instances of 2 capacity providers are drained and replaced, 9 or 10 at a time (25 %).` */
function replacementText({ rollout, providers }: Pick<ManagedPreview, "rollout" | "providers">): string {
  const { replaced } = rollout;
  if (replaced === 0) return "no container instance is replaced.";
  const instances = counted(replaced, "container instance");
  const verb = replaced === 1 ? "is" : "are";
  return `${instances} of ${counted(providers.length, "capacity provider")} ${verb} drained and replaced, ${atOnceText(rollout)} at a time (${rollout.drainPercent} %).`;
}

/** How ECS rounds is not documented: both readings where they differ. */
function atOnceText({ atOnce: { floor, ceiling } }: ManagedPreview["rollout"]): string {
  return floor === ceiling ? countText(floor) : `${countText(floor)} or ${countText(ceiling)}`;
}

/** Lines below the plan's other changes. `protectedTasks`: of services; `undefined` where ECS did not answer. */
export function describeReplacement(
  { kind }: DaemonPlan,
  preview: ManagedPreview,
  protectedTasks: number | undefined,
): readonly string[] {
  if (kind === "unchanged") return [];
  const { rollout, providers, instances } = preview;
  const active = providers.reduce((sum, it) => sum + it.instances, 0);
  if (active === 0)
    return ["no instance: daemons start with the instances that ECS starts for application tasks"];
  const lines = [replacementText(preview)];
  if (rollout.serviceTasksMoved > 0)
    lines.push(`${counted(rollout.serviceTasksMoved, "task")} of services move to other instances`);
  if (protectedTasks === undefined)
    lines.push(
      "whether tasks are protected from scale-in is not known: ecs:GetTaskProtection is not available",
    );
  else if (protectedTasks > 0)
    lines.push(
      `${counted(protectedTasks, "of these tasks is", "of these tasks are")} protected from scale-in`,
    );
  if (rollout.standaloneTasksStopped > 0)
    lines.push(
      `${counted(rollout.standaloneTasksStopped, "standalone task")} will be stopped and not restarted`,
    );
  const most = 10;
  const blocked = instances.filter((it) => it.verdict === "blocked");
  for (const it of blocked.slice(0, most)) lines.push(`blocked ${it.id}: ${it.reasons.join(" ")}`);
  if (blocked.length > most) lines.push(`blocked: and ${countText(blocked.length - most)} more`);
  for (const it of unknownsOfDaemons.slice(0, 3)) lines.push(`not documented: ${it}`);
  return lines;
}
