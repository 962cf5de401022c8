// What is known of images that run as daemons: their ports, the variables that move them, and their clients.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";
import { taskDefinitionView } from "../../../server/src/core/resources/taskDefinitionView";
import {
  isDatadogAgent,
  listeningPorts,
  purposeOf,
} from "../../../server/src/core/rules/managed/knownImages";
import { lines, container as taskOf, textOf, unknown } from "../../support/checkedInputs";

function portsOf(container: object): readonly string[] {
  const task = taskDefinitionView(openResource("a.taskdef.json", textOf(taskOf(container))));
  return task?.containers.flatMap((it) => [...listeningPorts(it)]) ?? [];
}
const variables = (given: Readonly<Record<string, string>>) => ({
  environment: Object.entries(given).map(([name, value]) => ({ name, value })),
});

test("images listen on their ports, whatever the registry and the tag", () => {
  const ports = {
    "datadog/agent": ["8125/udp", "8126/tcp"],
    "aws-otel-collector": ["4317/tcp", "4318/tcp"],
    "opentelemetry-collector": ["4317/tcp", "4318/tcp"],
    "opentelemetry-collector-contrib": ["4317/tcp", "4318/tcp"],
    fluentd: ["24224/tcp"],
    "node-exporter": ["9100/tcp"],
    "aws-xray-daemon": ["2000/udp"],
  };
  for (const [name, expected] of Object.entries(ports))
    for (const image of [name, `${name}:7`, `registry.test/x/${name}@sha256:${"0".repeat(64)}`])
      assert.deepEqual(portsOf({ image }), expected, image);
  for (const image of ["my-datadog/agents", "fluentd-x", "not-fluentd", "agent", unknown])
    assert.deepEqual(portsOf({ image }), [], image);
});

test("variables move a port, switch it off, or leave it unknown", () => {
  const datadog = (given: Readonly<Record<string, string>>) =>
    portsOf({ image: "datadog/agent:7", ...variables(given) });
  assert.deepEqual(datadog({ DD_DOGSTATSD_PORT: "9125" }), ["8126/tcp", "9125/udp"]);
  assert.deepEqual(datadog({ DD_APM_RECEIVER_PORT: "9126" }), ["8125/udp", "9126/tcp"]);
  assert.deepEqual(datadog({ DD_APM_RECEIVER_PORT: "x1" }), ["8125/udp"]);
  assert.deepEqual(datadog({ DD_APM_RECEIVER_PORT: unknown }), ["8125/udp"]);
  assert.deepEqual(datadog({ DD_APM_ENABLED: "false" }), ["8125/udp"]);
  assert.deepEqual(datadog({ DD_APM_ENABLED: "true" }), ["8125/udp", "8126/tcp"]);
  assert.deepEqual(datadog({ [unknown]: "1" }), []);
  assert.deepEqual(portsOf({ image: "a", ...variables({ DD_DOGSTATSD_PORT: "9125" }) }), []);
});

test("an address of every interface in a variable or the command is a port", () => {
  const of = (text: string) => portsOf({ command: ["--listen", text] });
  for (const it of ["0.0.0.0:4000", "--at=0.0.0.0:4000", "tcp://0.0.0.0:4000", "x 0.0.0.0:4000/v1"])
    assert.deepEqual(of(it), ["4000/tcp"], it);
  for (const it of ["127.0.0.1:4000", "10.0.0.0:4000", "0.0.0.0:4", "0.0.0.0:400000", unknown])
    assert.deepEqual(of(it), [], it);
  assert.deepEqual(portsOf(variables({ LISTEN: "0.0.0.0:4000" })), ["4000/tcp"]);
});

test("images are security sensors, observers, or of unknown purpose", () => {
  const security = [
    "falcon-sensor",
    "crowdstrike/x",
    "sysdig/agent",
    "falco:1",
    "falco",
    "aquasec/x",
    "wazuh/a",
  ];
  const observing = [
    "fluent-bit",
    "fluentbit:1",
    "fluentd",
    "vector:1",
    "filebeat",
    "node-exporter",
    "otel/x",
  ];
  for (const it of security) assert.equal(purposeOf(it), "security", it);
  for (const it of observing) assert.equal(purposeOf(it), "observer", it);
  for (const it of ["app:1", "vectors:1", "falconry".slice(0, 5)])
    if (it !== "falco") assert.equal(purposeOf(it), undefined, it);
  assert.ok(isDatadogAgent("public.ecr.aws/datadog/agent:7") && !isDatadogAgent("datadog/agent-x"));
});

