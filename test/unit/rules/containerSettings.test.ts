// Settings of containers: health checks, timeouts, limits, addresses, devices and kernel parameters, from both sides.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  afterFix,
  container,
  containers,
  definition,
  found,
  lines,
  times,
  unknown,
} from "../../support/checkedInputs";

const checked = (...command: readonly unknown[]) => lines(container({ healthCheck: { command } }));

test("numbers of a health check have two ends each", () => {
  const ends = { interval: [5, 300], timeout: [2, 60], retries: [1, 10], startPeriod: [0, 300] } as const;
  for (const [name, [least, most]] of Object.entries(ends)) {
    const of = (value: unknown) =>
      lines(container({ healthCheck: { command: ["CMD", "true"], [name]: value } }));
    for (const it of [least, most, unknown]) assert.deepEqual(of(it), [], `${name} ${it}`);
    assert.deepEqual(of(least - 1), [`health-check-range at ${least - 1}: Change to ${least}`]);
    assert.deepEqual(of(most + 1), [`health-check-range at ${most + 1}: Change to ${most}`]);
  }
});

test("a health check begins with CMD, CMD-SHELL or NONE, and is written as these read it", () => {
  const right: readonly (readonly unknown[])[] = [
    ["CMD", "true"],
    ["CMD", "curl", "-f", "http://localhost/"],
    ["CMD", "C:\\a b.exe -x"],
    ["CMD", unknown],
    ["CMD-SHELL", "curl -f http://localhost/ || exit 1"],
    ["NONE"],
    [unknown],
    [unknown, "x"],
  ];
  for (const it of right) assert.deepEqual(checked(...it), [], it.join(" "));
  assert.deepEqual(checked(), ['health-check-command at []: Change to ["CMD-SHELL", "exit 0"]']);
  for (const it of ["CMD", "CMD-SHELL"])
    assert.deepEqual(checked(it), [`health-check-command at [ "${it}" ]`]);
  for (const it of ["cmd-shell", "CMD SHELL", "cmd_shell", "CmdShell"])
    assert.deepEqual(checked(it, "x"), [`health-check-command at ${it}: !Change to 'CMD-SHELL'`]);
  assert.deepEqual(checked("cmd", "x"), ["health-check-command at cmd: !Change to 'CMD'"]);
  assert.deepEqual(checked("curl -f x"), ['health-check-command at curl -f x: Put "CMD-SHELL" first']);
  assert.deepEqual(checked("curl", "-f"), ['health-check-command at curl: Put "CMD" first']);
  assert.deepEqual(checked("cmd", "/c", "dir"), ['health-check-command at cmd: Put "CMD" first']);
  assert.deepEqual(checked("CMD", "curl -f x"), ["health-check-command at curl -f x: Use CMD-SHELL"]);
  assert.deepEqual(checked("CMD", "curl -f x", "y"), []);
  assert.deepEqual(checked("CMD-SHELL", "curl", "-f"), [
    "health-check-command at -f: Put the command into one text",
  ]);
  assert.deepEqual(checked("CMD-SHELL", "curl", unknown), [`health-check-command at ${unknown}`]);
  const document = container({ healthCheck: { command: ["CMD-SHELL", "curl", "-f"] } });
  assert.deepEqual(
    afterFix(document, "Put the command into one text"),
    container({ healthCheck: { command: ["CMD-SHELL", "curl -f"] } }),
  );
});

test("timeouts are two seconds at least, restarts are a minute to half an hour apart", () => {
  for (const name of ["startTimeout", "stopTimeout"]) {
    assert.deepEqual(lines(container({ [name]: 1 })), [`timeout-too-short at 1: Change to 2`]);
    for (const it of [2, unknown]) assert.deepEqual(lines(container({ [name]: it })), []);
  }
  const restart = (restartAttemptPeriod: unknown) =>
    lines(container({ restartPolicy: { enabled: true, restartAttemptPeriod } }));
  for (const it of [60, 1800, unknown]) assert.deepEqual(restart(it), []);
  assert.deepEqual([59, 1801].map(restart), [
    ["restart-period-range at 59: Change to 60"],
    ["restart-period-range at 1801: Change to 1800"],
  ]);
});

test("a soft limit is at most the hard one, -1 is without a limit, and each limit is given once", () => {
  const of = (softLimit: unknown, hardLimit: unknown) =>
    lines(container({ ulimits: [{ name: "nofile", softLimit, hardLimit }] }));
  for (const [soft, hard] of [
    [1, 1],
    [1, 2],
    [5, -1],
    [-1, -1],
    [unknown, 1],
    [2, unknown],
  ])
    assert.deepEqual(of(soft, hard), [], `${soft} ${hard}`);
  assert.deepEqual(of(2, 1), [
    "ulimit-soft-over-hard at 2 (1): !Lower softLimit to 1 | Raise hardLimit to 2",
  ]);
  assert.deepEqual(of(-1, 5), [
    "ulimit-soft-over-hard at -1 (5): !Lower softLimit to 5 | Raise hardLimit to -1",
  ]);
  const limit = { name: "nofile", softLimit: 1, hardLimit: 1 };
  assert.deepEqual(lines(container({ ulimits: [limit, limit] })), [
    "ulimit-twice at nofile (nofile): Remove it",
  ]);
  assert.deepEqual(
    lines(container({ ulimits: [limit, { ...limit, name: unknown }, { ...limit, name: "core" }] })),
    [],
  );
});

