// The health of a container instance: its agent's connection, and the daemons of a Managed Instance.

import { seconds } from "../operation";
import type { JsonObject } from "../request/input";
import { daemonTaskOn, isManaged, isRunning } from "../scheduling/managed/managedInstances";
import type { InstanceRecord } from "../state/records";
import type { World } from "../state/world";

type State = "OK" | "IMPAIRED" | "INSUFFICIENT_DATA" | "INITIALIZING";

export function instanceHealth(world: World, instance: InstanceRecord): JsonObject {
  const agent: State = instance.agentConnected ? "OK" : "INSUFFICIENT_DATA";
  if (!isManaged(instance)) return { overallStatus: agent };
  const daemons = instance.managed.daemons.map(({ daemon, reason }) => {
    const task = daemonTaskOn(world, instance.id, daemon);
    const name = daemon.slice(daemon.indexOf("/") + 1);
    if (isRunning(task)) return { state: "OK" as const, text: undefined };
    const isStarting =
      task?.lastStatus === "PENDING" || (instance.status === "REGISTERING" && reason === undefined);
    if (isStarting) return { state: "INITIALIZING" as const, text: `The daemon ${name} is starting.` };
    return {
      state: "IMPAIRED" as const,
      text: `The daemon ${name} is not running${reason === undefined ? "" : `: ${reason}`}.`,
    };
  });
  const worst = (["IMPAIRED", "INITIALIZING"] as const).find((it) => daemons.some((one) => one.state === it));
  const texts = daemons.flatMap((it) => (it.text === undefined ? [] : [it.text]));
  const detail = (type: string, status: State, statusReason?: string) => ({
    type,
    status,
    ...(statusReason === undefined ? {} : { statusReason }),
    lastUpdated: seconds(world.now()),
  });
  return {
    overallStatus: agent === "OK" ? (worst ?? "OK") : agent,
    details: [
      detail("AGENT_CONNECTIVITY", agent),
      detail("CONTAINER_RUNTIME", "OK"),
      ...(daemons.length === 0 ? [] : [detail("DAEMON", worst ?? "OK", texts.join(" ") || undefined)]),
    ],
  };
}