test("tasks of Managed Instances reach the agents of the instance at an address that is not theirs", () => {
  const of = (name: string, value: string, more: object = {}, side: object = {}) =>
    lines({
      requiresCompatibilities: ["MANAGED_INSTANCES"],
      networkMode: "awsvpc",
      cpu: "256",
      memory: "512",
      ...taskOf({ ...variables({ [name]: value }), ...side }),
      ...more,
    }).filter((it) => it.startsWith("daemon-localhost-clients"));
  for (const it of ["DD_AGENT_HOST", "STATSD_HOST", "AWS_XRAY_DAEMON_ADDRESS", "OTEL_EXPORTER_OTLP_ENDPOINT"])
    for (const host of ["localhost", "127.0.0.1"])
      assert.deepEqual(of(it, host), [`daemon-localhost-clients at ${host}`], it);
  assert.deepEqual(of("DD_AGENT_HOST", "169.254.172.2"), []);
  assert.deepEqual(of("DD_AGENT_HOST", unknown), []);
  assert.deepEqual(of("OTHER", "localhost"), []);
  for (const image of ["datadog/agent:7", "fluentd:1"])
    assert.deepEqual(of("DD_AGENT_HOST", "localhost", {}, { image }), [], image);
  for (const it of [["EC2"], ["MANAGED_INSTANCES", "EC2"], ["MANAGED_INSTANCES", unknown], undefined])
    assert.deepEqual(of("DD_AGENT_HOST", "localhost", { requiresCompatibilities: it }), [], `${it}`);
});

const daemonFile = "agent.daemon-taskdef.json";
const ofDaemon = (container: object, more: object = {}) =>
  lines(
    { ...taskOf({ memory: undefined, ...container }), cpu: "256", memory: "512", ...more },
    {},
    daemonFile,
  );

test("an agent of Datadog listens on localhost unless something says otherwise", () => {
  const code = "listens-on-localhost-only";
  const of = (container: object, more: object = {}) =>
    ofDaemon({ image: "datadog/agent:7", ...container }, more).some((it) => it.startsWith(code));
  assert.ok(of({}));
  assert.ok(of(variables({ DD_X: "1" })));
  for (const it of ["DD_APM_NON_LOCAL_TRAFFIC", "DD_DOGSTATSD_NON_LOCAL_TRAFFIC", unknown])
    assert.ok(!of(variables({ [it]: "true" })), it);
  assert.ok(!of({ environment: unknown }));
  assert.ok(!of({ environmentFiles: [{ type: "s3", value: "arn:aws:s3:::b/a.env" }] }));
  assert.ok(!of({ environmentFiles: unknown }));
  assert.ok(of({ environmentFiles: [] }));
  assert.ok(!of({ image: "agent:1" }));
  const socket = (sourcePath: string) => ({ volumes: [{ name: "s", host: { sourcePath } }] });
  assert.ok(!of({}, socket("/var/run/datadog/")));
  assert.ok(of({}, socket("/var/run/other/")));
  assert.ok(!of({}, { volumes: unknown }));
});

test("daemons do not reach the metadata service", () => {
  const of = (container: object) =>
    ofDaemon(container).filter((it) => it.startsWith("metadata-service-blocked"));
  const url = "http://169.254.169.254/latest";
  assert.deepEqual(of({ command: ["curl", url] }), [`metadata-service-blocked at ${url}`]);
  assert.deepEqual(of({ entryPoint: [url] }), [`metadata-service-blocked at ${url}`]);
  assert.deepEqual(of(variables({ URL: url })), [`metadata-service-blocked at ${url}`]);
  for (const it of ["EC2_METADATA_HOST", "AWS_EC2_METADATA_SERVICE_ENDPOINT"])
    assert.deepEqual(of(variables({ [it]: "x" })), [`metadata-service-blocked at ${it}`]);
  assert.deepEqual(of(variables({ AWS_EC2_METADATA_DISABLED: "true" })), []);
  const askers = {
    "datadog/agent:7": ["DD_HOSTNAME", "DD_CLUSTER_NAME", "ECS_MANAGED_INSTANCES"],
    "amazon-cloudwatch-agent:1": ["CW_CONFIG_CONTENT", "RUN_IN_CONTAINER", "HOST_NAME", "CLUSTER_NAME"],
  };
  for (const [image, names] of Object.entries(askers)) {
    assert.deepEqual(of({ image }), [`metadata-service-blocked at ${image}`]);
    assert.deepEqual(of({ image, ...variables({ OTHER: "x" }) }).length, 1);
    for (const it of [...names, unknown]) {
      assert.deepEqual(of({ image, ...variables({ [it]: "x" }) }), [], it);
      assert.deepEqual(of({ image, secrets: [{ name: it, valueFrom: "s" }] }), [], it);
    }
    assert.deepEqual(of({ image, environmentFiles: [{ type: "s3", value: "arn:aws:s3:::b/a.env" }] }), []);
    for (const it of ["environment", "secrets", "environmentFiles"])
      assert.deepEqual(of({ image, [it]: unknown }), [], it);
  }
});
