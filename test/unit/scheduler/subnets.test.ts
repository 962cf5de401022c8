// awsvpc: a task runs only where the instance is in the zone and the VPC of one of the service's subnets, as far as the
// cluster's instances tell.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerInstance } from "../../../server/src/core/cluster/containerInstance";
import { daemonServiceOf as daemonOfDocuments } from "../../../server/src/core/language/previewSubject";
import { openResource } from "../../../server/src/core/resources/resource";
import { daemonServiceOf } from "../../../server/src/core/scheduler/daemonServiceOf";
import { describePlacement } from "../../../server/src/core/scheduler/describePlacement";
import { placeDaemon } from "../../../server/src/core/scheduler/placeDaemon";
import { UnknownValue } from "../../../server/src/core/text/unknownValue";
import { cluster, containerInstance, instanceTask, taskDefinition } from "../../support/builders";

const at = (id: string, zone: string | null, subnet: string | null, vpc: string | null): ContainerInstance =>
  containerInstance({
    id,
    without: [
      ...(zone === null ? ["ecs.availability-zone"] : []),
      ...(subnet === null ? ["ecs.subnet-id"] : []),
      ...(vpc === null ? ["ecs.vpc-id"] : []),
    ],
    attributes: {
      "ecs.availability-zone": zone,
      "ecs.subnet-id": subnet,
      "ecs.vpc-id": vpc,
    },
  });

const three = cluster([
  at("a", "zone-a", "subnet-a", "vpc-1"),
  at("b", "zone-b", "subnet-b", "vpc-1"),
  at("c", "zone-b", "subnet-c", "vpc-2"),
]);

const daemon = (subnets: unknown, networkMode = "awsvpc") =>
  daemonServiceOf(taskDefinition({ networkMode }), {
    serviceName: "agent",
    networkConfiguration: { awsvpcConfiguration: { subnets } },
  });

const verdicts = (subnets: unknown, on = three, networkMode?: string) =>
  placeDaemon(daemon(subnets, networkMode), on)
    .instances.map((it) => `${it.id} ${it.verdict}`)
    .join(", ");

test("an instance in another zone or another VPC is blocked", () => {
  assert.equal(verdicts(["subnet-b"]), "a blocked, b place, c blocked");
  assert.equal(verdicts(["subnet-a", "subnet-b"]), "a place, b place, c blocked");
  assert.equal(verdicts(["subnet-c"]), "a blocked, b blocked, c place");
  const [a, , c] = placeDaemon(daemon(["subnet-b"]), three).instances;
  assert.deepEqual(a?.reasons[0], {
    filter: "subnets",
    code: "other-subnets",
    message: "The instance is in zone-a, and none of the service's subnets is: they are in zone-b.",
    requested: "subnet-b",
    available: "zone-a",
    remedy: "Add a subnet of zone-a to the service, or select other instances.",
  });
  assert.equal(c?.reasons[0]?.message, "The instance is in vpc-2, and the service's subnets are in vpc-1.");
  assert.equal(
    describePlacement(placeDaemon(daemon(["subnet-b"]), three), daemon(["subnet-b"])),
    "Lands on 1 of 3 container instances: 2 are outside subnet-b.",
  );
});

test("where one of both has no VPC, the zone decides", () => {
  const plain = at("d", "zone-a", null, null);
  assert.equal(
    verdicts(["subnet-a"], cluster([...three.instances, plain]))
      .split(", ")
      .at(-1),
    "d place",
  );
  assert.equal(
    verdicts(["subnet-b"], cluster([...three.instances, plain]))
      .split(", ")
      .at(-1),
    "d blocked",
  );
  const withoutVpc = cluster([at("a", "zone-a", "subnet-a", null), at("b", "zone-a", null, "vpc-1")]);
  assert.equal(verdicts(["subnet-a"], withoutVpc), "a place, b place");
});

test("where the zone is not known, only subnets of the instance's own VPC may be there", () => {
  const open = at("d", null, null, "vpc-2");
  const { instances } = placeDaemon(daemon(["subnet-b", "subnet-c"]), cluster([...three.instances, open]));
  const [reason] = instances.at(-1)?.reasons ?? [];
  assert.deepEqual([reason?.unknown, reason?.requested], [true, "subnet-c"]);
});

test("a subnet that no instance is in may be anywhere", () => {
  assert.equal(verdicts(["subnet-x"]), "a unknown, b unknown, c unknown");
  // The VPC of all subnets is known from one of them.
  assert.equal(verdicts(["subnet-b", "subnet-x"]), "a unknown, b place, c blocked");
  const [a] = placeDaemon(daemon(["subnet-b", "subnet-x"]), three).instances;
  assert.equal(
    a?.reasons[0]?.message,
    "The Availability Zone of subnet-x is not known: no container instance is in it. The instance is in zone-a.",
  );
  const zoneless = cluster([at("a", null, "subnet-a", null), at("b", "zone-b", "subnet-b", null)]);
  assert.equal(verdicts(["subnet-b"], zoneless), "a unknown, b place");
});

test("where a task of the service runs, one of its subnets is", () => {
  const running = containerInstance({
    id: "r",
    attributes: { "ecs.subnet-id": "subnet-r" },
    tasks: [instanceTask()],
  });
  assert.equal(verdicts(["subnet-x"], cluster([running])), "r keep");
  const placeholder = daemonServiceOf(taskDefinition({ networkMode: "awsvpc" }), {
    serviceName: "agent",
    networkConfiguration: { awsvpcConfiguration: { subnets: new UnknownValue("${SUBNETS}") } },
  });
  assert.equal(placeDaemon(placeholder, cluster([running])).summary.unknown, 1);
});

test("only awsvpc has subnets, and only a service that names some", () => {
  assert.equal(verdicts(["subnet-x"], three, "host"), "a place, b place, c place");
  assert.equal(verdicts([]), "a place, b place, c place");
  assert.equal(verdicts(undefined), "a place, b place, c place");
});

test("a placeholder among the subnets, or in the place of the network mode, leaves it open", () => {
  const of = (mode: string, subnets: string) => {
    const taskDefinition = openResource(
      "a.taskdef.json",
      `{ "family": "a", "networkMode": ${mode}, "containerDefinitions": [{ "name": "a", "image": "a", "memory": 8 }] }`,
    );
    const service = openResource(
      "a.service.json",
      `{ "serviceName": "a", "taskDefinition": "a", "schedulingStrategy": "DAEMON",
         "networkConfiguration": { "awsvpcConfiguration": { "subnets": ${subnets} } } }`,
    );
    return placeDaemon(daemonOfDocuments({ taskDefinition, service }), three).instances.map(
      (it) => it.verdict,
    );
  };
  assert.deepEqual(of('"awsvpc"', '["subnet-b", "${MORE}"]'), ["unknown", "place", "blocked"]);
  assert.deepEqual(of('"awsvpc"', '["subnet-b", ${MORE}]'), ["unknown", "place", "blocked"]);
  assert.deepEqual(of('"awsvpc"', '"${SUBNETS}"'), ["unknown", "unknown", "unknown"]);
  assert.deepEqual(of('"awsvpc"', "${SUBNETS}"), ["unknown", "unknown", "unknown"]);
  assert.deepEqual(of('"${MODE}"', '["subnet-b"]'), ["unknown", "place", "unknown"]);
});