test("hosts and name servers have addresses", () => {
  const addresses = {
    good: ["10.0.0.1", "255.255.255.255", "fd00::1", "fe80::1%eth0", "::", unknown],
    bad: ["256.0.0.1", "10.0.0", "10.0.0.0.1", "localhost", "g::1", ""],
  };
  const host = (ipAddress: string) => lines(container({ extraHosts: [{ hostname: "h", ipAddress }] }));
  const server = (it: string) => lines(container({ dnsServers: [it] }));
  for (const it of addresses.good) assert.deepEqual([host(it), server(it)], [[], []], it);
  for (const it of addresses.bad) {
    assert.deepEqual(host(it), [`bad-extra-host at ${it}: Remove it`]);
    assert.deepEqual(server(it), [`bad-dns-server at ${it}: Remove it`]);
  }
  assert.deepEqual(host("host-gateway"), []);
  assert.equal(server("host-gateway").length, 1);
});

test("security options and credential specs have the forms of Docker", () => {
  const option = (it: string) => lines(container({ dockerSecurityOptions: [it] }));
  for (const it of [
    "no-new-privileges",
    "no-new-privileges:true",
    "no-new-privileges:false",
    "apparmor:x",
    "apparmor=x",
    "label:x",
    "label=x",
    "credentialspec:x",
    unknown,
  ])
    assert.deepEqual(option(it), [], it);
  assert.deepEqual(option("no-new-privilege"), [
    "security-option at no-new-privilege: !Change to 'no-new-privileges' | Remove it",
  ]);
  for (const it of ["seccomp:x", "apparmor:", "no-new-privileges:yes"])
    assert.equal(option(it).length, 1, it);
  const specs = (...all: readonly string[]) => lines(container({ credentialSpecs: all }));
  for (const it of ["credentialspec:file://a", "credentialspecdomainless:arn:aws:s3:::a", unknown])
    assert.deepEqual(specs(it), [], it);
  assert.deepEqual(specs("file://a"), ["credential-spec at file://a"]);
  assert.deepEqual(specs("arn:aws:s3:::a"), [
    "credential-spec at arn:aws:s3:::a: Change to 'credentialspec:arn:aws:s3:::a'",
  ]);
  assert.deepEqual(specs("credentialspec:a", "credentialspec:b"), [
    "too-many-credential-specs at credentialSpecs",
  ]);
  const codes = (count: number) =>
    found(container({ restartPolicy: { enabled: true, ignoredExitCodes: times(count, (at) => at) } }));
  assert.deepEqual([codes(50), codes(51)], [[], ["too-many-exit-codes"]]);
});

test("capabilities and mount options are of the documented lists", () => {
  const able = (list: string, name: string) =>
    lines(container({ linuxParameters: { capabilities: { [list]: [name] } } }));
  for (const list of ["add", "drop"]) {
    for (const it of ["ALL", "SYS_ADMIN", "CHECKPOINT_RESTORE", "AUDIT_READ", unknown])
      assert.deepEqual(able(list, it), [], it);
    for (const it of ["CAP_SYS_ADMIN", "sys_admin", "SYS_ADMN"])
      assert.deepEqual(able(list, it), [`unknown-capability at ${it}: !Change to 'SYS_ADMIN' | Remove it`]);
    for (const it of ["BPF", "PERFMON"]) assert.deepEqual(able(list, it), [`unknown-capability at ${it}`]);
    assert.deepEqual(able(list, "FLY"), ["unknown-capability at FLY: Remove it"]);
  }
  const mounted = (it: string) =>
    lines(container({ linuxParameters: { tmpfs: [{ containerPath: "/t", size: 1, mountOptions: [it] }] } }));
  for (const it of ["ro", "mode=1777", unknown]) assert.deepEqual(mounted(it), [], it);
  assert.deepEqual(mounted("noexce"), ["unknown-mount-option at noexce: !Change to 'noexec' | Remove it"]);
  assert.deepEqual(mounted("fast"), ["unknown-mount-option at fast: Remove it"]);
});

test("swappiness is from 0 to 100, of a swap that has a size", () => {
  const of = (swappiness: unknown, maxSwap: unknown = 128) =>
    lines(container({ linuxParameters: { swappiness, maxSwap } }));
  for (const it of [0, 100, unknown]) assert.deepEqual(of(it), []);
  assert.deepEqual(
    [-1, 101].map((it) => of(it)),
    [["swappiness-range at -1: Change to 0"], ["swappiness-range at 101: Change to 100"]],
  );
  assert.deepEqual(lines(container({ linuxParameters: { swappiness: 1 } })), [
    "swappiness-without-max-swap at swappiness: Remove 'swappiness'",
  ]);
  assert.deepEqual(of(1, unknown), []);
});

