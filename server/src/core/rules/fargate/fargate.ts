// What Fargate does not offer.

import {
  type ContainerView,
  type TaskDefinitionView,
  taskDefinitionView,
} from "../../resources/taskDefinitionView";
import { add, set } from "../../source/change";
import {
  at,
  booleanOf,
  get,
  isOpen,
  items,
  type JsonNode,
  keyOf,
  numberOf,
  stringOf,
} from "../../source/tree";
import { isCapability } from "../containers/linuxSettings";
import { fix } from "../fix";
import { entry, title } from "../fixTitle";
import type { Report, Rule } from "../rule";
import { changeTo, filled, given, isAbsent, placeOfMissing, related, removal } from "../ruleHelpers";
import { secretsOf } from "../taskDefinition/secrets";

export const fargate: Rule = {
  codes: [
    "fargate-windows-version",
    "fargate-network-mode",
    "fargate-privileged",
    "fargate-placement-constraints",
    "fargate-host-path",
    "fargate-docker-volume",
    "fargate-devices",
    "fargate-shared-memory",
    "fargate-swap",
    "fargate-security-options",
    "fargate-ipc-mode",
    "fargate-pid-mode",
    "fargate-gpu",
    "fargate-log-driver",
    "fargate-firelens-file",
    "fargate-capability",
    "fargate-execution-role",
    "fargate-image-role",
    "fargate-stream-prefix",
    "fargate-timeout",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task?.isFargate) return;
    checkTask(task, report);
    for (const volume of task.volumes) checkVolume(volume, report);
    for (const container of task.containers) {
      checkContainer(container, report);
      checkLinux(container.node, report);
      checkLogging(container.node, report);
    }
    checkRole(task, report);
  },
};

function checkTask({ input, networkMode }: TaskDefinitionView, report: Report): void {
  const mode = given(input, "networkMode");
  // A value that is no mode at all has its own diagnostic.
  const isOther = networkMode === "bridge" || networkMode === "host" || networkMode === "none";
  if (mode ? isOther : isAbsent(input, "networkMode")) {
    const edit = mode ? set(mode, "awsvpc") : add(input, "networkMode", "awsvpc");
    report(
      "fargate-network-mode",
      mode ?? placeOfMissing(input),
      { mode: networkMode ?? "not given" },
      {
        related: related(
          "Where FARGATE is required.",
          items(get(input, "requiresCompatibilities")).find((it) => stringOf(it) === "FARGATE"),
        ),
        fixes: [fix(title`Set ${entry("networkMode", "awsvpc")}`, false, edit)],
      },
    );
  }
  const constraints = filled(input, "placementConstraints");
  if (constraints)
    report("fargate-placement-constraints", keyOf(constraints), {}, { fixes: [removal(constraints)] });
  const ipc = filled(input, "ipcMode");
  if (ipc) report("fargate-ipc-mode", keyOf(ipc), {}, { fixes: [removal(ipc)] });
  const family = at(input, "runtimePlatform", "operatingSystemFamily");
  const os = stringOf(family);
  if (family && os && /^WINDOWS_SERVER_(2016_FULL|2004_CORE|20H2_CORE)$/.test(os)) {
    report("fargate-windows-version", family, { os });
  }
  const pid = given(input, "pidMode");
  if (pid && stringOf(pid) === "host") {
    report(
      "fargate-pid-mode",
      pid,
      {},
      { fixes: [fix("Change to 'task'", false, set(pid, "task")), removal(pid)] },
    );
  }
}

function checkVolume(volume: JsonNode, report: Report): void {
  const path = given(given(volume, "host"), "sourcePath");
  if (path) report("fargate-host-path", keyOf(path), {}, { fixes: [removal(path)] });
  const docker = given(volume, "dockerVolumeConfiguration");
  if (docker) report("fargate-docker-volume", keyOf(docker), {}, { fixes: [removal(docker)] });
}

