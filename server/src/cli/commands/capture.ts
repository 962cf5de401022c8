// `ecs-daemon capture`: a snapshot of a cluster, to preview against later or elsewhere.

import { maskAccounts } from "../../ecs/accountData";
import { isCancellation } from "../../ecs/port";
import { type Command, exitCodes, InputError, UsageError } from "../command";
import { targetHelp } from "../help";
import { requiredOption } from "../input/arguments";
import { targetOf, targetOptions, targetSynopsis, withEcs } from "../input/target";
import { describeError } from "../output/remedyText";
import { json } from "../output/textLayout";

export const captureCommand: Command = {
  name: "capture",
  synopsis: `--cluster NAME [--mask-accounts] ${targetSynopsis}`,
  summary: "Writes a snapshot of a cluster, its instances and tasks, to standard output.",
  help: `
  --cluster NAME      the cluster${targetHelp}
  --mask-accounts     write 000000000000 for every account number, in ARNs
                      and in the names of images

Redirect it into a file whose name ends in .ecs-cluster.json. Needs the actions
ecs:ListContainerInstances, ecs:DescribeContainerInstances, ecs:ListTasks and
ecs:DescribeTasks; where instances are of capacity providers, their providers
and managed daemons are captured too, as far as ecs:DescribeCapacityProviders,
ecs:ListDaemons, ecs:DescribeDaemon, ecs:DescribeDaemonDeployments and
ecs:DescribeDaemonRevisions are allowed.`,
  options: { ...targetOptions, cluster: { type: "string" }, "mask-accounts": { type: "boolean" } },
  run: async ({ values, positionals }, terminal) => {
    if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is one argument too many.`);
    const cluster = requiredOption(values, "cluster", "NAME");
    const target = targetOf(values, terminal);
    const signal = terminal.interruption();
    try {
      const snapshot = json(await withEcs(target, terminal, (ecs) => ecs.captureCluster(cluster, signal)));
      terminal.write(values["mask-accounts"] === true ? maskAccounts(snapshot) : snapshot);
    } catch (error) {
      if (isCancellation(error)) throw error;
      throw new InputError(`The cluster "${cluster}" cannot be read: ${describeError(error)}`);
    }
    return exitCodes.good;
  },
};
