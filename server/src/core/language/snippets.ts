// Whole documents and parts of them that one starts from.

import type { DocumentKind } from "../resources/kinds/kindSigns";
import type { Resource } from "../resources/resource";
import type { Completion } from "./completion";
import type { InputLocation } from "./inputLocation";

/** Snippets for an empty document, or for an input object that has no member yet. */
export function documentSnippets(
  document: Resource,
  offset: number,
  place?: InputLocation,
): readonly Completion[] {
  const isEmpty = document.source.text.trim() === "";
  if (!isEmpty && (document.source.text.replace(/\s/g, "") !== "{}" || place === undefined)) return [];
  const known = snippets()[document.kind ?? kindOfName(document.source.file) ?? ""] ?? [];
  return known.map(({ label, detail, lines }) => ({
    label,
    kind: "snippet",
    detail,
    insertText: isEmpty ? lines.join("\n") : insideBraces(document.source.text, offset, lines.slice(1, -1)),
    isSnippet: true,
    filterText: '"',
    replace: { start: offset, end: offset },
  }));
}

interface DocumentSnippet {
  readonly label: string;
  readonly detail: string;
  readonly lines: readonly string[];
}

/** By the kind of the document. */
function snippets(): Readonly<Record<string, readonly DocumentSnippet[]>> {
  return {
    taskDefinition: [
      { label: "daemon task definition", detail: "RegisterTaskDefinition input", lines: taskDefinition },
    ],
    service: [
      { label: "daemon service", detail: "CreateService input", lines: service },
      {
        label: "daemon service with a placement constraint",
        detail: "CreateService input, for some instances",
        lines: constrainedService,
      },
    ],
    daemonTaskDefinition: [
      {
        label: "managed daemon task definition",
        detail: "RegisterDaemonTaskDefinition input",
        lines: daemonTaskDefinition,
      },
    ],
    daemon: [{ label: "managed daemon", detail: "CreateDaemon input", lines: daemon }],
    capacityProvider: [
      {
        label: "Managed Instances capacity provider",
        detail: "CreateCapacityProvider input",
        lines: capacityProvider,
      },
    ],
    fleet: [{ label: "fleet", detail: "a synthetic cluster", lines: fleet }],
  };
}

/** The lines between braces that are there already, on lines of their own. */
function insideBraces(text: string, offset: number, lines: readonly string[]): string {
  const isOnBraceLine = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset).includes("{");
  return isOnBraceLine ? `\n${lines.join("\n")}\n` : lines.map((it) => it.replace(/^\t/, "")).join("\n");
}

function kindOfName(fileName: string): DocumentKind | undefined {
  if (/\.ecs-fleet\.jsonc?$/i.test(fileName)) return "fleet";
  if (/\.daemon-taskdef\.jsonc?$/i.test(fileName)) return "daemonTaskDefinition";
  if (/\.daemon\.jsonc?$/i.test(fileName)) return "daemon";
  if (/\.capacity-provider\.jsonc?$/i.test(fileName)) return "capacityProvider";
  if (/service[^/]*\.jsonc?$/i.test(fileName)) return "service";
  return /task-?def[^/]*\.jsonc?$/i.test(fileName) ? "taskDefinition" : undefined;
}

/** A place for the cursor with a text in it; `stop(0)` is where it ends up. */
const stop = (number: number, text = "") => (text === "" ? `$${number}` : `\${${number}:${text}}`);

const taskDefinition = [
  "{",
  `\t"family": "${stop(1, "agent")}",`,
  `\t"networkMode": "${stop(2, "host")}",`,
  '\t"requiresCompatibilities": ["EC2"],',
  '\t"containerDefinitions": [',
  "\t\t{",
  `\t\t\t"name": "${stop(1, "agent")}",`,
  `\t\t\t"image": "${stop(3, "public.ecr.aws/datadog/agent:latest")}",`,
  `\t\t\t"cpu": ${stop(4, "100")},`,
  `\t\t\t"memory": ${stop(5, "256")},`,
  `\t\t\t"essential": true${stop(0)}`,
  "\t\t}",
  "\t]",
  "}",
];

