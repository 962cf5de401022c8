// Every argument and block that the AWS provider documents of the two resources, written as it documents them: none of them
// has another name, place or form.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const service = `resource "aws_ecs_service" "web" {
  name                               = "web"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.web.arn
  desired_count                      = 2
  availability_zone_rebalancing      = "ENABLED"
  deployment_maximum_percent         = 200
  deployment_minimum_healthy_percent = 50
  enable_ecs_managed_tags            = true
  enable_execute_command             = true
  force_delete                       = false
  force_new_deployment               = true
  health_check_grace_period_seconds  = 30
  propagate_tags                     = "SERVICE"
  platform_version                   = "LATEST"
  region                             = "eu-west-1"
  scheduling_strategy                = "REPLICA"
  sigint_rollback                    = true
  wait_for_steady_state              = true
  tags                               = merge(var.tags, { team = "web" })
  triggers = {
    redeployment = plantimestamp()
  }
  alarms {
    alarm_names = [aws_cloudwatch_metric_alarm.web.alarm_name]
    enable      = true
    rollback    = true
  }
  capacity_provider_strategy {
    base              = 1
    capacity_provider = "FARGATE"
    weight            = 1
  }
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  deployment_configuration {
    strategy             = "LINEAR"
    bake_time_in_minutes = "5"
    lifecycle_hook {
      hook_target_arn  = aws_lambda_function.check.arn
      role_arn         = aws_iam_role.check.arn
      lifecycle_stages = ["POST_TEST_TRAFFIC_SHIFT"]
      hook_details     = jsonencode({ probe = "/health" })
    }
    linear_configuration {
      step_percent              = 10
      step_bake_time_in_minutes = "1"
    }
  }
  deployment_controller {
    type = "ECS"
  }
  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = aws_lb_target_group.blue.arn
    advanced_configuration {
      alternate_target_group_arn = aws_lb_target_group.green.arn
      production_listener_rule   = aws_lb_listener_rule.production.arn
      role_arn                   = aws_iam_role.shift.arn
      test_listener_rule         = aws_lb_listener_rule.test.arn
    }
  }
  network_configuration {
    assign_public_ip = false
    security_groups  = [aws_security_group.web.id]
    subnets          = aws_subnet.private[*].id
  }
  service_connect_configuration {
    enabled   = true
    namespace = aws_service_discovery_http_namespace.main.arn
    access_log_configuration {
      format                   = "JSON"
      include_query_parameters = "ENABLED"
    }
    log_configuration {
      log_driver = "awslogs"
      options    = { awslogs-group = "web", awslogs-region = "eu-west-1", awslogs-stream-prefix = "web" }
      secret_option {
        name       = "token"
        value_from = "/web/token"
      }
    }
    service {
      discovery_name        = "web"
      ingress_port_override = 8080
      port_name             = "http"
      client_alias {
        dns_name = "web"
        port     = 80
        test_traffic_rules {
          header {
            name = "x-test"
            value {
              exact = "1"
            }
          }
        }
      }
      timeout {
        idle_timeout_seconds        = 60
        per_request_timeout_seconds = 10
      }
      tls {
        kms_key  = aws_kms_key.main.arn
        role_arn = aws_iam_role.tls.arn
        issuer_cert_authority {
          aws_pca_authority_arn = aws_acmpca_certificate_authority.main.arn
        }
      }
    }
  }
  service_registries {
    port         = 80
    registry_arn = aws_service_discovery_service.web.arn
  }
  volume_configuration {
    name = "data"
    managed_ebs_volume {
      encrypted                  = true
      file_system_type           = "xfs"
      iops                       = 3000
      kms_key_id                 = aws_kms_key.main.id
      role_arn                   = aws_iam_role.ebs.arn
      size_in_gb                 = 20
      snapshot_id                = "snap-0123456789abcdef0"
      throughput                 = 125
      volume_initialization_rate = 100
      volume_type                = "gp3"
      tag_specifications {
        propagate_tags = "SERVICE"
        resource_type  = "volume"
        tags           = { team = "web" }
      }
    }
  }
  vpc_lattice_configurations {
    port_name        = "http"
    role_arn         = aws_iam_role.lattice.arn
    target_group_arn = aws_vpclattice_target_group.web.arn
  }
}

