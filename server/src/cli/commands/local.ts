// `ecs-daemon local`: the ECS endpoint that needs no account, until it is interrupted.

import { largestFleet } from "../../core/cluster/fleet";
import type { LocalEndpoint, LocalEndpointOptions } from "../../local/startLocalEndpoint";
import { type Command, exitCodes, InputError, type OptionValues, UsageError } from "../command";
import { readTextFile, whyUnreadable } from "../files/textFiles";
import { integerOption, secondsOption, textOption } from "../input/arguments";
import type { Terminal } from "../output/terminal";

export const localCommand: Command = {
  name: "local",
  synopsis:
    "[--port N] [--cluster NAME] [--fleet FILE | --instances N] [--start-delay SECONDS] [--stop-delay SECONDS] [--state FILE] [--throttle] [--verbose]",
  summary: "Runs an ECS endpoint on this machine; every AWS client works against it.",
  help: `
  --port N            port on 127.0.0.1; without it any free one
  --cluster NAME      the cluster that exists from the start (default)
  --fleet FILE        its container instances, from a *.ecs-fleet.json file
  --instances N       or so many m5.large over three zones (5)
  --start-delay SECONDS
                      from PENDING to RUNNING (0)
  --stop-delay SECONDS
                      from the request to stop to STOPPED (0)
  --state FILE        keeps the state in this file across restarts
  --throttle          throttles calls at the rates that ECS publishes
  --verbose           a line on standard error for each request

Prints "listening on http://127.0.0.1:PORT" when it is ready, and runs until it
is interrupted.`,
  options: {
    port: { type: "string" },
    cluster: { type: "string" },
    fleet: { type: "string" },
    instances: { type: "string" },
    "start-delay": { type: "string" },
    "stop-delay": { type: "string" },
    state: { type: "string" },
    throttle: { type: "boolean" },
    verbose: { type: "boolean" },
  },
  run: async ({ values, positionals }, terminal) => {
    if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is one argument too many.`);
    const options = await endpointOptions(values, terminal);
    const interrupted = terminal.interruption();
    const endpoint = await start(options, textOption(values, "fleet"));
    terminal.write(`listening on ${endpoint.url}\n`);
    await new Promise<void>((resolve) => {
      if (interrupted.aborted) resolve();
      else interrupted.addEventListener("abort", () => resolve(), { once: true });
    });
    await endpoint.close();
    return exitCodes.good;
  },
};

async function endpointOptions(values: OptionValues, terminal: Terminal): Promise<LocalEndpointOptions> {
  const port = integerOption(values, "port", { least: 0, most: 65_535 });
  const clusterName = textOption(values, "cluster");
  const fleet = textOption(values, "fleet");
  const instances = integerOption(values, "instances", { least: 0, most: largestFleet });
  const startDelaySeconds = secondsOption(values, "start-delay");
  const stopDelaySeconds = secondsOption(values, "stop-delay");
  const stateFile = textOption(values, "state");
  if (fleet !== undefined && instances !== undefined)
    throw new UsageError("--fleet and --instances exclude each other.");
  if (clusterName !== undefined && !/^[A-Za-z0-9_-]{1,255}$/.test(clusterName))
    throw new UsageError(`--cluster is a name of letters, digits, _ and -, not "${clusterName}".`);
  return {
    ...(port === undefined ? {} : { port }),
    ...(clusterName === undefined ? {} : { clusterName }),
    ...(fleet === undefined ? {} : { fleetText: await readTextFile(fleet) }),
    ...(instances === undefined ? {} : { instances }),
    ...(startDelaySeconds === undefined ? {} : { startDelaySeconds }),
    ...(stopDelaySeconds === undefined ? {} : { stopDelaySeconds }),
    ...(values.throttle === true ? { throttle: true } : {}),
    ...(stateFile === undefined ? {} : { stateFile }),
    ...(values.verbose === true ? { log: (line: string) => terminal.say(line) } : {}),
  };
}

/** A taken port, a fleet that is none, a state file of somebody else: the caller's to repair. */
async function start(options: LocalEndpointOptions, fleet: string | undefined): Promise<LocalEndpoint> {
  const { startLocalEndpoint } = await import("../../local/startLocalEndpoint");
  try {
    return await startLocalEndpoint(options);
  } catch (error) {
    throw new InputError(whyNot(error, options.stateFile).replace(/^The fleet file /, `${fleet} `));
  }
}

/** What the file system says in its own words is about the state file. */
function whyNot(error: unknown, stateFile: string | undefined): string {
  if (!(error instanceof Error)) return String(error);
  if (stateFile === undefined || !("syscall" in error)) return error.message;
  const isMissing = "code" in error && error.code === "ENOENT";
  const why = isMissing ? "its folder does not exist" : whyUnreadable(error);
  return `${stateFile} cannot keep the state: ${why}.`;
}
