// `ecs-daemon verify`: do the running tasks sit exactly on the matching container instances?

import { printable } from "../../core/text/printable";
import type { VerifyReport } from "../../ecs/report";
import { watchService } from "../../ecs/verify";
import { type Command, exitCodes } from "../command";
import { targetHelp } from "../help";
import { choiceOption, onlyPositional, requiredOption, secondsOption, textOption } from "../input/arguments";
import { targetOf, targetOptions, targetSynopsis, withEcs } from "../input/target";
import { refusePositionals, verifyManagedDaemon } from "../managed/namedManaged";
import { json } from "../output/textLayout";
import { verifyText } from "../output/verifyOutput";

export const verifyCommand: Command = {
  name: "verify",
  synopsis: `SERVICE|--daemon NAME --cluster NAME ${targetSynopsis} [--timeout SECONDS] [--format text|json]`,
  summary: "Checks whether a daemon service runs on exactly the matching instances.",
  help: `
  SERVICE             the service's name
  --daemon NAME       a managed daemon in place of a service, by its name or
                      its file: does it run on every active instance of its
                      capacity providers?
  --cluster NAME      its cluster${targetHelp}
  --timeout SECONDS   how long to wait for it (60); 0 looks once
  --format FORMAT     text (default) or json

Exit code 0 if verified, else 1. Where no instance matches, nothing is verified.`,
  options: {
    ...targetOptions,
    cluster: { type: "string" },
    daemon: { type: "string" },
    timeout: { type: "string" },
    format: { type: "string" },
  },
  run: async ({ values, positionals }, terminal) => {
    const format = choiceOption(values, "format", ["text", "json"]);
    const daemon = textOption(values, "daemon");
    if (daemon !== undefined) {
      refusePositionals(positionals);
      return verifyManagedDaemon(daemon, values, format, terminal);
    }
    const service = onlyPositional(positionals, "SERVICE");
    const cluster = requiredOption(values, "cluster", "NAME");
    const timeoutSeconds = secondsOption(values, "timeout") ?? 60;
    const target = targetOf(values, terminal);
    const signal = terminal.interruption();
    const report = await withEcs(target, terminal, async (ecs): Promise<VerifyReport> => {
      const looks = watchService(ecs, { cluster, service, timeoutSeconds }, signal);
      for (;;) {
        const look = await looks.next();
        if (look.done === true) return look.value;
        terminal.say(printable(look.value));
      }
    });
    terminal.write(format === "json" ? json(report) : verifyText(report, terminal));
    return report.verified ? exitCodes.good : exitCodes.bad;
  },
};
