// The command line on a folder of templates and modules, against cfn-lint on such templates where it is installed.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countText } from "../../server/src/core/text/counts";
import { projectRoot } from "../support/paths";
import { roundsFor, type Side, takeTurns } from "./measure";
import type { BenchOptions, Row } from "./section";

/** A daemon service with its task definition, in parameters and functions as real templates have them. */
const template = (name: string) => `AWSTemplateFormatVersion: "2010-09-09"
Description: The agent ${name}
Parameters:
  Cluster:
    Type: String
  Image:
    Type: String
    Default: public.ecr.aws/datadog/agent:latest
Resources:
  Logs:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Sub /ecs/\${AWS::StackName}
      RetentionInDays: 14
  AgentTask:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: ${name}
      NetworkMode: bridge
      PlacementConstraints:
        - Type: memberOf
          Expression: attribute:env == prod and attribute:ecs.os-type == linux
      Volumes:
        - Name: proc
          Host:
            SourcePath: /proc/
      ContainerDefinitions:
        - Name: agent
          Image: !Ref Image
          Cpu: 10
          Memory: 128
          Essential: true
          MountPoints:
            - SourceVolume: proc
              ContainerPath: /host/proc
              ReadOnly: true
          PortMappings:
            - ContainerPort: 8126
              HostPort: 8126
              Protocol: tcp
          LogConfiguration:
            LogDriver: awslogs
            Options:
              awslogs-group: !Ref Logs
              awslogs-region: !Ref AWS::Region
              awslogs-stream-prefix: agent
  AgentService:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      ServiceName: ${name}
      SchedulingStrategy: DAEMON
      TaskDefinition: !Ref AgentTask
`;

const terraform = (name: string) => `variable "image" {
  type    = string
  default = "public.ecr.aws/datadog/agent:latest"
}

variable "cluster" {
  type = string
}

resource "aws_ecs_task_definition" "agent" {
  family       = "${name}"
  network_mode = "bridge"
  volume {
    name      = "proc"
    host_path = "/proc/"
  }
  container_definitions = jsonencode([{
    name         = "agent"
    image        = var.image
    cpu          = 10
    memory       = 128
    essential    = true
    portMappings = [{ containerPort = 8126, hostPort = 8126, protocol = "tcp" }]
    mountPoints  = [{ sourceVolume = "proc", containerPath = "/host/proc", readOnly = true }]
  }])
}

resource "aws_ecs_service" "agent" {
  name                = "${name}"
  cluster             = var.cluster
  task_definition     = aws_ecs_task_definition.agent.arn
  scheduling_strategy = "DAEMON"
  launch_type         = "EC2"
}
`;

/** Writes as many templates and modules, each in a folder of its own. */
function writeFolder(home: string, count: number): { readonly folder: string; readonly templates: string[] } {
  const folder = join(home, "infrastructure");
  const templates: string[] = [];
  for (let index = 0; index < count; index++) {
    const name = `agent-${index}`;
    const own = join(folder, name);
    mkdirSync(own, { recursive: true });
    const isTemplate = index % 2 === 0;
    const file = join(own, isTemplate ? "template.yaml" : "main.tf");
    writeFileSync(file, isTemplate ? template(name) : terraform(name));
    if (isTemplate) templates.push(file);
  }
  return { folder, templates };
}

function milliseconds(command: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(command, words, { env: { ...process.env, ...env }, encoding: "utf8" });
  // cfn-lint ends with 4 and more where it warns or informs.
  if (status === null || status === 1 || status === 2)
    throw new Error(`${command} ended with ${status}: ${stderr}`);
  return performance.now() - began;
}

/** `cfn-lint 1.51.0`; `undefined` where it is not installed. */
function peerVersion(): string | undefined {
  const { status, stdout } = spawnSync("cfn-lint", ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

export async function folderRows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const home = mkdtempSync(join(tmpdir(), "ecs-daemon-bench-folder-"));
  try {
    const count = quick ? 4 : 1_000;
    const { folder, templates } = writeFolder(home, count);
    const probe = join(home, "memory");
    const cli = join(projectRoot, "dist", "cli.js");
    const validate = [
      "--require",
      join(projectRoot, "test", "bench", "memoryProbe.cjs"),
      cli,
      "validate",
      folder,
    ];
    const ours = () => milliseconds(process.execPath, validate, { ECS_DAEMON_PROBE: probe }) / count;
    // It takes seconds for few files: more of them would tell nothing else.
    const few = templates.slice(0, 50);
    const theirs = () => milliseconds("cfn-lint", few) / few.length;
    const version = quick ? undefined : peerVersion();
    const hasPeer = version !== undefined;
    const sides: Record<string, Side> = { ours, ...(hasPeer && { "cfn-lint": theirs }) };
    const times = await takeTurns(sides, roundsFor(quick, 3, 1));
    const peak = Number(readFileSync(probe, "utf8")) / 1024;
    return [
      {
        what: `validate a folder of ${countText(count)} templates and modules by the command line, for each file${version === undefined ? "" : ` (peer: ${version})`}`,
        times,
        ...(hasPeer ? { target: 0.05, against: "cfn-lint" } : { note: "cfn-lint is absent on this machine" }),
      },
      { what: "memory of that at most, MiB", figure: Math.round(peak) },
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
