// Registries, networks and load balancers of a service: each network mode, each kind of ID, each limit.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  container,
  containers,
  daemon,
  definition,
  found,
  lines,
  messages,
  service,
  times,
  unknown,
  withTask,
} from "../../support/checkedInputs";

const account = "123456789012";
const arn = (rest: string) => `arn:aws:${rest.replace("::", `:eu-west-1:${account}:`)}`;
const registryArn = arn("servicediscovery::service/srv-0123456789abcdef");
const targetGroupArn = arn("elasticloadbalancing::targetgroup/a/0123456789abcdef");
const subnets = ["subnet-0123456789abcdef0"];
const network = (more: object = {}) => ({
  networkConfiguration: { awsvpcConfiguration: { subnets, ...more } },
});
const modes = ["bridge", "host", "none", "awsvpc", unknown, undefined];
const mapping80 = { portMappings: [{ containerPort: 80, hostPort: 80 }] };
const inMode = (networkMode: string | undefined) => withTask(definition({ networkMode }, mapping80));
const startingWith = (start: string, all: readonly string[]) => all.filter((it) => it.startsWith(start));

test("a registry names container and port where the task has no address of its own", () => {
  const of = (registry: object, networkMode?: string) =>
    found(service({ serviceRegistries: [{ registryArn, ...registry }] }), inMode(networkMode));
  const both = { containerName: "agent", containerPort: 80 };
  assert.deepEqual(
    modes.filter((it) => of({}, it).includes("registry-incomplete")),
    ["bridge", "host", undefined],
  );
  assert.deepEqual(of(both), []);
  for (const it of [
    { ...both, containerPort: unknown },
    { ...both, containerName: unknown },
  ])
    assert.deepEqual(of(it), []);
  for (const it of ["containerName", "containerPort"])
    assert.deepEqual(of({ ...both, [it]: undefined }), ["registry-incomplete"]);
  assert.deepEqual(of({ ...both, containerName: "agnet" }), ["registry-container"]);
  assert.deepEqual(of({ ...both, containerPort: 81 }), ["registry-port"]);
  assert.deepEqual(of({ ...both, port: 80 }), ["registry-two-ports"]);
  const ofOwnAddress = (registry: object) =>
    startingWith(
      "registry",
      lines(service({ ...network(), serviceRegistries: [{ registryArn, ...registry }] }), inMode("awsvpc")),
    );
  assert.deepEqual(ofOwnAddress({}), []);
  assert.deepEqual(ofOwnAddress(both), [
    "registry-container-with-awsvpc at containerPort: Remove 'containerPort'",
  ]);
  for (const it of [{ containerPort: 80 }, { ...both, port: 80 }])
    assert.deepEqual(ofOwnAddress(it), [
      "registry-port-with-awsvpc at containerPort: Remove 'containerPort'",
    ]);
  const alone = (more: object) => found(service({ serviceRegistries: [{ registryArn, ...both, ...more }] }));
  assert.deepEqual(alone({}), []);
  assert.deepEqual(alone({ port: 80 }), ["registry-two-ports"]);
  assert.deepEqual(found(service({ ...network(), serviceRegistries: [{ registryArn, ...both }] })), [
    "registry-container-with-awsvpc",
  ]);
});

test("a registry is one service of Cloud Map", () => {
  const of = (...arns: readonly unknown[]) =>
    found(service({ serviceRegistries: arns.map((registryArn) => ({ registryArn })) }));
  for (const it of [registryArn, unknown, "REGISTRY_ARN"]) assert.deepEqual(of(it), []);
  for (const it of [
    "srv-0123456789abcdef",
    arn("servicediscovery::namespace/ns-1"),
    arn("ecs::service/a"),
    registryArn.replace(account, "1"),
  ])
    assert.deepEqual(of(it), ["registry-arn"], it);
  assert.deepEqual(of(undefined), ["registry-without-arn"]);
  assert.deepEqual(of(registryArn, registryArn), ["too-many-registries"]);
});

