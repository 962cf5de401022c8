// Arguments of a Terraform resource and a block that make one object of the API together, in any order.

import assert from "node:assert/strict";
import { test } from "node:test";
import { documentValue } from "../../../server/src/core/resources/documentValue";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const block = `  deployment_configuration {
    strategy             = "ROLLING"
    bake_time_in_minutes = 5
  }
`;
const args = `  deployment_maximum_percent = 200
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
`;

function serviceOf(body: string) {
  const text = `resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"
  desired_count   = 2
${body}}
`;
  const [service] = openResources("main.tf", text);
  assert.ok(service);
  return service;
}

for (const [order, body] of [
  ["the block before the arguments", block + args],
  ["the arguments before the block", args + block],
] as const) {
  test(`one deployment configuration: ${order}`, () => {
    const service = serviceOf(body);
    const { deploymentConfiguration } = JSON.parse(JSON.stringify(documentValue(service)));
    assert.deepEqual(deploymentConfiguration, {
      strategy: "ROLLING",
      bakeTimeInMinutes: 5,
      maximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
    });
    assert.deepEqual(
      validateDocument(service).map((it) => it.code),
      [],
    );
  });
}

test("a block written twice is still reported", () => {
  const codes = validateDocument(serviceOf(block + block)).map((it) => it.code);
  assert.deepEqual(codes, ["duplicate-member"]);
});

test("nested blocks whose names are not the API's in snake case", () => {
  const service = serviceOf(`  deployment_configuration {
    strategy = "BLUE_GREEN"
    lifecycle_hook {
      hook_target_arn  = "arn:aws:lambda:eu-west-1:123456789012:function:hook"
      role_arn         = "arn:aws:iam::123456789012:role/hook"
      lifecycle_stages = ["POST_SCALE"]
    }
  }
  service_connect_configuration {
    enabled = true
    service {
      port_name = "http"
      client_alias {
        port = 80
      }
      tls {
        kms_key  = "key"
        role_arn = "arn:aws:iam::123456789012:role/tls"
        issuer_cert_authority {
          aws_pca_authority_arn = "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/1"
        }
      }
    }
  }
`);
  const codes = validateDocument(service).map(({ code, message }) => `${code}: ${message}`);
  assert.equal(codes.filter((it) => it.startsWith("missing-member")).join(), "");
  assert.match(codes.join("\n"), /unknown-value: 'POST_SCALE' is not a valid value of 'lifecycle_stages'/);
});

test("an argument that is nearly one is reported; one that nobody knows here is not", () => {
  const service = serviceOf(`  scheduling_stratgy = "REPLICA"
  wait_for_steady_state = true
  some_new_argument     = true
`);
  const found = validateDocument(service).map(({ code, message }) => `${code}: ${message}`);
  assert.deepEqual(found, [
    "misspelt-member: Unknown property 'scheduling_stratgy' in a service. Did you mean 'scheduling_strategy'? terraform plan fails.",
  ]);
});
