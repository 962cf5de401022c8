// The user that a container runs as.

import { taskDefinitionView } from "../../resources/taskDefinitionView";
import { get, stringOf } from "../../source/tree";
import type { Rule } from "../rule";

/** The largest ID that the container runtime takes (opencontainers/runc, libcontainer/user). */
const largestId = 2_147_483_647;

export const containerUser: Rule = {
  codes: ["container-user"],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    // Windows has users of another form.
    if (!task || task.os === "windows") return;
    for (const { node } of task.containers) {
      const place = get(node, "user");
      const user = stringOf(place);
      const reason = user === undefined ? undefined : whyNoUser(user);
      if (place && user !== undefined && reason !== undefined)
        report("container-user", place, { user, reason });
    }
  },
};

/** Source: API model, ContainerDefinition.user. Other characters may be those of a placeholder. */
function whyNoUser(user: string): string | undefined {
  if (!/^[\w.:-]+$/.test(user)) return undefined;
  const parts = user.split(":");
  if (parts.length > 2) return "it has more than one colon";
  const isNoId = parts.some((it) => /^-\d+$/.test(it) || (/^\d+$/.test(it) && Number(it) > largestId));
  return isNoId ? `an ID is a number from 0 to ${largestId}` : undefined;
}