test("subnets and security groups have their limits, and IDs of their own", () => {
  const of = (more: object) => lines(service(network(more)));
  const ids = (prefix: string, count: number) =>
    times(count, (at) => `${prefix}-${String(at).padStart(8, "0")}`);
  for (const [name, prefix, most] of [
    ["subnets", "subnet", 16],
    ["securityGroups", "sg", 5],
  ] as const) {
    assert.deepEqual(of({ [name]: ids(prefix, most) }), []);
    assert.deepEqual(of({ [name]: ids(prefix, most + 1) }), [`too-many-network-items at ${name}`]);
    const wrong = ["vpc", "eni", "rtb", "acl", "i", prefix === "sg" ? "subnet" : "sg"].map(
      (it) => `${it}-01234567`,
    );
    for (const it of wrong) assert.deepEqual(of({ [name]: [it] }), [`wrong-network-id at ${it}`]);
    for (const it of [
      `${prefix}-x`,
      unknown,
      "igw-01234567",
      "vpc-0123456",
      "vpc-0123456789abcdef01",
      "SUBNET",
    ])
      assert.deepEqual(of({ [name]: [it] }), [], it);
    const whole = arn(`ec2::${prefix === "sg" ? "security-group" : "subnet"}/${prefix}-01234567`);
    assert.deepEqual(of({ [name]: [whole] }), [
      `wrong-network-id at ${whole}: !Change to '${prefix}-01234567'`,
    ]);
    assert.deepEqual(of({ [name]: ["default"] }), ["wrong-network-id at default"]);
  }
  assert.deepEqual(of({ subnets: [] }), ["no-subnets at []"]);
  assert.deepEqual(of({ subnets: unknown }), []);
  assert.deepEqual(of({ securityGroups: [] }), []);
});

test("public addresses are for tasks on Fargate", () => {
  const of = (more: object, assignPublicIp: unknown = "ENABLED", make = service) =>
    startingWith("public", lines(make({ ...network({ assignPublicIp }), ...more })));
  for (const launchType of ["EC2", "EXTERNAL"]) {
    assert.deepEqual(of({ launchType }), ["public-ip-on-ec2 at ENABLED: Remove 'assignPublicIp'"]);
    for (const it of ["DISABLED", unknown]) assert.deepEqual(of({ launchType }, it), []);
  }
  for (const launchType of ["FARGATE", unknown, undefined]) assert.deepEqual(of({ launchType }), []);
  assert.equal(of({}, "ENABLED", daemon).length, 1);
  assert.equal(of({ launchType: unknown }, "ENABLED", daemon).length, 0);
});

test("a network configuration is for the mode awsvpc, and needed there", () => {
  const with_ = (mode: string | undefined, more: object) => found(service(more), inMode(mode));
  assert.deepEqual(
    modes.filter((it) => with_(it, network()).includes("network-configuration-needless")),
    ["bridge", "host", "none", undefined],
  );
  assert.deepEqual(
    modes.filter((it) => with_(it, {}).includes("network-configuration-missing")),
    ["awsvpc"],
  );
  assert.deepEqual(with_("awsvpc", { networkConfiguration: unknown }), []);
  assert.deepEqual(with_("awsvpc", { deploymentController: { type: unknown } }), []);
  const update = { service: "agent", taskDefinition: "agent" };
  assert.deepEqual(found(update, inMode("awsvpc")), []);
  const onFargate = (more: object) => found(service({ launchType: "FARGATE", ...more }));
  assert.deepEqual(onFargate({}), ["network-configuration-missing"]);
  assert.deepEqual(onFargate(network()), []);
  assert.deepEqual(onFargate({ schedulingStrategy: unknown }), []);
  assert.match(messages(service({ launchType: "FARGATE" }))[0] ?? "", /A task on Fargate/);
});

test("external instances have no load balancers, registries and networks", () => {
  const values = {
    loadBalancers: [{ targetGroupArn, containerName: "a", containerPort: 80 }],
    serviceRegistries: [{ registryArn }],
    ...network(),
  };
  for (const [name, value] of Object.entries(values)) {
    const of = (launchType: string, given: unknown = value) =>
      startingWith("not-for", lines(service({ launchType, [name]: given })));
    assert.deepEqual(of("EXTERNAL"), [`not-for-external-services at ${name}: Remove '${name}'`]);
    for (const it of ["EC2", unknown]) assert.deepEqual(of(it), []);
    for (const it of [[], unknown, null]) assert.deepEqual(of("EXTERNAL", it), []);
  }
});

