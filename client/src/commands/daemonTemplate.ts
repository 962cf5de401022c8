// The two files that a new daemon service begins with: small, valid, and showing the parts that daemons mostly need.

import { readAttributes } from "./attributeText";

export interface DaemonFiles {
  readonly taskDefinition: string;
  readonly service: string;
}

export interface DaemonAnswers {
  /** Becomes the family, the container's and the service's name. */
  readonly name: string;
  /** Without one a tiny image that prints the load of the instance. */
  readonly image?: string | undefined;
  /** `8125/udp, 8126`: host ports that are the container's ports. */
  readonly ports?: string | undefined;
  /** Paths of the instance that the container reads. */
  readonly hostPaths?: readonly string[] | undefined;
  /** `env=prod, canary`: the daemon runs only on instances with these attributes. */
  readonly attributes?: string | undefined;
}

/** Paths that agents mount. */
export const usualHostPaths = [
  { path: "/var/run/docker.sock", what: "Docker's socket" },
  { path: "/proc/", what: "the processes of the instance" },
  { path: "/sys/fs/cgroup/", what: "control groups" },
  { path: "/var/log/", what: "the logs of the instance" },
  { path: "/var/lib/docker/containers/", what: "the logs of the containers" },
] as const;

/** The texts of both files. */
export function daemonFiles(answers: DaemonAnswers): DaemonFiles {
  const { name, image } = answers;
  const paths = answers.hostPaths ?? (image === undefined ? ["/proc/"] : []);
  const volumes = volumesOf(paths);
  const portMappings = readPorts(answers.ports ?? "");
  const taskDefinition = {
    family: name,
    networkMode: "bridge",
    requiresCompatibilities: ["EC2"],
    containerDefinitions: [
      {
        name,
        image: image ?? "public.ecr.aws/docker/library/busybox:stable",
        ...(image === undefined && {
          command: printsLoad(paths.includes("/proc/") ? "/host/proc" : "/proc"),
        }),
        cpu: 64,
        memory: 128,
        memoryReservation: 64,
        essential: true,
        ...(portMappings.length > 0 && { portMappings }),
        ...(volumes.length > 0 && {
          mountPoints: volumes.map((it) => ({
            sourceVolume: it.name,
            containerPath: mountPath(it.host.sourcePath),
            readOnly: true,
          })),
        }),
      },
    ],
    ...(volumes.length > 0 && { volumes }),
  };
  const expression = expressionOf(answers.attributes ?? "");
  const service = {
    serviceName: name,
    taskDefinition: name,
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
    placementConstraints: expression === "" ? [] : [{ type: "memberOf", expression }],
  };
  return { taskDefinition: print(taskDefinition), service: print(service) };
}

const printsLoad = (proc: string) => ["sh", "-c", `while true; do cat ${proc}/loadavg; sleep 60; done`];

/** Why the text cannot be the name of a family and a service, `undefined` where it can. */
export function daemonNameProblem(text: string): string | undefined {
  if (/^[A-Za-z0-9_-]{1,255}$/.test(text.trim())) return undefined;
  return "Up to 255 letters, digits, hyphens and underscores.";
}

/** Why the text is no list of ports. */
export function portsProblem(text: string): string | undefined {
  const parts = partsOf(text);
  if (parts.some((it) => !/^\d{1,5}(?:\/(?:tcp|udp))?$/.test(it))) return "Ports such as 8125/udp, 8126.";
  if (readPorts(text).some((it) => it.hostPort < 1 || it.hostPort > 65_535))
    return "A port is between 1 and 65535.";
  return new Set(parts.map((it) => it.replace(/\/tcp$/, ""))).size < parts.length
    ? "A port is listed twice."
    : undefined;
}

function readPorts(text: string) {
  return partsOf(text).map((part) => {
    const [port, protocol = "tcp"] = part.split("/");
    return { containerPort: Number(port), hostPort: Number(port), protocol };
  });
}

function partsOf(text: string): readonly string[] {
  return text
    .split(/[\s,]+/)
    .map((it) => it.toLowerCase())
    .filter((it) => it !== "");
}

/** Called by the last part of their path: `/var/run/docker.sock` → `docker_sock`. */
function volumesOf(paths: readonly string[]) {
  const names = new Set<string>();
  return [...new Set(paths)].map((path) => {
    const last = path.replace(/\/+$/, "").split("/").at(-1) ?? "";
    const wanted = last.replace(/[^A-Za-z0-9]+/g, "_") || "host";
    const name = names.has(wanted) ? `${wanted}_${names.size + 1}` : wanted;
    names.add(name);
    return { name, host: { sourcePath: path } };
  });
}

/** Beside the container's own /proc and /sys, not over them; a socket and Docker's folders where they always are. */
function mountPath(path: string): string {
  const plain = path.replace(/(.)\/+$/, "$1");
  return plain.startsWith("/var/run/") || plain.startsWith("/var/lib/")
    ? plain
    : `/host${plain === "/" ? "" : plain}`;
}

function expressionOf(attributes: string): string {
  return readAttributes(attributes)
    .map(({ name, value }) =>
      value === undefined || value === ""
        ? `attribute:${name} exists`
        : `attribute:${name} == ${/^[\w./\\:@-]+$/.test(value) ? value : `'${value}'`}`,
    )
    .join(" and ");
}

function print(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