const service = [
  "{",
  `\t"serviceName": "${stop(1, "agent")}",`,
  `\t"taskDefinition": "${stop(2, "agent")}",`,
  '\t"schedulingStrategy": "DAEMON",',
  '\t"launchType": "EC2",',
  '\t"deploymentConfiguration": {',
  '\t\t"maximumPercent": 100,',
  `\t\t"minimumHealthyPercent": ${stop(3, "0")}`,
  `\t}${stop(0)}`,
  "}",
];

const daemonTaskDefinition = [
  "{",
  `\t"family": "${stop(1, "agent")}",`,
  `\t"cpu": "${stop(2, "256")}",`,
  `\t"memory": "${stop(3, "512")}",`,
  `\t"executionRoleArn": "${stop(4, "ecsTaskExecutionRole")}",`,
  '\t"containerDefinitions": [',
  "\t\t{",
  `\t\t\t"name": "${stop(1, "agent")}",`,
  `\t\t\t"image": "${stop(5, "public.ecr.aws/docker/library/busybox:stable")}",`,
  '\t\t\t"essential": true,',
  `\t\t\t"healthCheck": { "command": ["CMD-SHELL", "${stop(6, "exit 0")}"], "startPeriod": 30 },`,
  `\t\t\t"restartPolicy": { "enabled": true }${stop(0)}`,
  "\t\t}",
  "\t]",
  "}",
];

const daemon = [
  "{",
  `\t"daemonName": "${stop(1, "agent")}",`,
  `\t"clusterArn": "arn:aws:ecs:${stop(2, "REGION")}:${stop(3, "ACCOUNT")}:cluster/${stop(4, "default")}",`,
  `\t"daemonTaskDefinitionArn": "arn:aws:ecs:${stop(2, "REGION")}:${stop(3, "ACCOUNT")}:daemon-task-definition/${stop(1, "agent")}:${stop(5, "1")}",`,
  '\t"capacityProviderArns": [',
  `\t\t"arn:aws:ecs:${stop(2, "REGION")}:${stop(3, "ACCOUNT")}:capacity-provider/${stop(6, "managed-instances")}"`,
  "\t],",
  `\t"critical": ${stop(7, "true")},`,
  '\t"deploymentConfiguration": {',
  `\t\t"drainPercent": ${stop(8, "25")}`,
  `\t}${stop(0)}`,
  "}",
];

const capacityProvider = [
  "{",
  `\t"name": "${stop(1, "managed-instances")}",`,
  `\t"cluster": "${stop(2, "default")}",`,
  '\t"managedInstancesProvider": {',
  `\t\t"infrastructureRoleArn": "arn:aws:iam::${stop(3, "ACCOUNT")}:role/${stop(4, "ecsInfrastructureRole")}",`,
  '\t\t"instanceLaunchTemplate": {',
  `\t\t\t"ec2InstanceProfileArn": "arn:aws:iam::${stop(3, "ACCOUNT")}:instance-profile/${stop(5, "ecsInstanceRole")}",`,
  `\t\t\t"networkConfiguration": { "subnets": ["${stop(6, "subnet-0123456789abcdef0")}"] },`,
  `\t\t\t"instanceRequirements": { "vCpuCount": { "min": ${stop(7, "2")} }, "memoryMiB": { "min": ${stop(8, "4096")} } }${stop(0)}`,
  "\t\t}",
  "\t}",
  "}",
];

const constrainedService = [
  ...service.slice(0, 5),
  '\t"placementConstraints": [',
  `\t\t{ "type": "memberOf", "expression": "attribute:${stop(4, "env")} == ${stop(5, "prod")}" }`,
  "\t],",
  ...service.slice(5),
];

const fleet = [
  "{",
  '\t"groups": [',
  "\t\t{",
  `\t\t\t"count": ${stop(1, "5")},`,
  `\t\t\t"instanceType": "${stop(2, "m5.large")}",`,
  `\t\t\t"zones": ["${stop(3, "us-east-1a")}"],`,
  `\t\t\t"attributes": { "${stop(4, "env")}": "${stop(5, "prod")}" }${stop(0)}`,
  "\t\t}",
  "\t]",
  "}",
];
