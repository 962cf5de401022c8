// Services: describe, list, delete.

import { serviceAnswer } from "../answers/serviceAnswer";
import { invalidParameter, serviceNotFound } from "../errors";
import type { Operation } from "../operation";
import { clusterOf, findService, includeOf } from "../request/findRecords";
import {
  identifierList,
  type JsonObject,
  launchTypeWord,
  optionalBoolean,
  optionalObject,
  optionalText,
  optionalWord,
  requiredText,
  schedulingStrategyWord,
} from "../request/input";
import { pageOf, pageSize } from "../request/paging";
import type { ServiceRecord } from "../state/records";
import { keyOfService, type World } from "../state/world";

export const describeServices: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const references = identifierList(input, "services", "Services", 10);
  const tags = includeOf(input).has("TAGS");
  const services: JsonObject[] = [];
  const failures: JsonObject[] = [];
  for (const reference of references) {
    const service = findService(world, cluster.name, reference);
    if (service !== undefined) services.push(serviceAnswer(world, service, call, tags));
    else {
      // Of a service that is not there ECS answers the short form of the ARN.
      const arn = reference.startsWith("arn:") ? reference : call.arns.service(reference);
      failures.push({ arn, reason: "MISSING" });
    }
  }
  return { services, failures };
};

export const listServices: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const launchType = launchTypeWord(input);
  const strategy = schedulingStrategyWord(input);
  // ECS manages the services of managed daemons and of Express Mode, which the endpoint has none of.
  const managed = optionalWord(input, "resourceManagementType", ["CUSTOMER", "ECS"]);
  const shown = (it: ServiceRecord | undefined) =>
    it?.status === "ACTIVE" &&
    managed !== "ECS" &&
    (launchType === undefined || it.launchType === launchType) &&
    (strategy === undefined || it.schedulingStrategy === strategy);
  const keys = world.servicesOfCluster.sorted(cluster.name).filter((key) => shown(world.services.get(key)));
  const page = pageOf(keys, (it) => it, { operation: "ListServices", input }, pageSize(input, 100, 10));
  return { serviceArns: page.items.map(call.arns.service), nextToken: page.nextToken };
};

/**
 * The services of a Service Connect namespace in all clusters; a service that names none is in its cluster's default
 * one. There is no Cloud Map here: each namespace is taken to exist, as CreateService takes it, and its name and its
 * ARN are two namespaces.
 */
export const listServicesByNamespace: Operation = (world, input, call) => {
  const namespace = requiredText(input, "namespace", "Namespace");
  const keys = [...world.services.entries()]
    .filter(([, service]) => service.status === "ACTIVE" && namespaceOf(world, service) === namespace)
    .map(([key]) => key)
    .sort();
  const request = { operation: "ListServicesByNamespace", input };
  const page = pageOf(keys, (it) => it, request, pageSize(input, 100, 10));
  return { serviceArns: page.items.map(call.arns.service), nextToken: page.nextToken };
};

function namespaceOf(world: World, { cluster, details }: ServiceRecord): string | undefined {
  const connect = optionalObject(details, "serviceConnectConfiguration");
  if (connect?.enabled !== true) return undefined;
  const inherited = world.clusters.get(cluster)?.serviceConnectDefaults ?? {};
  return optionalText(connect, "namespace") || optionalText(inherited, "namespace");
}

export const deleteService: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const service = findService(world, cluster.name, requiredText(input, "service", "Service"));
  if (service === undefined || service.status === "INACTIVE") throw serviceNotFound();
  const force = optionalBoolean(input, "force") === true;
  // A daemon service cannot be scaled to 0, so that it is deleted without force.
  if (service.schedulingStrategy === "REPLICA" && service.desiredCount > 0 && !force) {
    throw invalidParameter("The service cannot be stopped while it is scaled above 0.");
  }
  const deleted: ServiceRecord = { ...service, status: "DRAINING", desiredCount: 0 };
  world.services.put(keyOfService(service), deleted);
  world.dirty.progress.add(keyOfService(service));
  return { service: serviceAnswer(world, deleted, call) };
};
