// Service Connect: names with their lengths and letters, aliases, and the ports of the task definition by their names.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  container,
  containers,
  definition,
  found,
  lines,
  messages,
  service,
  text,
  unknown,
  withTask,
} from "../../support/checkedInputs";

const modes = ["bridge", "host", "none", "awsvpc", unknown, undefined];
const inMode = (networkMode: string | undefined) => withTask(definition({ networkMode }));

test("names of Service Connect have their lengths and letters", () => {
  const task = withTask(container({ portMappings: [{ containerPort: 80, name: "http" }] }));
  const of = (entry: object, more: object = {}) =>
    lines(
      service({
        serviceConnectConfiguration: {
          enabled: true,
          namespace: "n",
          services: [{ portName: "http", ...entry }],
          ...more,
        },
      }),
      task,
    );
  const dns = (dnsName: string) => of({ clientAliases: [{ port: 80, dnsName }] });
  for (const it of ["a", "a.b_c-1", text(63), `${text(63)}.${text(63)}`, unknown])
    assert.deepEqual(dns(it), [], it);
  assert.deepEqual(dns("My.Host"), ["service-connect-dns-name at My.Host: !Change to 'my.host'"]);
  assert.deepEqual(dns("my host"), ["service-connect-dns-name at my host: Change to 'my-host'"]);
  for (const it of [text(64), `${text(63)}.${text(63)}.`, `${text(63)}.${text(62)}.a`, "a..b"])
    assert.deepEqual(dns(it), [`service-connect-dns-name at ${it}`]);
  const discovered = (discoveryName: string) => of({ discoveryName });
  for (const it of ["a", text(64), unknown]) assert.deepEqual(discovered(it), []);
  assert.deepEqual(discovered("Web"), ["service-connect-discovery-name at Web: !Change to 'web'"]);
  for (const it of [text(65), "a.b"])
    assert.deepEqual(discovered(it), [`service-connect-discovery-name at ${it}`]);
  const alias = { port: 80 };
  assert.deepEqual(of({ clientAliases: [alias] }), []);
  assert.deepEqual(of({ clientAliases: [alias, alias] }), ["service-connect-aliases at clientAliases"]);
  assert.deepEqual(of({ portName: "htpp" }), [
    "service-connect-port at htpp (agent.taskdef.json): !Change to 'http'",
  ]);
  assert.deepEqual(of({ portName: unknown }), []);
  assert.deepEqual(of({}, { accessLogConfiguration: { format: "TEXT" } }), [
    "service-connect-access-log at accessLogConfiguration",
  ]);
  assert.deepEqual(of({}, { accessLogConfiguration: { format: "TEXT" }, logConfiguration: unknown }), []);
  const twice = (...entries: readonly object[]) =>
    of({}, { services: entries.map((it) => ({ portName: "http", ...it })) });
  assert.deepEqual(twice({}, {}), ["service-connect-name-twice at http (http)"]);
  assert.deepEqual(twice({}, { discoveryName: "http" }), ["service-connect-name-twice at http (http)"]);
  for (const it of ["b", unknown]) assert.deepEqual(twice({}, { discoveryName: it }), []);
  assert.deepEqual(
    modes.filter((it) =>
      found(service({ serviceConnectConfiguration: { enabled: true } }), inMode(it)).includes(
        "service-connect-network-mode",
      ),
    ),
    ["host", "none"],
  );
  for (const enabled of [false, unknown])
    assert.deepEqual(found(service({ serviceConnectConfiguration: { enabled } }), inMode("host")), []);
});

test("a port is known by the names of all mappings, unless one of them is not known", () => {
  const of = (...mappings: readonly unknown[]) => {
    const connect = { enabled: true, namespace: "n", services: [{ portName: "web" }] };
    return messages(
      service({ serviceConnectConfiguration: connect }),
      withTask(containers({ portMappings: mappings }, {})),
    );
  };
  assert.match(of({ containerPort: 80 })[0] ?? "", /No port has a name\./);
  assert.match(
    of({ containerPort: 80, name: "api" }, { containerPort: 81, name: "adm" })[0] ?? "",
    /It has 'api', 'adm'\./,
  );
  for (const it of [{ containerPort: 80, name: unknown }, { containerPort: 80, [unknown]: "x" }, unknown])
    assert.deepEqual(of({ containerPort: 81, name: "api" }, it), [], JSON.stringify(it));
});
