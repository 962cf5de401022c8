// A cluster in which two replicas fill an instance before the daemon comes, and make-room to be run against it.

import type { TestContext } from "node:test";
import { runCommandLine } from "../../server/src/cli/runCommandLine";
import { type AnyAnswer, agentDefinition, idsOf } from "./localEndpoint";
import { person, recordedCredentials, startRecordedEcs } from "./recordedEcs";

/** With so many other instances, which have room for a replica each; `fullInstances` are filled. `memory`: MiB of the daemon. */
export async function startRoomStage(
  context: TestContext,
  { others = 2, fullInstances = 1, memory = 2000, stopDelay = 0 } = {},
) {
  Object.assign(process.env, recordedCredentials);
  const ecs = await startRecordedEcs(context, { instances: fullInstances, stopDelaySeconds: stopDelay });
  await ecs.call("RegisterTaskDefinition", agentDefinition("web", { memory: 3000 }));
  await ecs.call("RegisterTaskDefinition", agentDefinition("agent", { memory }));
  const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 200 };
  const desiredCount = 2 * fullInstances;
  const web = { serviceName: "web", taskDefinition: "web", desiredCount, deploymentConfiguration };
  await ecs.call("CreateService", web);
  const { containerInstanceArns } = await ecs.call("ListContainerInstances");
  const [full = "", ...alsoFull] = idsOf(containerInstanceArns);
  if (others > 0) await ecs.local("AddContainerInstances", { count: others });
  const agent = { serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  await ecs.call("CreateService", agent);
  const describe = async (id: string): Promise<AnyAnswer> =>
    (await ecs.call("DescribeContainerInstances", { containerInstances: [id] })).containerInstances[0];
  let said = () => "";
  const make = async (words: readonly string[], signal = new AbortController().signal) => {
    const { terminal, said: heard } = person(true);
    said = () => heard.complaints;
    const where = ["--cluster", "default", "--endpoint-url", ecs.url];
    const how = [...(words.includes("--timeout") ? [] : ["--timeout", "4"]), "--format", "json", "--yes"];
    ecs.operations.length = 0;
    const stopping = { ...terminal, interruption: () => signal };
    const code = await runCommandLine(["make-room", "agent", ...where, ...words, ...how], stopping);
    const results: AnyAnswer[] = heard.output === "" ? [] : JSON.parse(heard.output).results;
    return { code, ...heard, results };
  };
  return {
    ...ecs,
    full,
    alsoFull,
    /** The EC2 instance of the full one. */
    ec2: (await describe(full)).ec2InstanceId as string,
    make,
    /** What the run that goes on has said so far. */
    listen: () => () => said(),
    run: (way: string, signal?: AbortSignal) => make(["--instance", full, "--way", way], signal),
    status: async (id = full): Promise<string> => (await describe(id)).status,
    runs: async (serviceName: string): Promise<boolean> =>
      (await ecs.call("ListTasks", { serviceName, containerInstance: full })).taskArns.length > 0,
  };
}
