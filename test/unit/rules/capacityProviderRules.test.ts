// Capacity providers: their names, kinds, scaling, and the instances that they ask for, each limit from both sides.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lines, text, unknown } from "../../support/checkedInputs";

const file = "hosts.capacity-provider.json";
const account = "123456789012";
const template = (more: object = {}) => ({
  ec2InstanceProfileArn: `arn:aws:iam::${account}:instance-profile/hosts`,
  networkConfiguration: { subnets: ["subnet-0123456789abcdef0"] },
  ...more,
});
const managed = (inTemplate: object = {}, more: object = {}, inProvider: object = {}) => ({
  name: "hosts",
  cluster: "prod",
  managedInstancesProvider: {
    infrastructureRoleArn: `arn:aws:iam::${account}:role/infrastructure`,
    instanceLaunchTemplate: template(inTemplate),
    ...inProvider,
  },
  ...more,
});
const scaled = (autoScalingGroupProvider: object, more: object = {}) => ({
  name: "hosts",
  autoScalingGroupProvider: { autoScalingGroupArn: "group", ...autoScalingGroupProvider },
  ...more,
});
const of = (document: object) => lines(document, {}, file);

test("a name has up to 255 characters and none of AWS's prefixes", () => {
  const named = (name: string) => of(managed({}, { name }));
  for (const it of ["a", "my-aws", "ec", text(255), unknown]) assert.deepEqual(named(it), [], it);
  for (const it of ["aws", "AWS-hosts", "ecs-hosts", "FargateX", text(256), "a b", "a.b"])
    assert.deepEqual(named(it), [`bad-capacity-provider-name at ${it}`]);
});

test("a provider of Managed Instances has a cluster, and one of a group needs none", () => {
  assert.deepEqual(of(managed({}, { cluster: undefined })), ["capacity-provider-cluster at {"]);
  assert.deepEqual(of(managed({}, { cluster: unknown })), []);
  assert.deepEqual(of(scaled({})), []);
  const { autoScalingGroupProvider } = scaled({});
  assert.deepEqual(of(managed({}, { autoScalingGroupProvider })), [
    "capacity-provider-two-kinds at autoScalingGroupProvider (managedInstancesProvider): Remove 'autoScalingGroupProvider'",
  ]);
  const { managedInstancesProvider } = managed();
  assert.deepEqual(of(scaled({}, { managedInstancesProvider, cluster: "prod" })), [
    "capacity-provider-two-kinds at managedInstancesProvider (autoScalingGroupProvider): Remove 'managedInstancesProvider'",
  ]);
});

test("a group is named, or referred to by its ARN", () => {
  const group = (autoScalingGroupArn: string) => of(scaled({ autoScalingGroupArn }));
  const arn = `arn:aws:autoscaling:eu-west-1:${account}:autoScalingGroup:id:autoScalingGroupName/a`;
  for (const it of ["group", arn, unknown, `arn:aws:autoscaling:${unknown}`])
    assert.deepEqual(group(it), [], it);
  for (const it of [`arn:aws:ec2:eu-west-1:${account}:autoScalingGroup:a`, "arn:aws:autoscaling:x"])
    assert.deepEqual(group(it), [`auto-scaling-group-arn at ${it}`]);
});

test("termination protection needs managed scaling", () => {
  const protecting = (managedTerminationProtection: unknown, managedScaling: unknown) =>
    of(scaled({ managedTerminationProtection, managedScaling }));
  const code = ["termination-protection-scaling at ENABLED: Change to 'DISABLED'"];
  assert.deepEqual(protecting("ENABLED", { status: "DISABLED" }), code);
  assert.deepEqual(protecting("ENABLED", undefined), code);
  for (const it of [{ status: "ENABLED" }, { status: unknown }, {}, unknown])
    assert.deepEqual(protecting("ENABLED", it), []);
  for (const it of ["DISABLED", unknown, undefined])
    assert.deepEqual(protecting(it, { status: "DISABLED" }), []);
});