test("a role is for one load balancer of tasks without an address of their own", () => {
  const role = "ecsServiceRole";
  const balancer = { targetGroupArn, containerName: "agent", containerPort: 80 };
  const of = (more: object, mode: string | undefined) =>
    startingWith("role", found(service({ role, ...more }), inMode(mode)));
  assert.deepEqual(of({ loadBalancers: [balancer] }, "bridge"), []);
  assert.deepEqual(of({ loadBalancers: [balancer], ...network() }, "awsvpc"), ["role-with-awsvpc"]);
  assert.deepEqual(of({ loadBalancers: [balancer, balancer] }, "bridge"), ["role-with-linked-role"]);
  assert.deepEqual(of({ loadBalancers: [balancer], serviceRegistries: [{ registryArn }] }, "bridge"), [
    "role-with-linked-role",
  ]);
  assert.deepEqual(of({}, "bridge"), ["role-without-load-balancer"]);
  assert.deepEqual(of({ loadBalancers: [] }, "bridge"), ["role-without-load-balancer"]);
  for (const loadBalancers of [unknown, [unknown]]) assert.deepEqual(of({ loadBalancers }, "bridge"), []);
  for (const it of [unknown, ""]) assert.deepEqual(of({ role: it }, "bridge"), []);
  assert.deepEqual(startingWith("role", found(service({ role, ...network() }))), ["role-with-awsvpc"]);
});

test("a load balancer has a target group or a name, and a container and port of the task", () => {
  const whole = { targetGroupArn, containerName: "agent", containerPort: 80 };
  const of = (more: object, inService: object = {}) =>
    found(service({ loadBalancers: [{ ...whole, ...more }], ...inService }), inMode("bridge"));
  assert.deepEqual(of({}), []);
  for (const name of Object.keys(whole)) {
    assert.deepEqual(of({ [name]: undefined }), ["load-balancer-incomplete"], name);
    assert.deepEqual(of({ [name]: unknown }), [], name);
  }
  assert.deepEqual(of({ loadBalancerName: "classic" }), ["load-balancer-kinds"]);
  const classic = { targetGroupArn: undefined, loadBalancerName: "classic" };
  assert.deepEqual(of(classic), []);
  assert.ok(of(classic, { launchType: "FARGATE", ...network() }).includes("load-balancer-classic-fargate"));
  assert.deepEqual(of({ containerName: "agnet" }), ["load-balancer-container"]);
  const type = (it: string) => ({ deploymentController: { type: it } });
  assert.deepEqual(of({}, type("EXTERNAL")).filter((it) => it === "external-load-balancers").length, 1);
  const without = (more: object) =>
    found(service(more)).filter((it) => it === "code-deploy-load-balancer").length;
  assert.deepEqual(
    [type("CODE_DEPLOY"), type("ECS"), type(unknown), { ...type("CODE_DEPLOY"), loadBalancers: unknown }].map(
      without,
    ),
    [1, 0, 0, 0],
  );
  assert.equal(without({ ...type("CODE_DEPLOY"), loadBalancers: [] }), 1);
});

test("a grace period is for health checks of load balancers, VPC Lattice or containers", () => {
  const of = (more: object, task: object | undefined = container({}), seconds: unknown = 60) =>
    startingWith(
      "grace",
      found(service({ healthCheckGracePeriodSeconds: seconds, ...more }), task && withTask(task)),
    );
  assert.deepEqual(of({}), ["grace-period-without-load-balancer"]);
  assert.deepEqual(of({ loadBalancers: [] }), ["grace-period-without-load-balancer"]);
  for (const it of [0, unknown]) assert.deepEqual(of({}, container({}), it), []);
  for (const name of ["loadBalancers", "vpcLatticeConfigurations"])
    assert.deepEqual(of({ [name]: unknown }), []);
  const checked = { healthCheck: { command: ["CMD", "true"] } };
  assert.deepEqual(of({}, containers({}, checked)), []);
  assert.deepEqual(of({}, containers({}, { healthCheck: unknown })), []);
  assert.deepEqual(of({}, { family: "agent", containerDefinitions: unknown }), []);
  assert.deepEqual(startingWith("grace", found(service({ healthCheckGracePeriodSeconds: 60 }))), []);
});
