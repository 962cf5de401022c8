// `ecs-daemon delete`: removes a daemon service.

import { printable } from "../../core/text/printable";
import { deletePlanLines, deleteService, planDelete } from "../../ecs/delete";
import { type Command, exitCodes } from "../command";
import { targetHelp } from "../help";
import { onlyPositional, requiredOption, textOption } from "../input/arguments";
import {
  describeTarget,
  needsConsent,
  requireConsent,
  targetOf,
  targetOptions,
  targetSynopsis,
  withEcs,
} from "../input/target";
import { deleteManagedDaemon, refusePositionals } from "../managed/namedManaged";
import { paragraph, plural } from "../output/textLayout";

export const deleteCommand: Command = {
  name: "delete",
  synopsis: `SERVICE|--daemon NAME --cluster NAME ${targetSynopsis} [--yes]`,
  summary: "Deletes a daemon service; ECS stops its tasks.",
  help: `
  SERVICE             the service's name
  --daemon NAME       a managed daemon in place of a service, by its name or
                      its file; deleting it replaces the container instances of
                      its capacity providers, whose number is shown first
  --cluster NAME      its cluster${targetHelp}
  --yes               do not ask

What stops where goes to standard error first. Needs the actions
ecs:DescribeServices, ecs:ListTasks, ecs:DescribeTasks, ecs:DeleteService, and
ecs:ListClusters to be asked.`,
  options: {
    ...targetOptions,
    cluster: { type: "string" },
    daemon: { type: "string" },
    yes: { type: "boolean" },
  },
  run: async ({ values, positionals }, terminal) => {
    const daemon = textOption(values, "daemon");
    if (daemon !== undefined) {
      refusePositionals(positionals);
      return deleteManagedDaemon(daemon, values, terminal);
    }
    const service = onlyPositional(positionals, "SERVICE");
    const cluster = requiredOption(values, "cluster", "NAME");
    const target = targetOf(values, terminal);
    requireConsent(target, values, terminal);
    return withEcs(target, terminal, async (ecs) => {
      const plan = await planDelete(ecs, { cluster, service });
      for (const line of deletePlanLines(plan)) terminal.say(printable(line));
      if (needsConsent(target, values)) {
        const where = await describeTarget(ecs, target, cluster);
        const stopped = `${plural(plan.tasks, "task")} will be stopped.`;
        const question = printable(`Delete the service ${plan.service.name} of ${where}? ${stopped}`);
        if (!(await terminal.confirm(question))) {
          terminal.say("Nothing was deleted.");
          return exitCodes.bad;
        }
      }
      const report = await deleteService(ecs, { cluster, service });
      const stopping = report.stopping === 0 ? "" : ` ECS stops ${plural(report.stopping, "task")}.`;
      terminal.write(paragraph(terminal, `Deleted the service ${report.service}.${stopping}`));
      return exitCodes.good;
    });
  },
};
