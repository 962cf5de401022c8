// Properties that managed daemons do not have and their ordinary neighbours do: why, and what to write instead.

import { inputShape, ordinaryShape, shapeNamed } from "../../api/apiModel";
import { rename, set } from "../../source/change";
import { get, isOpen, items, type Member, stringOf } from "../../source/tree";
import { fix, type ProposedFix } from "../fix";
import { property, title } from "../fixTitle";
import { removal } from "../ruleHelpers";
import type { Walk } from "../shape/shapeWalk";

export const foreignMemberCodes = [
  "no-counterpart-member",
  "volume-not-for-daemons",
  "service-member-in-daemon",
  "create-only-in-update",
  "update-only-in-create",
] as const;

const network =
  "all daemons of an instance share one network, where applications reach them at 169.254.172.2";

const instead: Readonly<Record<string, string>> = {
  portMappings: `${network}; bind the port`,
  networkMode: "it is always daemon_bridge",
  placementConstraints: "instances are chosen by capacity provider in the daemon",
  requiresCompatibilities: "it runs on Managed Instances only",
  runtimePlatform: "the platform is that of the instances of its capacity providers",
  dockerLabels: "use the environment or tags",
  resourceRequirements: "daemons get no GPU and no other device",
  inferenceAccelerators: "daemons get no devices of this kind",
  versionConsistency: "image digests are always resolved for each revision",
  sharedMemorySize: "mount a tmpfs on /dev/shm, which needs a size",
  maxSwap: "daemons have no swap settings",
  swappiness: "daemons have no swap settings",
  ephemeralStorage: "daemons use the storage of the instance",
  proxyConfiguration: network,
  enableFaultInjection: "faults cannot be injected into daemons",
  links: network,
  hostname: network,
  disableNetworking: network,
  dnsServers: network,
  dnsSearchDomains: network,
  extraHosts: network,
  volumesFrom: "mount the same volume in both containers",
  dockerSecurityOptions: "Managed Instances do not run Docker",
  credentialSpecs: "Managed Instances do not run Windows",
};

/** Properties of services: the counterpart in a daemon, or why there is none. */
const serviceMembers: Readonly<Record<string, { readonly to?: string; readonly instead: string }>> = {
  cluster: { to: "clusterArn", instead: "it has 'clusterArn'" },
  taskDefinition: { to: "daemonTaskDefinitionArn", instead: "it has 'daemonTaskDefinitionArn'" },
  serviceName: { to: "daemonName", instead: "it has 'daemonName'" },
  capacityProviderStrategy: {
    to: "capacityProviderArns",
    instead: "it has 'capacityProviderArns', without weights",
  },
  desiredCount: { instead: "it runs one task on every instance of its capacity providers" },
  schedulingStrategy: { instead: "it runs on every instance of its capacity providers anyway" },
  launchType: { instead: "it runs on Managed Instances only" },
  placementConstraints: { instead: "instances are chosen by capacity provider" },
  placementStrategy: { instead: "instances are chosen by capacity provider" },
  networkConfiguration: { instead: network },
  loadBalancers: { instead: "it cannot be behind a load balancer" },
  serviceRegistries: { instead: "it has no service discovery" },
  serviceConnectConfiguration: { instead: "it has no Service Connect" },
  deploymentController: { instead: "ECS replaces the instances itself" },
  forceNewDeployment: { instead: "every update replaces the instances" },
};

const deploymentMembers: Readonly<Record<string, string>> = {
  maximumPercent: "it has 'drainPercent', the share of instances replaced at a time",
  minimumHealthyPercent: "it has 'drainPercent', the share of instances replaced at a time",
  deploymentCircuitBreaker: "its circuit breaker is always on",
  rollback: "a failed deployment is always rolled back",
};

/** Reports a property that a shape of managed daemons does not have; answers whether it was one of these. */
export function reportForeignMember(
  { report }: Walk,
  member: Member,
  shapeName: string,
  siblings: ReadonlySet<string>,
): boolean {
  const params = { member: member.name };
  const ordinary = ordinaryShape(shapeName);
  if (ordinary !== shapeName && isMemberOf(ordinary, member.name)) {
    if (ordinary === "Volume")
      report("volume-not-for-daemons", member.key, params, { fixes: [removal(member.value)] });
    else {
      const text = instead[member.name] ?? "nothing takes its place";
      report(
        "no-counterpart-member",
        member.key,
        { ...params, instead: text },
        { fixes: [removal(member.value)] },
      );
    }
    return true;
  }
  if (shapeName === inputShape("updateDaemon") && isMemberOf(inputShape("createDaemon"), member.name)) {
    const advice =
      member.name === "tags" ? "Tag the daemon with TagResource." : "It cannot change: remove it.";
    report("create-only-in-update", member.key, { ...params, advice }, { fixes: [removal(member.value)] });
    return true;
  }
  if (shapeName === inputShape("createDaemon") && isMemberOf(inputShape("updateDaemon"), member.name)) {
    report("update-only-in-create", member.key, params, { fixes: [removal(member.value)] });
    return true;
  }
  const found = serviceMember(shapeName, member.name);
  if (found === undefined) return false;
  const isFree = found.to !== undefined && !siblings.has(found.to) && isMemberOf(shapeName, found.to);
  const fixes = [isFree && found.to !== undefined ? renamed(member, found.to) : removal(member.value)];
  report("service-member-in-daemon", member.key, { ...params, instead: found.instead }, { fixes });
  return true;
}

/** Gives the counterpart's name to a property; a strategy becomes the list of its capacity providers. */
function renamed({ name, value }: Member, to: string): ProposedFix | undefined {
  const words = title`Change to '${property(to)}'`;
  if (name !== "capacityProviderStrategy") return fix(words, false, rename(value, to));
  const providers = items(value).flatMap((it) => stringOf(get(it, "capacityProvider")) ?? []);
  const isWhole = providers.length > 0 && providers.length === value.children?.length && !isOpen(value);
  return isWhole ? fix(words, false, rename(value, to), set(value, providers)) : undefined;
}

function serviceMember(
  shapeName: string,
  name: string,
): { readonly to?: string; readonly instead: string } | undefined {
  if (shapeName === inputShape("createDaemon") || shapeName === inputShape("updateDaemon")) {
    if (Object.hasOwn(serviceMembers, name)) return serviceMembers[name];
    const isOfService =
      isMemberOf(inputShape("createService"), name) || isMemberOf(inputShape("updateService"), name);
    return isOfService ? { instead: "it is a property of services" } : undefined;
  }
  const isDeployment =
    shapeName === "DaemonDeploymentConfiguration" || shapeName === "DaemonAlarmConfiguration";
  if (!isDeployment) return undefined;
  const text = Object.hasOwn(deploymentMembers, name) ? deploymentMembers[name] : undefined;
  if (text !== undefined) return { instead: text };
  const isOfService = isMemberOf("DeploymentConfiguration", name);
  return isOfService ? { instead: "it is a property of services" } : undefined;
}

function isMemberOf(shapeName: string, name: string): boolean {
  return Object.hasOwn(shapeNamed(shapeName).members ?? {}, name);
}

/** The property of a daemon that one of services stands for: `serviceName` for `daemonName`. */
export function counterpartOf(name: string, shapeName: string): string | undefined {
  return serviceMember(shapeName, name)?.to;
}
