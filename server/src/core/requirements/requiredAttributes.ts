// The capability attributes that ECS requires of an instance for what a task definition uses. AWS documents no list;
// the table was gathered from registered definitions and from the agent's capability names.

import { asFilledText, asObject, member, type PlainObject } from "../cluster/plainValue";
import { at, type DefinitionView, hasEntries, objectsAt, taskSize, textAt } from "./definitionView";
import type { AttributeRequirement } from "./requirements";

/** One row: what a definition uses, and the attributes that this asks for. */
interface Row {
  /** In a reader's words; a function where the value is part of them. */
  readonly because: string;
  readonly attributes: readonly string[];
  readonly uses: (view: DefinitionView) => boolean;
}

/** Required attributes of a definition, each once, sorted by name. */
export function requiredAttributes(view: DefinitionView): readonly AttributeRequirement[] {
  const required = new Map<string, string>();
  for (const row of [...rows.filter((it) => it.uses(view)), ...namedRows(view)]) {
    for (const name of row.attributes) if (!required.has(name)) required.set(name, row.because);
  }
  return [...required]
    .map(([name, because]) => ({ name, because }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

const agent = (name: string) => `ecs.capability.${name}`;
const docker = (name: string) => `com.amazonaws.ecs.capability.${name}`;
const dockerApi = (minor: number) => docker(`docker-remote-api.1.${minor}`);

const rows: readonly Row[] = [
  { because: "an image in Amazon ECR", attributes: [docker("ecr-auth"), dockerApi(19)], uses: usesEcr },
  {
    because: "an image in Amazon ECR pulled with the execution role",
    attributes: [agent("execution-role-ecr-pull")],
    uses: (view) => usesEcr(view) && hasExecutionRole(view),
  },
  {
    because: "repositoryCredentials",
    attributes: [agent("private-registry-authentication.secretsmanager")],
    uses: anyContainer((it) => asObject(member(it, "repositoryCredentials")) !== undefined),
  },
  {
    because: "taskRoleArn",
    attributes: [docker("task-iam-role")],
    uses: (view) => textAt(view.task, "taskRoleArn") !== undefined,
  },
  {
    because: "taskRoleArn in host network mode",
    attributes: [docker("task-iam-role-network-host")],
    uses: (view) => textAt(view.task, "taskRoleArn") !== undefined && view.networkMode === "host",
  },
  {
    because: "network mode awsvpc",
    attributes: [agent("task-eni"), dockerApi(18)],
    uses: (view) => view.networkMode === "awsvpc",
  },
  {
    because: "healthCheck",
    attributes: [agent("container-health-check"), dockerApi(24)],
    uses: anyContainer((it) => asObject(member(it, "healthCheck")) !== undefined),
  },
  {
    because: "dependsOn, startTimeout or stopTimeout",
    attributes: [agent("container-ordering")],
    uses: anyContainer(
      (it) =>
        hasEntries(member(it, "dependsOn")) ||
        present(member(it, "startTimeout")) ||
        present(member(it, "stopTimeout")),
    ),
  },
  {
    because: "a secret of AWS Secrets Manager",
    attributes: [agent("secrets.asm.environment-variables")],
    uses: anySecret(isSecretsManager, "secrets"),
  },
  {
    because: "a secret of the SSM Parameter Store",
    attributes: [agent("secrets.ssm.environment-variables")],
    uses: anySecret((it) => !isSecretsManager(it), "secrets"),
  },
  {
    because: "a log driver's secret of AWS Secrets Manager",
    attributes: [agent("secrets.asm.bootstrap.log-driver")],
    uses: anySecret(isSecretsManager, "logConfiguration", "secretOptions"),
  },
  {
    because: "a log driver's secret of the SSM Parameter Store",
    attributes: [agent("secrets.ssm.bootstrap.log-driver")],
    uses: anySecret((it) => !isSecretsManager(it), "logConfiguration", "secretOptions"),
  },
  {
    because: "environmentFiles",
    attributes: [agent("env-files.s3")],
    uses: anyContainer((it) => hasEntries(member(it, "environmentFiles"))),
  },
  {
    because: "log driver awslogs with the execution role",
    attributes: [agent("execution-role-awslogs")],
    uses: (view) =>
      hasExecutionRole(view) &&
      view.containers.some((it) => textAt(it, "logConfiguration", "logDriver") === "awslogs"),
  },
  {
    because: "an EFS volume",
    attributes: [agent("efs"), dockerApi(25)],
    uses: anyVolume((it) => asObject(member(it, "efsVolumeConfiguration")) !== undefined),
  },
  {
    because: "an EFS volume with authorization",
    attributes: [agent("efsAuth")],
    uses: anyVolume((it) => asObject(at(it, "efsVolumeConfiguration", "authorizationConfig")) !== undefined),
  },
  {
    because: "an S3 Files volume",
    attributes: [agent("storage.s3-files")],
    uses: anyVolume((it) => asObject(member(it, "s3filesVolumeConfiguration")) !== undefined),
  },
  {
    because: "an FSx for Windows File Server volume",
    attributes: [agent("fsxWindowsFileServer")],
    uses: anyVolume((it) => asObject(member(it, "fsxWindowsFileServerVolumeConfiguration")) !== undefined),
  },
  {
    because: "an EBS volume configured at launch",
    attributes: [agent("storage.ebs-task-volume-attach")],
    uses: anyVolume((it) => member(it, "configuredAtLaunch") === true),
  },
  {
    because: "an SELinux label in dockerSecurityOptions",
    attributes: [docker("selinux")],
    uses: anySecurityOption(/^label:/),
  },
  {
    because: "an AppArmor profile in dockerSecurityOptions",
    attributes: [docker("apparmor")],
    uses: anySecurityOption(/^apparmor:/),
  },
  {
    because: "a credential specification (gMSA)",
    attributes: [agent("gmsa")],
    uses: (view) =>
      anySecurityOption(/^credentialspec:/)(view) ||
      view.containers.some((it) =>
        listedTexts(member(it, "credentialSpecs")).some(startsWith("credentialspec:")),
      ),
  },
  {
    because: "a credential specification without a domain-joined instance (gMSA)",
    attributes: [agent("gmsa-domainless")],
    uses: anyContainer((it) =>
      listedTexts(member(it, "credentialSpecs")).some(startsWith("credentialspecdomainless:")),
    ),
  },
  {
    because: "tmpfs, sharedMemorySize or swap in linuxParameters",
    attributes: [dockerApi(22)],
    uses: anyContainer(
      (it) =>
        hasEntries(at(it, "linuxParameters", "tmpfs")) ||
        ["sharedMemorySize", "maxSwap", "swappiness"].some((name) =>
          present(at(it, "linuxParameters", name)),
        ),
    ),
  },
  {
    because: "initProcessEnabled",
    attributes: [dockerApi(25)],
    uses: anyContainer((it) => at(it, "linuxParameters", "initProcessEnabled") === true),
  },
  {
    because: "extraHosts in host network mode",
    attributes: [dockerApi(24)],
    uses: (view) =>
      view.networkMode === "host" && view.containers.some((it) => hasEntries(member(it, "extraHosts"))),
  },
  {
    because: "privileged",
    attributes: [docker("privileged-container")],
    uses: anyContainer((it) => member(it, "privileged") === true),
  },
  {
    because: "pidMode or ipcMode",
    attributes: [agent("pid-ipc-namespace-sharing")],
    uses: (view) => textAt(view.task, "pidMode") !== undefined || textAt(view.task, "ipcMode") !== undefined,
  },
  {
    because: "proxyConfiguration",
    attributes: [agent("aws-appmesh")],
    uses: (view) => asObject(member(view.task, "proxyConfiguration")) !== undefined,
  },
  {
    because: "containerPortRange",
    attributes: [agent("network.container-port-range")],
    uses: anyContainer((it) =>
      objectsAt(it, "portMappings").some((mapping) => present(member(mapping, "containerPortRange"))),
    ),
  },
  {
    because: "restartPolicy",
    attributes: [agent("container-restart-policy")],
    uses: anyContainer((it) => at(it, "restartPolicy", "enabled") === true),
  },
  {
    because: "enableFaultInjection",
    attributes: [agent("fault-injection")],
    uses: (view) => member(view.task, "enableFaultInjection") === true,
  },
  {
    because: "more than 10 vCPU for the task",
    attributes: [agent("increased-task-cpu-limit")],
    uses: (view) => !view.windows && (taskSize(member(view.task, "cpu"), "vCPU") ?? 0) > 10_240,
  },
];

/** The lowest Docker API version that has a log driver, as far as ECS names one in what it requires. */
const loggingApi: ReadonlyMap<string, number> = new Map([
  ["json-file", 18],
  ["syslog", 18],
  ["journald", 19],
  ["gelf", 20],
  ["fluentd", 20],
  ["awslogs", 19],
  ["splunk", 22],
]);

/** Rows whose attribute has a name from the definition: log drivers, volume drivers, FireLens. */
function namedRows(view: DefinitionView): readonly Pick<Row, "because" | "attributes">[] {
  const drivers = view.containers
    .map((it) => textAt(it, "logConfiguration", "logDriver"))
    .filter((it) => it !== undefined && plainName.test(it));
  const volumeDrivers = view.volumes
    .map((it) => textAt(it, "dockerVolumeConfiguration", "driver"))
    .filter((it) => it !== undefined && plainName.test(it));
  const dockerVolumes = view.volumes.some(
    (it) => asObject(member(it, "dockerVolumeConfiguration")) !== undefined,
  );
  return [
    ...drivers.map((driver) => ({
      because: `log driver ${driver}`,
      attributes: [docker(`logging-driver.${driver}`), ...apiOf(driver)],
    })),
    ...(dockerVolumes ? [{ because: "a Docker volume", attributes: [dockerApi(25)] }] : []),
    ...volumeDrivers.map((driver) => ({
      because: `volume driver ${driver}`,
      // The agent writes the colon of a plug-in's tag as a dot, since attribute names have none.
      attributes: [agent(`docker-plugin.${driver?.replaceAll(":", ".")}`)],
    })),
    ...view.containers.flatMap(firelensRows),
  ];
}

/** A template is no name. */
const plainName = /^[\w./:@-]+$/;

function apiOf(driver: string | undefined): readonly string[] {
  const version = loggingApi.get(driver ?? "");
  return version === undefined ? [] : [dockerApi(version)];
}

function firelensRows(container: PlainObject): readonly Pick<Row, "because" | "attributes">[] {
  const type = textAt(container, "firelensConfiguration", "type");
  if (type !== "fluentd" && type !== "fluentbit") return [];
  const config = textAt(container, "firelensConfiguration", "options", "config-file-type");
  return [
    { because: `FireLens with ${type}`, attributes: [agent(`firelens.${type}`)] },
    ...(config === "s3" || config === "file"
      ? [
          {
            because: `a FireLens configuration from ${config}`,
            attributes: [agent(`firelens.options.config.${config}`)],
          },
        ]
      : []),
  ];
}

function anyContainer(uses: (container: PlainObject) => boolean): Row["uses"] {
  return (view) => view.containers.some(uses);
}

function anyVolume(uses: (volume: PlainObject) => boolean): Row["uses"] {
  return (view) => view.volumes.some(uses);
}

function anySecret(matches: (valueFrom: string) => boolean, ...path: readonly string[]): Row["uses"] {
  return anyContainer((container) =>
    objectsAt(container, ...path).some((secret) => {
      const valueFrom = asFilledText(member(secret, "valueFrom"));
      return valueFrom !== undefined && matches(valueFrom);
    }),
  );
}

function isSecretsManager(valueFrom: string): boolean {
  return /^arn:[\w-]+:secretsmanager:/.test(valueFrom);
}

function anySecurityOption(pattern: RegExp): Row["uses"] {
  return anyContainer((it) =>
    listedTexts(member(it, "dockerSecurityOptions")).some((text) => pattern.test(text)),
  );
}

function listedTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((it): it is string => typeof it === "string") : [];
}

function startsWith(prefix: string): (text: string) => boolean {
  return (text) => text.startsWith(prefix);
}

function present(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function hasExecutionRole(view: DefinitionView): boolean {
  return textAt(view.task, "executionRoleArn") !== undefined;
}

/** A private registry of Amazon ECR, in any partition and with dual-stack or FIPS names; the public gallery needs no login. */
const ecrImage =
  /^\d{12}\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com|amazonaws\.com\.cn|on\.aws|on\.amazonwebservices\.com\.cn)\//;

function usesEcr(view: DefinitionView): boolean {
  return view.containers.some((it) => ecrImage.test(textAt(it, "image") ?? ""));
}
