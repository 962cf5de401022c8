// Plans for room in words, before anybody agrees to them: what stops, what remains of its service, who gets the room.

import { countText, memoryText } from "../../core/text/counts";
import { type InstancePlan, instanceName } from "./planInstances";

/** One line for the instance, and one that begins with blanks for each task that stops. */
export function stopLines(planned: InstancePlan): readonly string[] {
  const { missing, plan } = planned;
  const head = `${instanceName(planned)}: missing ${missing.join(", ")}`;
  if (plan.kind === "impossible") return [`${head}. ${plan.reasons.join(" ")}`];
  if (plan.stops.length === 0) return [`${head}. There is room already: nothing has to stop.`];
  return [
    head,
    ...plan.stops.map((it) => {
      const left = `${countText(it.running - 1)} of ${countText(it.desired)}`;
      const after =
        it.replacement === undefined
          ? `no other instance has room for its replacement: ${it.service} stays at ${left} until one has`
          : `its replacement fits on ${it.replacementEc2InstanceId ?? it.replacement}`;
      const race = it.isRaceClosed
        ? "it cannot take the room, since it waits for the daemon"
        : "its replacement may take the room again before the daemon does";
      return `  stops a task of ${it.service} (${memoryText(it.memory)}, up to ${it.stopTimeout} s): ${left} run then; ${after}; ${race}.`;
    }),
  ];
}