test("GPUs are counted or shared, Neuron devices are of one container on Managed Instances", () => {
  const of = (requirement: object, more: object = {}) =>
    lines(definition(more, { resourceRequirements: [requirement] }));
  const gpu = (value: unknown) => of({ type: "GPU", value });
  for (const it of ["1", "9999", "ALL", unknown]) assert.deepEqual(gpu(it), [], `${it}`);
  for (const it of ["0", "10000", "1.5", "-1"])
    assert.deepEqual(gpu(it), [`gpu-value at ${it}: Change to '1'`]);
  assert.deepEqual(gpu("all"), ["gpu-value at all: Change to 'ALL'"]);
  assert.deepEqual(of({ type: "GPU" }), ['resource-value-or-sharing at {: Add "value": "1"']);
  assert.deepEqual(of({ type: "GPU", [unknown]: 1 }), []);
  const gpus = (...values: readonly unknown[]) =>
    container({ resourceRequirements: values.map((type) => ({ type, value: "1" })) });
  assert.deepEqual(lines(gpus("GPU", "GPU")), ["resource-twice at GPU (GPU): Remove it"]);
  assert.deepEqual(lines(gpus("GPU", unknown)), []);
  const neuron = { type: "NeuronDevice", value: "ALL" };
  const on = (requiresCompatibilities: unknown) =>
    of(neuron, { requiresCompatibilities }).filter((it) => it.startsWith("neuron"));
  assert.deepEqual(on(["EC2"]), ["neuron-elsewhere at NeuronDevice: Remove it"]);
  for (const it of [
    ["MANAGED_INSTANCES"],
    ["EC2", "MANAGED_INSTANCES"],
    ["EC2", unknown],
    [],
    unknown,
    undefined,
  ])
    assert.deepEqual(on(it), [], JSON.stringify(it));
  assert.deepEqual(of({ ...neuron, value: "1" }), ["neuron-value at 1: !Change to 'ALL'"]);
  assert.deepEqual(of({ type: "NeuronDevice" }), ['resource-value-or-sharing at {: Add "value": "ALL"']);
  const two = { resourceRequirements: [neuron] };
  assert.deepEqual(lines(containers(two, two)), ["gpu-twice at NeuronDevice (NeuronDevice): Remove it"]);
});

test("kernel parameters are of the network or of IPC, and not shared with the instance", () => {
  const of = (namespace: unknown, more: object = {}) =>
    lines(definition(more, { systemControls: [{ namespace, value: "1" }] }));
  const ipc = [
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.sem",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
    "kernel.shm_rmid_forced",
    "fs.mqueue.msg_max",
  ];
  for (const it of ipc) {
    assert.deepEqual(of(it), []);
    assert.deepEqual(of(it, { ipcMode: "host" }), [`system-control-shared at ${it}: Remove it`]);
    assert.deepEqual(of(it, { networkMode: "host", ipcMode: "task" }), []);
  }
  for (const it of [undefined, "awsvpc", unknown])
    assert.deepEqual(of("net.core.somaxconn", { networkMode: it }), []);
  assert.deepEqual(of("net.core.somaxconn", { networkMode: "host" }), [
    "system-control-shared at net.core.somaxconn: Remove it",
  ]);
  assert.deepEqual(of("net.core.somaxconn", { ipcMode: "host" }), []);
  for (const it of ["vm.swappiness", "kernel.pid_max", "network.x"])
    assert.deepEqual(of(it), [`system-control-namespace at ${it}: Remove it`]);
  assert.deepEqual(of(unknown), []);
  const whole = { namespace: "net.a", value: "1" };
  for (const it of ["namespace", "value"])
    assert.deepEqual(found(container({ systemControls: [{ ...whole, [it]: undefined }] })), [
      "system-control-incomplete",
    ]);
  assert.deepEqual(lines(container({ systemControls: [whole, whole] })), [
    "system-control-twice at net.a (net.a): Remove it",
  ]);
  const two = (namespace: string, other: unknown, more: object) =>
    lines({
      ...more,
      ...containers(
        { systemControls: [{ namespace, value: "1" }] },
        { systemControls: [{ namespace, value: other }] },
      ),
    });
  const code = ["system-control-conflict at 2 (1)"];
  assert.deepEqual(two("net.a", "2", { networkMode: "awsvpc" }), code);
  assert.deepEqual(two("kernel.sem", "2", { ipcMode: "task" }), code);
  for (const it of ["1", unknown]) assert.deepEqual(two("net.a", it, { networkMode: "awsvpc" }), []);
  for (const it of [{ networkMode: "bridge" }, { networkMode: unknown }])
    assert.deepEqual(two("net.a", "2", it), []);
  assert.deepEqual(two("kernel.sem", "2", { networkMode: "awsvpc" }), []);
});
