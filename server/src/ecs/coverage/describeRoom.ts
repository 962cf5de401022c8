// Plans for room in words, before anybody agrees to them: what stops, what remains of its service, who gets the room.

import { countText, cpuText, durationText, memoryText } from "../../core/text/counts";
import { type InstancePlan, instanceName } from "./planInstances";

/**
 * One line for the instance, and one that begins with blanks for each task that stops. `now`: milliseconds since 1970-01-01
 * UTC.
 */
export function stopLines(planned: InstancePlan, now: number): readonly string[] {
  const { missing, plan, lastInZone } = planned;
  const head = `${instanceName(planned)}: missing ${missing.join(", ")}`;
  if (plan.kind === "impossible") return [`${head}. ${plan.reasons.join(" ")}`];
  if (plan.stops.length === 0) return [`${head}. There is room already: nothing has to stop.`];
  return [
    head,
    ...plan.stops.map((it, index) => {
      // Each line is about what the lines before it have left.
      const stops = plan.stops.slice(0, index + 1).filter((other) => other.service === it.service).length;
      const left = `${countText(it.running - stops)} of ${countText(it.desired)}`;
      const after =
        it.replacement === undefined
          ? `no other instance has room for its replacement: ${it.service} stays at ${left} until one has`
          : `its replacement fits on ${it.replacementEc2InstanceId ?? it.replacement}`;
      const race = it.isRaceClosed
        ? "it cannot take the room, since it waits for the daemon"
        : "its replacement may take the room again before the daemon does";
      const age =
        it.startedAt === undefined ? "" : `started ${durationText(now - Date.parse(it.startedAt))} ago, `;
      const zone = lastInZone?.services.includes(it.service)
        ? ` Until it is replaced there, no task of ${it.service} runs in ${lastInZone.zone}.`
        : "";
      return `  stops a task of ${it.service} (${cpuText(it.cpu)}, ${memoryText(it.memory)}, ${age}up to ${it.stopTimeout} s): ${left} run then (minimum ${countText(it.least)}); ${after}; ${race}.${zone}`;
    }),
  ];
}

/** What draining the instance does to whom. */
export function drainLine(planned: InstancePlan): string {
  return `${instanceName(planned)}: missing ${planned.missing.join(", ")}. Draining moves the tasks of replica services away, and stops its daemons for a while; standalone tasks stay. Then it takes tasks again. While it is empty, its Auto Scaling group may remove it.`;
}
