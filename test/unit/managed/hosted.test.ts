// Managed daemons in templates and Terraform modules: the same findings at the places of the file, in its names.

import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOfResource, openResources } from "../../../server/src/core/resources/openResources";
import { validateInWorkspace } from "../../../server/src/core/workspace/validateInWorkspace";
import { createWorkspace } from "../../../server/src/core/workspace/workspace";

/** `line code` of the findings of these codes, hints of style left out. */
function found(file: string, text: string): readonly string[] {
  const documents = openResources(file, text);
  const workspace = createWorkspace({
    files: documents.map((document) => ({ path: nameOfResource(document), document })),
    pathOf: nameOfResource,
  });
  const quiet = ["essential-without-restart-policy", "critical-without-health-check", "size-not-declared"];
  return documents.flatMap((document) =>
    validateInWorkspace(document, () => workspace)
      .filter((it) => !quiet.includes(it.code))
      .map((it) => `${text.slice(0, it.span.start).split("\n").length} ${it.code}`),
  );
}

const template = `Resources:
  Mi:
    Type: AWS::ECS::CapacityProvider
    Properties:
      ClusterName: prod
      ManagedInstancesProvider:
        InfrastructureRoleArn: arn:aws:iam::123456789012:role/x
        InstanceLaunchTemplate:
          Ec2InstanceProfileArn: arn:aws:iam::123456789012:instance-profile/ecsInstanceRole
          NetworkConfiguration: { Subnets: [subnet-1] }
          InstanceRequirements:
            VCpuCount: { Min: 2, Max: 2 }
            MemoryMiB: { Min: 2048, Max: 2048 }
            AllowedInstanceTypes: [t3.small]
  AgentTask:
    Type: AWS::ECS::DaemonTaskDefinition
    Properties:
      Memory: 4096
      PidMode: host
      ContainerDefinitions:
        - Name: agent
          Image: example/agent:1
          PortMappings: [{ ContainerPort: 80 }]
  Agent:
    Type: AWS::ECS::Daemon
    Properties:
      DaemonTaskDefinitionArn: !Ref AgentTask
      CapacityProviderArns: [!Ref Mi, !Ref Mi]
      DesiredCount: 3
      DeploymentConfiguration: { DrainPercent: 150 }
`;

test("a template's daemon is checked with its definition and capacity provider", () => {
  assert.deepEqual(found("stack.yaml", template), [
    "18 does-not-fit",
    "19 namespace-mode-of-tasks",
    "23 no-counterpart-member",
    "28 duplicate-capacity-provider",
    "29 service-member-in-daemon",
    "30 drain-percent-range",
  ]);
});

const configuration = `resource "aws_ecs_capacity_provider" "mi" {
  name    = "mi"
  cluster = "prod"
  managed_instances_provider {
    infrastructure_role_arn = "arn:aws:iam::123456789012:role/x"
    instance_launch_template {
      ec2_instance_profile_arn = "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole"
      network_configuration {
        subnets = ["subnet-1"]
      }
      storage_configuration {
        storage_size_gib = 30
      }
    }
  }
}
resource "aws_ecs_daemon_task_definition" "agent" {
  family = "agent"
  container_definition {
    name   = "agent"
    image  = "agent:1"
    memory = 128
    environment {
      name  = "A"
      value = "b"
    }
    mount_point {
      source_volume  = "nope"
      container_path = "/x"
      read_only      = true
    }
    ulimit {
      name       = "nofile"
      hard_limit = 10
      soft_limit = 10
    }
  }
  volume {
    name      = "docker"
    host_path = "/var/run/docker.sock"
  }
}
resource "aws_ecs_daemon" "agent" {
  name                       = "agent x"
  cluster_arn                = aws_ecs_cluster.this.arn
  daemon_task_definition_arn = aws_ecs_daemon_task_definition.agent.arn
  capacity_provider_arns     = [aws_ecs_capacity_provider.mi.arn]
  enable_ecs_managed_tags    = true
  deployment_configuration {
    drain_percent = 10
    alarms {
      alarm_names = ["down"]
    }
  }
}
`;

test("a module's daemon is, too, in the arguments of the provider", () => {
  assert.deepEqual(found("main.tf", configuration), [
    "28 unknown-volume",
    "40 docker-on-managed-instances",
    "44 bad-daemon-name",
    "52 alarms-not-enabled",
  ]);
});

test("a fix is written in the format of the file", () => {
  const [, , daemon] = openResources("main.tf", configuration);
  assert.ok(daemon);
  const [name] = validateInWorkspace(daemon, () => createWorkspace({ files: [], pathOf: nameOfResource }));
  const [edit] = name?.fixes?.[0]?.edits ?? [];
  assert.equal(name?.code, "bad-daemon-name");
  assert.equal(edit?.newText.replaceAll('"', ""), "agent-x");
});
