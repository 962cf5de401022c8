// What ECS takes at its limits gives no diagnostic, and what is one beyond gives one: each limit from both sides.

import assert from "node:assert/strict";
import { test } from "node:test";
import { largestFleet } from "../../../server/src/core/cluster/fleet";
import { openResource } from "../../../server/src/core/resources/resource";
import type { Code } from "../../../server/src/core/rules/catalogue";
import { validateDocument } from "../../../server/src/core/rules/validate";
import {
  container,
  definition,
  diagnosticsOf,
  fargate,
  found,
  service,
  text,
  times,
} from "../../support/checkedInputs";

const targetGroup = (index: number) => ({
  targetGroupArn: `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/${String(index).padStart(16, "0")}`,
  containerName: "agent",
  containerPort: 80,
});
const check = { command: ["CMD", "true"] };

interface Limit {
  /** The last values that are taken. */
  readonly taken: readonly number[];
  /** The first ones that are not. */
  readonly refused: readonly number[];
  readonly document: (value: number) => object;
}

const limits: Partial<Record<Code, Limit>> = {
  "bad-family": { taken: [1, 255], refused: [256], document: (it) => definition({ family: text(it) }) },
  "bad-port": {
    taken: [1, 65_535],
    refused: [65_536],
    document: (it) => container({ portMappings: [{ containerPort: it }] }),
  },
  "too-many-containers": {
    taken: [10],
    refused: [11],
    document: (it) =>
      definition({
        containerDefinitions: times(it, (at) => ({ name: `c${at}`, image: "agent:1", memory: 128 })),
      }),
  },
  "too-many-tags": {
    taken: [50],
    refused: [51],
    document: (it) => definition({ tags: times(it, (at) => ({ key: `k${at}`, value: "v" })) }),
  },
  "too-many-exit-codes": {
    taken: [50],
    refused: [51],
    document: (it) =>
      container({ restartPolicy: { enabled: true, ignoredExitCodes: times(it, (at) => at) } }),
  },
  "restart-period-range": {
    taken: [60, 1800],
    refused: [59, 1801],
    document: (it) => container({ restartPolicy: { enabled: true, restartAttemptPeriod: it } }),
  },
  "health-check-range": {
    taken: [5, 300],
    refused: [4, 301],
    document: (it) => container({ healthCheck: { ...check, interval: it } }),
  },
  "too-many-environment-files": {
    taken: [10],
    refused: [11],
    document: (it) =>
      definition(
        { executionRoleArn: "arn:aws:iam::123456789012:role/execution" },
        { environmentFiles: times(it, (at) => ({ type: "s3", value: `arn:aws:s3:::bucket/${at}.env` })) },
      ),
  },
  "too-many-host-ports": {
    taken: [100],
    refused: [101],
    document: (it) =>
      container({ portMappings: times(it, (at) => ({ containerPort: 2000 + at, hostPort: 2000 + at })) }),
  },
  "swappiness-range": {
    taken: [0, 100],
    refused: [-1, 101],
    document: (it) => container({ linuxParameters: { maxSwap: 128, swappiness: it } }),
  },
  "memory-too-small": { taken: [6], refused: [5], document: (it) => container({ memory: it }) },
  "ephemeral-storage-range": {
    taken: [21, 200],
    refused: [20, 201],
    document: (it) => fargate({ ephemeralStorage: { sizeInGiB: it } }),
  },
  "fargate-timeout": {
    taken: [2, 120],
    refused: [121],
    document: (it) => fargate({}, { stopTimeout: it }),
  },
  "too-many-placement-strategies": {
    taken: [5],
    refused: [6],
    document: (it) =>
      service({ placementStrategy: times(it, (at) => ({ type: "spread", field: `attribute:rack${at}` })) }),
  },
  "too-many-constraints": {
    taken: [10],
    refused: [11],
    document: (it) =>
      service({
        placementConstraints: times(it, (at) => ({ type: "memberOf", expression: `attribute:a${at} == b` })),
      }),
  },
  "too-many-target-groups": {
    taken: [5],
    refused: [6],
    document: (it) => service({ loadBalancers: times(it, targetGroup) }),
  },
  "too-many-capacity-providers": {
    taken: [20],
    refused: [21],
    document: (it) =>
      service({
        capacityProviderStrategy: times(it, (at) => ({ capacityProvider: `provider${at}`, weight: 1 })),
      }),
  },
  "percent-bounds": {
    taken: [0, 100],
    refused: [-1, 101],
    document: (it) =>
      service({ deploymentConfiguration: { minimumHealthyPercent: it, maximumPercent: 200 } }),
  },
  "bad-client-token": {
    taken: [1, 36],
    refused: [37],
    document: (it) => service({ clientToken: text(it) }),
  },
};

for (const [code, { taken, refused, document }] of Object.entries(limits))
  test(`${code} begins behind the limit`, () => {
    for (const it of taken) assert.deepEqual(found(document(it)), [], `${it} is taken`);
    for (const it of refused) assert.deepEqual(found(document(it)), [code], `${it} is refused`);
  });

