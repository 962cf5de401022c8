// The task definition of a DAEMON service as a daemon task definition.

import { shapeNamed } from "../../api/apiModel";
import { asList, asObject, asText, type PlainObject } from "../../text/plainValue";
import { convertContainer } from "./containers";
import { newPath } from "./hostPaths";
import type { Ledger } from "./report";

type Path = readonly (string | number)[];

const known = shapeNamed("RegisterDaemonTaskDefinitionRequest").members ?? {};
const knownVolume = shapeNamed("DaemonVolume").members ?? {};

const lostMembers: Readonly<Record<string, string>> = {
  proxyConfiguration: "It put an App Mesh proxy in front of the containers.",
  inferenceAccelerators: "It reserved accelerators, which daemons do not get.",
  ephemeralStorage: "It sized Fargate's storage; daemons use the storage of the instance.",
  enableFaultInjection: "It allowed fault injection, which daemons do not have.",
};

/** Input of RegisterDaemonTaskDefinition; the ledger gets an entry for each property of the task definition. */
export function convertDefinition(definition: PlainObject, ledger: Ledger): PlainObject {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(definition)) {
    if (name === "containerDefinitions")
      result[name] = convertList(value, [name], ledger, (it, at) => convertContainer(it, at, ledger));
    else if (name === "volumes")
      result[name] = convertList(value, [name], ledger, (it, at) => convertVolume(it, at, ledger));
    else if (name === "pidMode" || name === "ipcMode") convertMode(name, value, result, ledger);
    else if (name === "networkMode") convertNetwork(value, ledger);
    else if (name === "placementConstraints") convertConstraints(value, [name], ledger);
    else if (name === "requiresCompatibilities")
      ledger.change([name], value, undefined, "Managed daemons run on Managed Instances only.");
    else if (name === "runtimePlatform")
      ledger.change(
        [name],
        value,
        undefined,
        "The platform is that of the instances of the capacity providers.",
      );
    else if (Object.hasOwn(known, name)) {
      result[name] = value;
      ledger.carry([name]);
    } else ledger.lose([name], lostMembers[name] ?? "Managed daemons have no such property.");
  }
  return result;
}

function convertList(
  value: unknown,
  path: Path,
  ledger: Ledger,
  convert: (item: PlainObject, at: Path) => unknown,
): readonly unknown[] | undefined {
  const list = asList(value);
  if (list === undefined) {
    ledger.lose(path, "It is not a list.");
    return undefined;
  }
  if (list.length === 0) ledger.carry(path);
  return list.flatMap((it, index) => {
    const at = [...path, index];
    const item = asObject(it);
    if (item === undefined) {
      ledger.lose(at, "It is not an object.");
      return [];
    }
    if (Object.keys(item).length === 0) ledger.carry(at);
    return [convert(item, at)];
  });
}

function convertMode(
  name: "pidMode" | "ipcMode",
  value: unknown,
  result: Record<string, unknown>,
  ledger: Ledger,
): void {
  if (value === "host") {
    result[name] = "shared";
    const why = "Daemons share the namespace with each other, and with tasks whose mode is host.";
    ledger.change([name], value, "shared", why);
  } else if (value === "none") {
    result[name] = value;
    ledger.carry([name]);
  } else ledger.change([name], value, undefined, "Daemons share a namespace with all daemons or with none.");
}

function convertNetwork(value: unknown, ledger: Ledger): void {
  const address = "Applications reach the daemon at 169.254.172.2 (IPv6 fd00:ec2::172:2)";
  const before =
    value === "awsvpc"
      ? ", and it has no network interface and no security groups of its own"
      : value === "host"
        ? ", not at the address of the host or 127.0.0.1; instance metadata is blocked"
        : ", not at ports of the host; instance metadata is blocked";
  ledger.change(["networkMode"], value, undefined, `${address}${before}.`);
}

/** What chooses instances is the capacity provider: each constraint says what its provider would need. */
export function convertConstraints(value: unknown, path: Path, ledger: Ledger): void {
  const list = asList(value) ?? [];
  if (list.length === 0) ledger.change(path, value, undefined, "It chose nothing.");
  list.forEach((it, index) => {
    const expression = asText(asObject(it)?.expression) ?? "";
    const at = [...path, index];
    if (asObject(it)?.type === "distinctInstance")
      ledger.lose(at, "It put each task on its own instance, as a daemon's are anyway.");
    else ledger.change(at, it, undefined, providerFor(expression));
  });
}

function providerFor(expression: string): string {
  const [, type] =
    /^attribute:ecs\.instance-type\s*(?:==|=~)\s*["']?([\w.*-]+)["']?$/.exec(expression.trim()) ?? [];
  if (type !== undefined)
    return `Use a capacity provider whose instanceRequirements have allowedInstanceTypes ["${type}"].`;
  const [, arch] = /^attribute:ecs\.cpu-architecture\s*==\s*["']?(\w+)["']?$/.exec(expression.trim()) ?? [];
  if (arch === "arm64")
    return 'Use a capacity provider whose instanceRequirements have cpuManufacturers ["amazon-web-services"].';
  if (arch !== undefined)
    return 'Use a capacity provider whose instanceRequirements have cpuManufacturers ["intel", "amd"].';
  return "Daemons have no expressions: make a capacity provider for each group of instances.";
}

const lostVolumes: Readonly<Record<string, string>> = {
  dockerVolumeConfiguration: "It was a volume of Docker, which does not run there.",
  efsVolumeConfiguration: "It mounted an EFS file system.",
  fsxWindowsFileServerVolumeConfiguration: "It mounted an FSx file system.",
  s3filesVolumeConfiguration: "It mounted a bucket of S3.",
  configuredAtLaunch: "It was configured by the service, as an EBS volume.",
};

function convertVolume(volume: PlainObject, path: Path, ledger: Ledger): PlainObject {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(volume)) {
    const at = [...path, name];
    const changed = name === "host" ? newPath(asText(asObject(value)?.sourcePath) ?? "") : undefined;
    if (changed !== undefined) {
      Object.assign(result, changed.volume);
      ledger.change(at, value, changed.volume, changed.why);
    } else if (Object.hasOwn(knownVolume, name)) {
      result[name] = value;
      ledger.carry(at);
    } else ledger.lose(at, lostVolumes[name] ?? "Managed daemons have no such volume.");
  }
  return result;
}