resource "aws_ecs_service" "agent" {
  name            = "agent"
  task_definition = "agent:1"
  desired_count   = 2
  iam_role        = aws_iam_role.classic.arn
  launch_type     = "EC2"
  load_balancer {
    elb_name       = aws_elb.classic.name
    container_name = "agent"
    container_port = 80
  }
  ordered_placement_strategy {
    type  = "binpack"
    field = "cpu"
  }
  placement_constraints {
    type       = "memberOf"
    expression = "attribute:env == prod"
  }
}
`;

const definition = `resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  cpu                      = 1024
  memory                   = 2048
  enable_fault_injection   = false
  execution_role_arn       = aws_iam_role.execution.arn
  network_mode             = "awsvpc"
  pid_mode                 = "task"
  region                   = "eu-west-1"
  requires_compatibilities = ["FARGATE"]
  skip_destroy             = true
  tags                     = { team = "web" }
  task_role_arn            = aws_iam_role.task.arn
  track_latest             = true
  container_definitions = jsonencode([{
    name         = "web"
    image        = "nginx:1.25"
    portMappings = [{ containerPort = 80, name = "http" }]
    mountPoints = [
      { sourceVolume = "data", containerPath = "/data" },
      { sourceVolume = "shared", containerPath = "/shared" },
    ]
  }])
  ephemeral_storage {
    size_in_gib = 30
  }
  runtime_platform {
    cpu_architecture        = "ARM64"
    operating_system_family = "LINUX"
  }
  volume {
    configure_at_launch = true
    name                = "data"
  }
  volume {
    name = "shared"
    efs_volume_configuration {
      file_system_id          = aws_efs_file_system.main.id
      root_directory          = "/"
      transit_encryption      = "ENABLED"
      transit_encryption_port = 2999
      authorization_config {
        access_point_id = aws_efs_access_point.main.id
        iam             = "ENABLED"
      }
    }
  }
}

resource "aws_ecs_task_definition" "agent" {
  family       = "agent"
  ipc_mode     = "task"
  network_mode = "awsvpc"
  container_definitions = jsonencode([
    { name = "agent", image = "agent:7", memory = 64 },
    {
      name   = "envoy"
      image  = "envoy:1"
      memory = 64
      user   = "1337"
      mountPoints = [
        { sourceVolume = "docker", containerPath = "/docker" },
        { sourceVolume = "logs", containerPath = "/logs" },
      ]
    },
  ])
  placement_constraints {
    expression = "attribute:env == prod"
    type       = "memberOf"
  }
  proxy_configuration {
    container_name = "envoy"
    type           = "APPMESH"
    properties = {
      AppPorts         = "8080"
      EgressIgnoredIPs = "169.254.170.2,169.254.169.254"
      IgnoredUID       = "1337"
      ProxyEgressPort  = 15001
      ProxyIngressPort = 15000
    }
  }
  volume {
    name = "docker"
    docker_volume_configuration {
      autoprovision = true
      driver        = "local"
      driver_opts   = { type = "nfs" }
      labels        = { team = "web" }
      scope         = "shared"
    }
  }
  volume {
    host_path = "/var/log"
    name      = "logs"
  }
}

resource "aws_ecs_task_definition" "windows" {
  family                = "windows"
  container_definitions = var.containers
  volume {
    name = "share"
    fsx_windows_file_server_volume_configuration {
      file_system_id = aws_fsx_windows_file_system.main.id
      root_directory = "data"
      authorization_config {
        credentials_parameter = aws_secretsmanager_secret_version.main.arn
        domain                = aws_directory_service_directory.main.name
      }
    }
  }
}
`;

for (const [name, text] of Object.entries({ service, definition }))
  test(`a ${name} with every argument has no diagnostic`, () => {
    const found = openResources("main.tf", text).flatMap((resource) =>
      validateDocument(resource)
        .filter((it) => it.severity === "error" || it.severity === "warning")
        .map(({ code, message }) => `${resource.hosted?.id} ${code}: ${message}`),
    );
    assert.deepEqual(found, []);
  });