test("a service needs a namespace for what it serves by Service Connect, and for nothing else", () => {
  const connect = (more: object) =>
    found(service({ serviceConnectConfiguration: { enabled: true, ...more } }));
  const services = [{ portName: "http" }];
  assert.deepEqual(connect({ services }), ["service-connect-namespace"]);
  assert.deepEqual(connect({ services, namespace: "prod" }), []);
  assert.deepEqual(connect({}), []);
});

test("what is near a fault is none", () => {
  const managed = (networkMode: string, ...others: readonly string[]) =>
    definition({
      requiresCompatibilities: ["MANAGED_INSTANCES", ...others],
      networkMode,
      cpu: "256",
      memory: "512",
    });
  assert.deepEqual(found(managed("host")), []);
  assert.deepEqual(found(managed("bridge", "EC2")), []);
  assert.deepEqual(found(managed("bridge")), ["managed-instances-network-mode"]);

  const volume = (more: object) =>
    found(
      definition(
        { volumes: [{ name: "files", ...more }] },
        { mountPoints: [{ sourceVolume: "files", containerPath: "/files" }] },
      ),
    );
  assert.deepEqual(volume({ host: { sourcePath: "/files" }, configuredAtLaunch: false }), []);
  assert.deepEqual(volume({ host: { sourcePath: "/files" }, configuredAtLaunch: true }), ["volume-kinds"]);

  const proxy = (more: object) => {
    const values = {
      AppPorts: "80",
      ProxyIngressPort: "15000",
      ProxyEgressPort: "15001",
      IgnoredUID: "1337",
      EgressIgnoredIPs: "169.254.170.2,169.254.169.254",
      ...more,
    };
    const properties = Object.entries(values).map(([name, value]) => ({ name, value }));
    return found(
      fargate(
        { proxyConfiguration: { type: "APPMESH", containerName: "agent", properties } },
        { user: "1337" },
      ),
    );
  };
  assert.deepEqual(proxy({ EgressIgnoredPorts: "" }), []);
  assert.deepEqual(proxy({ EgressIgnoredPorts: "22,443" }), []);
  assert.deepEqual(proxy({ EgressIgnoredPorts: "22,ssh" }), ["proxy-property-value"]);
  assert.deepEqual(proxy({ AppPorts: "" }), ["proxy-property-value"]);

  const strategies = times(6, (at) => ({ type: "spread", field: `attribute:rack${at}` }));
  const daemon = service({ schedulingStrategy: "DAEMON", placementStrategy: strategies });
  assert.deepEqual(found(daemon), ["daemon-placement-strategy"]);
});

test("the fix of a value beyond a limit is the limit", () => {
  const fixOf = (document: object) => diagnosticsOf(document).flatMap((it) => it.fixes ?? [])[0]?.title;
  const restart = (seconds: number) =>
    container({ restartPolicy: { enabled: true, restartAttemptPeriod: seconds } });
  assert.equal(fixOf(restart(5)), "Change to 60");
  assert.equal(fixOf(restart(4000)), "Change to 1800");
  const range = (text: string) => container({ portMappings: [{ containerPortRange: text }] });
  assert.equal(fixOf(range("1 - 65535")), "Change to '1-65535'");
  const minimum = (percent: number) =>
    service({ deploymentConfiguration: { minimumHealthyPercent: percent, maximumPercent: 200 } });
  assert.equal(fixOf(minimum(-1)), "Change to 0");
  assert.equal(fixOf(minimum(101)), "Change to 100");
});

test("a fleet may have as many container instances as there can be, and no more", () => {
  const ofFleet = (...counts: readonly number[]) => {
    const groups = counts.map((count) => ({ count, instanceType: "m5.large", zones: ["eu-west-1a"] }));
    const fleet = openResource("a.ecs-fleet.json", JSON.stringify({ groups }));
    return validateDocument(fleet).map((it) => it.code);
  };
  assert.deepEqual(ofFleet(largestFleet), []);
  assert.deepEqual(ofFleet(largestFleet - 1, 1), []);
  assert.deepEqual(ofFleet(largestFleet - 1, 2), ["fleet-too-large"]);
});

test("logs to FireLens are sent by a router that may be there", () => {
  const sender = {
    logConfiguration: { logDriver: "awsfirelens", options: { Name: "stdout" } },
  };
  const beside = (more: object) =>
    found(
      definition({
        containerDefinitions: [
          { name: "agent", image: "agent:1", memory: 128, ...sender },
          { name: "router", image: "router:1", memory: 128, ...more },
        ],
      }),
    );
  assert.deepEqual(beside({}), ["firelens-router-missing"]);
  assert.deepEqual(beside({ firelensConfiguration: "${FIRELENS}" }), []);
  assert.deepEqual(beside({ firelensConfiguration: { type: "fluentbit" } }), []);
});
