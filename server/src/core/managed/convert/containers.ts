// A container of a DAEMON service's task definition as a container of a managed daemon.

import { shapeNamed } from "../../api/apiModel";
import { asList, asObject, asText, type PlainObject } from "../../text/plainValue";
import type { Ledger } from "./report";

type Path = readonly (string | number)[];

const sharedNetwork = "all daemons of an instance share one network, at 169.254.172.2 for applications";

const lostMembers: Readonly<Record<string, string>> = {
  links: `Containers reached each other by name; ${sharedNetwork}.`,
  volumesFrom: "It mounted the volumes of another container; mount the same volumes in both.",
  hostname: `It named the container; ${sharedNetwork}.`,
  extraHosts: "It added lines to /etc/hosts.",
  dnsServers: "It chose the DNS servers.",
  dnsSearchDomains: "It chose the DNS search domains.",
  disableNetworking: `It switched the network off; ${sharedNetwork}.`,
  dockerLabels: "It labeled the container in Docker; use the environment or tags.",
  dockerSecurityOptions: "It set security options of Docker, which does not run there.",
  credentialSpecs: "It gave a Windows container its credentials.",
  resourceRequirements: "It reserved GPUs or other devices, which daemons do not get.",
  versionConsistency: "It could switch the resolving of image digests off, which is always on.",
};
const lostLinuxMembers: Readonly<Record<string, string>> = {
  sharedMemorySize: "It set the size of /dev/shm; mount a tmpfs there.",
  maxSwap: "It limited swap, which daemons do not have.",
  swappiness: "It tuned swap, which daemons do not have.",
};

const known = shapeNamed("DaemonContainerDefinition").members ?? {};
const knownLinux = shapeNamed("DaemonLinuxParameters").members ?? {};

/** The container with what daemons have; the ledger gets an entry for each of its properties. */
export function convertContainer(container: PlainObject, path: Path, ledger: Ledger): PlainObject {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(container)) {
    const at = [...path, name];
    if (name === "portMappings") losePorts(value, at, ledger);
    else if (name === "linuxParameters") {
      const linux = convertLinux(value, at, ledger);
      if (linux !== undefined) result[name] = linux;
    } else if (name === "logConfiguration") {
      result[name] = convertLog(value, at, ledger);
    } else if (Object.hasOwn(known, name)) {
      result[name] = value;
      ledger.carry(at);
    } else ledger.lose(at, lostMembers[name] ?? "Managed daemons have no such property.");
  }
  return result;
}

function losePorts(value: unknown, at: Path, ledger: Ledger): void {
  const ports = (asList(value) ?? []).map((it) => {
    const { hostPort, containerPort } = asObject(it) ?? {};
    return String(hostPort || containerPort);
  });
  const which = ports.length === 0 ? "the port" : ports.join(", ");
  ledger.change(
    at,
    value,
    undefined,
    `The container has to bind 0.0.0.0 itself: it listens on ${which} at 169.254.172.2, and only there.`,
  );
}

function convertLinux(value: unknown, at: Path, ledger: Ledger): PlainObject | undefined {
  const linux = asObject(value);
  if (linux === undefined) {
    ledger.lose(at, "It is not an object.");
    return undefined;
  }
  const result: Record<string, unknown> = {};
  for (const [name, it] of Object.entries(linux)) {
    if (Object.hasOwn(knownLinux, name)) {
      result[name] = it;
      ledger.carry([...at, name]);
    } else ledger.lose([...at, name], lostLinuxMembers[name] ?? "Managed daemons have no such property.");
  }
  if (Object.keys(linux).length === 0) ledger.carry(at);
  return Object.keys(result).length > 0 || Object.keys(linux).length === 0 ? result : undefined;
}

const documentedDrivers = new Set(["awslogs", "splunk", "awsfirelens"]);

function convertLog(value: unknown, at: Path, ledger: Ledger): unknown {
  const driver = asText(asObject(value)?.logDriver);
  if (driver === undefined || documentedDrivers.has(driver)) ledger.carry(at);
  else {
    const why = `The guide names awslogs, splunk and awsfirelens for daemons, not ${driver}; it is kept for you to decide.`;
    ledger.change(at, value, value, why);
  }
  return value;
}
