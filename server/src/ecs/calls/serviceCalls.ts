// Services through single calls of ECS.

import { append } from "../../core/text/lists";
import { EcsError, type EcsPort, type ServiceEvent, type ServiceState } from "../port";
import { answered, describeListed, incompleteAnswer, isAnswerLost } from "./answers";
import { lastPart, type SdkService, serviceState } from "./awsShapes";
import { type EcsCalls, reasonsOf } from "./ecsCalls";
import { inBatches, pages } from "./paging";

type ServiceCalls = Pick<
  EcsPort,
  | "createService"
  | "updateService"
  | "deleteService"
  | "describeService"
  | "listDaemonServices"
  | "listReplicaServices"
>;

export function serviceCalls({ send }: EcsCalls): ServiceCalls {
  const describeService: EcsPort["describeService"] = async (cluster, service, signal) => {
    const { services, failures } = await send("DescribeServices", { cluster, services: [service] }, signal);
    const found = services?.[0];
    if (found !== undefined) return answeredService(found, "DescribeServices");
    const reason = answered(failures?.[0]?.reason, "DescribeServices", "service");
    if (reason === "MISSING") return undefined;
    throw incompleteAnswer(`ECS does not describe the service ${lastPart(service)}: ${reason}.`);
  };
  return {
    describeService,
    createService: async (input, signal) =>
      answeredService((await send("CreateService", input, signal)).service, "CreateService"),
    updateService: async (input, signal) =>
      answeredService((await send("UpdateService", input, signal)).service, "UpdateService"),
    deleteService: async (cluster, service, signal) => {
      try {
        const answer = await send("DeleteService", { cluster, service, force: true }, signal);
        return answeredService(answer.service, "DeleteService");
      } catch (error) {
        // A call that is repeated because its answer was lost finds the service deleted.
        const isGone = error instanceof EcsError && /^ServiceNot(Found|Active)Exception$/.test(error.name);
        if (!isGone && !isAnswerLost(error)) throw error;
        const left = await describeService(cluster, service, signal);
        if (left?.status === "ACTIVE") throw error;
        return left ?? serviceState({ serviceName: lastPart(service), status: "INACTIVE" });
      }
    },
    listDaemonServices: (cluster, signal, isKept) =>
      listServices(send, { cluster, schedulingStrategy: "DAEMON" }, signal, isKept),
    listReplicaServices: (cluster, signal) =>
      listServices(send, { cluster, schedulingStrategy: "REPLICA" }, signal),
  };
}

function listServices(
  send: EcsCalls["send"],
  selection: { readonly cluster: string; readonly schedulingStrategy: "DAEMON" | "REPLICA" },
  signal: AbortSignal | undefined,
  isKept?: (event: ServiceEvent) => boolean,
): Promise<readonly ServiceState[]> {
  return describeListed({
    what: "services",
    list: () =>
      pages(async (nextToken) => {
        const input = { ...selection, maxResults: 100, nextToken };
        const { serviceArns, nextToken: next } = await send("ListServices", input, signal);
        return { items: answered(serviceArns, "ListServices", "list of services"), nextToken: next };
      }),
    describe: async (arns) => {
      const reasons: string[] = [];
      const items = await inBatches(arns, 10, async (services) => {
        const answer = await send("DescribeServices", { cluster: selection.cluster, services }, signal);
        append(reasons, reasonsOf([answer]));
        return (answer.services ?? []).map((it) => serviceState(it, isKept));
      });
      return { items, reasons };
    },
    arnOf: (it) => it.arn,
  });
}

/** A service has a name, an ARN and a status, whatever else an answer says of it. */
function answeredService(service: SdkService | undefined, operation: string): ServiceState {
  answered(service?.serviceArn, operation, "ARN of the service");
  answered(service?.status, operation, "status of the service");
  return serviceState(service);
}
