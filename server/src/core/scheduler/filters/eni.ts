// A task in awsvpc mode takes one of the instance's elastic network interfaces; one is the instance's own. What types
// outside our table have is not known, and gives no reason; neither does an instance with trunking, which has many more.

import { instanceTypes } from "../../cluster/instanceTypes";
import { holdsRoom } from "../../cluster/taskRoom";
import { accepted, type Filter, type FilterContext } from "./filter";
import { unknownReason } from "./unknownReason";

export const eni: Filter = {
  name: "eni",
  check: ({ daemon, instance, free }) => {
    const { enis, unknown } = daemon.service.requirements;
    const requested = unknown?.networkMode === undefined ? enis : 1;
    const known = requested === 0 ? undefined : networkInterfaces({ instance, free });
    if (known === undefined || known.available >= requested) return accepted;
    const { type, available } = known;
    if (unknown?.networkMode !== undefined) {
      const room = `with awsvpc the task needs a network interface, and all ${type.enis} of ${type.name} are taken`;
      return [unknownReason("eni", unknown.networkMode, room, available)];
    }
    return [
      {
        filter: "eni",
        code: "insufficient-eni",
        message: `The task needs a network interface of its own (awsvpc), and all ${type.enis} of ${type.name} are taken.`,
        requested,
        available,
        remedy:
          "Stop a task in awsvpc mode there, turn on ENI trunking where the instance type supports it, or use network mode host or bridge.",
      },
    ];
  },
};

/** Network interfaces that tasks may have, and how many are left; `undefined` where nobody knows. */
export function networkInterfaces({ instance, free }: Pick<FilterContext, "instance" | "free">) {
  const type = instanceTypes.get(instance.attributes.get("ecs.instance-type") ?? "");
  if (type === undefined || instance.attributes.has("ecs.awsvpc-trunk-id")) return undefined;
  const taken = (instance.tasks ?? [])
    .filter((it) => holdsRoom(it) && !free.givenBack.includes(it))
    .reduce((sum, it) => sum + (it.enis ?? 0), 0);
  const whole = type.enis - 1;
  return { type, whole, available: Math.max(0, whole - taken) };
}