function checkContainer({ node }: ContainerView, report: Report): void {
  const privileged = get(node, "privileged");
  if (privileged && booleanOf(privileged) === true) {
    report("fargate-privileged", privileged, {}, { fixes: [removal(privileged)] });
  }
  const options = filled(node, "dockerSecurityOptions");
  if (options) report("fargate-security-options", keyOf(options), {}, { fixes: [removal(options)] });
  for (const requirement of items(get(node, "resourceRequirements"))) {
    const type = get(requirement, "type");
    if (type && stringOf(type) === "GPU") report("fargate-gpu", type, {}, { fixes: [removal(requirement)] });
  }
  for (const kind of ["start", "stop"] as const) {
    const member = `${kind}Timeout`;
    const value = get(node, member);
    const seconds = numberOf(value);
    if (!value || seconds === undefined || seconds <= 120) continue;
    report(
      "fargate-timeout",
      value,
      { member, seconds, kind },
      {
        fixes: [fix("Change to 120", false, set(value, 120))],
      },
    );
  }
}

function checkLinux(container: JsonNode, report: Report): void {
  const linux = given(container, "linuxParameters");
  const devices = filled(linux, "devices");
  if (devices) report("fargate-devices", keyOf(devices), {}, { fixes: [removal(devices)] });
  const shared = given(linux, "sharedMemorySize");
  if (shared) report("fargate-shared-memory", keyOf(shared), {}, { fixes: [removal(shared)] });
  for (const member of ["maxSwap", "swappiness"] as const) {
    const value = given(linux, member);
    if (value) report("fargate-swap", keyOf(value), { member }, { fixes: [removal(value)] });
  }
  for (const capability of items(get(get(linux, "capabilities"), "add"))) {
    const name = stringOf(capability);
    // What is no capability at all has its own diagnostic.
    if (name === undefined || name === "SYS_PTRACE" || !isCapability(name)) continue;
    report("fargate-capability", capability, { capability: name }, { fixes: [removal(capability)] });
  }
}

const drivers = new Set(["awslogs", "splunk", "awsfirelens"]);

function checkLogging(container: JsonNode, report: Report): void {
  const fileType = at(container, "firelensConfiguration", "options", "config-file-type");
  if (fileType && stringOf(fileType) === "s3") {
    report("fargate-firelens-file", fileType, {}, { fixes: [changeTo(fileType, "file", false)] });
  }
  const configuration = given(container, "logConfiguration");
  const driverNode = get(configuration, "logDriver");
  const driver = stringOf(driverNode);
  if (!configuration || !driverNode || driver === undefined) return;
  if (!drivers.has(driver)) {
    report("fargate-log-driver", driverNode, { driver });
  }
  const options = given(configuration, "options");
  if (driver === "awslogs" && options && isAbsent(options, "awslogs-stream-prefix")) {
    const name = stringOf(get(container, "name")) ?? "ecs";
    const edit = add(options, "awslogs-stream-prefix", name);
    report(
      "fargate-stream-prefix",
      placeOfMissing(options),
      {},
      {
        fixes: [fix("Add 'awslogs-stream-prefix'", false, edit)],
      },
    );
  }
}

function checkRole({ input, containers }: TaskDefinitionView, report: Report): void {
  if (filled(input, "executionRoleArn") || !isAbsent(input, "executionRoleArn") || isOpen(input)) return;
  const driver = containers
    .map(({ node }) => get(given(node, "logConfiguration"), "logDriver"))
    .find((it) => stringOf(it) === "awslogs");
  // Secrets ask for the same role, and have said so.
  if (containers.some(({ node }) => secretsOf(node) ?? filled(node, "repositoryCredentials"))) return;
  const image = containers
    .map(({ node }) => get(node, "image"))
    .find((it) => /\.dkr[.-]ecr\./.test(stringOf(it) ?? ""));
  const reason = driver ?? image;
  if (!reason) return;
  report(
    driver ? "fargate-execution-role" : "fargate-image-role",
    placeOfMissing(input),
    {},
    {
      related: related(driver ? "The log driver." : "The image.", reason),
      fixes: [
        fix(
          "Add the execution role ecsTaskExecutionRole",
          false,
          add(input, "executionRoleArn", "ecsTaskExecutionRole"),
        ),
      ],
    },
  );
}