test("pairs of numbers are in order", () => {
  const steps = (minimumScalingStepSize: unknown, maximumScalingStepSize: unknown) =>
    of(scaled({ managedScaling: { status: "ENABLED", minimumScalingStepSize, maximumScalingStepSize } }));
  for (const [least, most] of [
    [1, 1],
    [1, 2],
    [unknown, 1],
    [2, unknown],
    [undefined, 1],
    [2, undefined],
  ])
    assert.deepEqual(steps(least, most), [], `${least} ${most}`);
  assert.deepEqual(steps(3, 2), ["scaling-step-order at 3 (2)"]);
  const required = (min: unknown, max: unknown) =>
    of(managed({ instanceRequirements: { vCpuCount: { min: 1 }, memoryMiB: { min, max } } }));
  for (const [least, most] of [
    [1, 1],
    [1, 2],
    [2, unknown],
    [2, undefined],
  ])
    assert.deepEqual(required(least, most), [], `${least} ${most}`);
  assert.deepEqual(required(3, 2), ["instance-requirement-order at 2"]);
});

test("an instance profile is no role, and its network has subnets", () => {
  const profile = (ec2InstanceProfileArn: string) => of(managed({ ec2InstanceProfileArn }));
  for (const it of [
    unknown,
    `arn:aws:iam::${unknown}:instance-profile/a`,
    `arn:aws-cn:iam::${account}:instance-profile/a`,
  ])
    assert.deepEqual(profile(it), [], it);
  const role = `arn:aws:iam::${account}:role/a`;
  assert.deepEqual(profile(role), [`instance-profile-arn at ${role}`]);
  const network = (networkConfiguration: object) => of(managed({ networkConfiguration }));
  assert.deepEqual(network({ subnets: [] }), ["no-subnets at []"]);
  assert.deepEqual(network({ subnets: unknown }), []);
  const subnets = ["subnet-0123456789abcdef0"];
  assert.deepEqual(network({ subnets: [...subnets, "sg-0123456789abcdef0"] }).length, 1);
  assert.deepEqual(network({ subnets, securityGroups: ["subnet-0123456789abcdef0"] }).length, 1);
  assert.deepEqual(network({ subnets: [unknown], securityGroups: [unknown] }), []);
  const infrastructureRoleArn = `arn:aws:iam::${account}:instance-profile/a`;
  assert.deepEqual(of(managed({}, {}, { infrastructureRoleArn })).length, 1);
});

test("instance types are allowed or excluded, with letters, digits, periods, hyphens and asterisks", () => {
  const required = (more: object) =>
    of(managed({ instanceRequirements: { vCpuCount: { min: 1 }, memoryMiB: { min: 1 }, ...more } }));
  for (const name of ["allowedInstanceTypes", "excludedInstanceTypes"]) {
    for (const it of ["m5.large", "m5*", "u-6tb1.metal", "*", unknown])
      assert.deepEqual(required({ [name]: [it] }), [], `${name} ${it}`);
    for (const it of ["m5 large", "m5_large", "m5.large,c5.large"])
      assert.deepEqual(required({ [name]: [it] }), [`bad-instance-type at ${it}`]);
  }
  const types = ["m5.large"];
  assert.deepEqual(required({ allowedInstanceTypes: types, excludedInstanceTypes: types }), [
    "instance-type-lists at excludedInstanceTypes: Remove 'excludedInstanceTypes'",
  ]);
  assert.deepEqual(required({ excludedInstanceTypes: types, allowedInstanceTypes: types }), [
    "instance-type-lists at allowedInstanceTypes: Remove 'allowedInstanceTypes'",
  ]);
  for (const it of [[], unknown, null]) {
    const found = required({ allowedInstanceTypes: types, excludedInstanceTypes: it });
    assert.deepEqual(
      found.filter((it) => it.startsWith("instance-type-lists")),
      [],
    );
  }
});
