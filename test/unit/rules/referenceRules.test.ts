// What services refer to by ARNs, and how they are deployed: each kind of ARN, each strategy, each controller.

import assert from "node:assert/strict";
import { test } from "node:test";
import { found, lines, messages, service, unknown } from "../../support/checkedInputs";

const account = "123456789012";
const arn = (rest: string) => `arn:aws:${rest.replace("::", `:eu-west-1:${account}:`)}`;
const whole = {
  targetGroup: arn("elasticloadbalancing::targetgroup/a/0123456789abcdef"),
  otherGroup: arn("elasticloadbalancing::targetgroup/b/0123456789abcdef"),
  rule: arn("elasticloadbalancing::listener-rule/app/a/b/c/d"),
  listener: arn("elasticloadbalancing::listener/net/a/b/c"),
  lattice: arn("vpc-lattice::targetgroup/tg-0123456789abcdef0"),
  lambda: arn("lambda::function:hook"),
  namespace: arn("servicediscovery::namespace/ns-0123456789abcdef"),
  authority: arn("acm-pca::certificate-authority/0123"),
  key: arn("kms::key/0123"),
  alias: arn("kms::alias/mine"),
  role: `arn:aws:iam::${account}:role/a`,
};
const balancer = (more: object = {}) => ({
  targetGroupArn: whole.targetGroup,
  containerName: "agent",
  containerPort: 80,
  ...more,
});
const balanced = (more: object) => service({ loadBalancers: [balancer(more)] });
const advanced = (more: object) =>
  balanced({ advancedConfiguration: { alternateTargetGroupArn: whole.otherGroup, ...more } });
const connected = (more: object) => service({ serviceConnectConfiguration: { enabled: true, ...more } });
const hooked = (more: object) =>
  service({
    deploymentConfiguration: {
      lifecycleHooks: [
        { hookTargetArn: whole.lambda, roleArn: whole.role, lifecycleStages: ["PRE_SCALE_UP"], ...more },
      ],
    },
  });
const latticed = (more: object) =>
  service({
    vpcLatticeConfigurations: [
      { targetGroupArn: whole.lattice, roleArn: whole.role, portName: "a", ...more },
    ],
  });
const encrypted = (more: object) =>
  connected({
    services: [{ portName: "a", tls: { issuerCertificateAuthority: {}, ...more } }],
    namespace: "n",
  });

interface Reference {
  readonly code: string;
  readonly right: readonly string[];
  readonly document: (value: string) => object;
  /** Whether a name will do as well. */
  readonly takesNames?: true;
}

const references: readonly Reference[] = [
  {
    code: "target-group-arn",
    right: [whole.targetGroup],
    document: (it) => balanced({ targetGroupArn: it }),
  },
  {
    code: "target-group-arn",
    right: [whole.otherGroup],
    document: (it) => advanced({ alternateTargetGroupArn: it }),
  },
  {
    code: "listener-rule-arn",
    right: [whole.rule, whole.listener],
    document: (it) => advanced({ productionListenerRule: it }),
  },
  {
    code: "listener-rule-arn",
    right: [whole.rule, whole.listener],
    document: (it) => advanced({ testListenerRule: it }),
  },
  { code: "service-role-arn", right: [whole.role], document: (it) => advanced({ roleArn: it }) },
  {
    code: "lattice-target-group",
    right: [whole.lattice],
    document: (it) => latticed({ targetGroupArn: it }),
  },
  { code: "service-role-arn", right: [whole.role], document: (it) => latticed({ roleArn: it }) },
  { code: "hook-function", right: [whole.lambda], document: (it) => hooked({ hookTargetArn: it }) },
  { code: "service-role-arn", right: [whole.role], document: (it) => hooked({ roleArn: it }) },
  {
    code: "namespace-arn",
    right: [whole.namespace],
    takesNames: true,
    document: (it) => connected({ namespace: it }),
  },
  {
    code: "service-connect-tls-arn",
    right: [whole.authority],
    document: (it) => encrypted({ issuerCertificateAuthority: { awsPcaAuthorityArn: it } }),
  },
  {
    code: "service-connect-tls-arn",
    right: [whole.key, whole.alias],
    takesNames: true,
    document: (it) => encrypted({ kmsKey: it }),
  },
  { code: "service-role-arn", right: [whole.role], document: (it) => encrypted({ roleArn: it }) },
  {
    code: "service-role-arn",
    right: [whole.role],
    document: (it) =>
      service({ volumeConfigurations: [{ name: "v", managedEBSVolume: { sizeInGiB: 1, roleArn: it } }] }),
  },
];

test("each reference is of its own kind, in a partition and an account that can be", () => {
  for (const { code, right, takesNames, document } of references) {
    const isWrong = (value: string) => (found(document(value)) as readonly string[]).includes(code);
    for (const it of [...right, unknown, "TARGET_ARN", "my-name", "your-role", "some-arn", "example-1"])
      assert.ok(!isWrong(it), `${code} ${it}`);
    for (const it of Object.values(whole))
      assert.equal(isWrong(it), !right.includes(it) && !isAlike(it, right), `${code} ${it}`);
    const [first = ""] = right;
    assert.ok(isWrong(first.replace(account, "12345678901")), code);
    assert.ok(isWrong(first.replace("arn:aws:", "arn:awss:")), code);
    assert.ok(!isWrong(first.replace("arn:aws:", "arn:aws-cn:")), code);
    assert.ok(!isWrong(first.replace(account, "ACCOUNT")), code);
    assert.equal(isWrong("name"), takesNames !== true, code);
  }
});

/** Of the same kind as one that is right. */
const isAlike = (it: string, right: readonly string[]) =>
  right.some(
    (other) =>
      other.replace(/[^/]*$/, "").replace(/\/[ab]\//, "/") ===
      it.replace(/[^/]*$/, "").replace(/\/[ab]\//, "/"),
  );

test("an alternate target group is another one", () => {
  const of = (it: string) => lines(advanced({ alternateTargetGroupArn: it }));
  assert.deepEqual(of(whole.targetGroup), [
    `same-target-group at ${whole.targetGroup} (${whole.targetGroup})`,
  ]);
  assert.deepEqual(of(whole.otherGroup), []);
});

test("alarms are known by their names", () => {
  const of = (it: string) =>
    lines(
      service({ deploymentConfiguration: { alarms: { alarmNames: [it], enable: true, rollback: true } } }),
    );
  for (const it of ["alarm", unknown]) assert.deepEqual(of(it), []);
  const alarm = arn("cloudwatch::alarm:high cpu");
  assert.deepEqual(of(alarm), [`deployment-alarm-name at ${alarm}: !Change to 'high cpu'`]);
  assert.deepEqual(of(arn("cloudwatch::alarm:")), [`deployment-alarm-name at ${arn("cloudwatch::alarm:")}`]);
});

const strategies = ["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY", unknown, undefined];
const controlled = (type: string | undefined) =>
  type === undefined ? {} : { deploymentController: { type } };

test("strategies that shift traffic need an alternate target group", () => {
  const of = (strategy: string | undefined, more: object, type?: string) =>
    found(
      service({
        deploymentConfiguration: { strategy },
        loadBalancers: [balancer(more)],
        ...controlled(type),
      }),
    );
  const shifting = ["BLUE_GREEN", "LINEAR", "CANARY"];
  assert.deepEqual(
    strategies.filter((it) => of(it, {}).includes("advanced-configuration-missing")),
    shifting,
  );
  assert.deepEqual(
    strategies.filter((it) =>
      of(it, { advancedConfiguration: {} }).includes("alternate-target-group-missing"),
    ),
    shifting,
  );
  for (const it of shifting) {
    for (const more of [
      { advancedConfiguration: unknown },
      { [unknown]: 1 },
      { advancedConfiguration: { alternateTargetGroupArn: unknown } },
    ])
      assert.ok(!of(it, more).some((code) => code.endsWith("-missing")), JSON.stringify(more));
    for (const type of ["CODE_DEPLOY", "EXTERNAL"])
      assert.ok(!of(it, {}, type).includes("advanced-configuration-missing"));
    for (const type of ["ECS", unknown])
      assert.ok(of(it, {}, type).includes("advanced-configuration-missing"));
  }
});

test("a setting of a strategy beside its object is misplaced", () => {
  const deploymentConfiguration = { strategy: "LINEAR", stepPercent: 20, linearConfiguration: {} };
  assert.deepEqual(lines(service({ deploymentConfiguration })), [
    "misplaced-member at stepPercent: Move 'stepPercent' there",
  ]);
});

test("early success has all its settings where it is enabled", () => {
  const of = (more: object) =>
    found(
      service({
        deploymentConfiguration: {
          earlySuccessCriteria: {
            enable: true,
            healthyPercent: 50,
            sourceServiceRevisionCleanup: "AUTOMATIC",
            ...more,
          },
        },
      }),
    ).filter((it) => it === "early-success-incomplete").length;
  assert.equal(of({}), 0);
  for (const it of ["healthyPercent", "sourceServiceRevisionCleanup"]) {
    assert.equal(of({ [it]: undefined }), 1, it);
    assert.equal(of({ [it]: unknown }), 0, it);
    for (const enable of [false, unknown]) assert.equal(of({ [it]: undefined, enable }), 0, it);
  }
});

test("hooks have stages, functions where they call one, and pauses where a deployment can be paused", () => {
  const of = (more: object) => found(hooked(more)).filter((it) => it.startsWith("lifecycle"));
  assert.deepEqual(of({}), []);
  for (const it of [undefined, []])
    assert.deepEqual(of({ lifecycleStages: it }), ["lifecycle-hook-incomplete"]);
  assert.deepEqual(of({ lifecycleStages: unknown }), []);
  for (const it of [undefined, "AWS_LAMBDA"])
    assert.deepEqual(of({ targetType: it, hookTargetArn: undefined }), ["lifecycle-hook-incomplete"]);
  for (const it of ["PAUSE", unknown]) assert.deepEqual(of({ targetType: it, hookTargetArn: undefined }), []);
  for (const it of ["TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"]) {
    assert.deepEqual(of({ targetType: "PAUSE", lifecycleStages: [it] }), ["lifecycle-hook-pause"]);
    assert.deepEqual(of({ lifecycleStages: [it] }), []);
  }
  assert.deepEqual(of({ targetType: "PAUSE", lifecycleStages: ["POST_SCALE_UP", unknown] }), []);
});

test("zones are rebalanced where nothing prevents it", () => {
  const of = (more: object, availabilityZoneRebalancing: string = "ENABLED") =>
    lines(service({ availabilityZoneRebalancing, ...more })).filter((it) =>
      it.startsWith("zone-rebalancing"),
    );
  const zone = "attribute:ecs.availability-zone";
  const says = (place: string) => [
    `zone-rebalancing-unsupported at ENABLED (${place}): Change to 'DISABLED'`,
  ];
  assert.deepEqual(of({}), []);
  assert.deepEqual(of({ launchType: "EXTERNAL" }), says("EXTERNAL"));
  for (const it of ["EC2", unknown]) assert.deepEqual(of({ launchType: it }), []);
  const most = (maximumPercent: unknown) =>
    of({ deploymentConfiguration: { maximumPercent, minimumHealthyPercent: 50 } });
  assert.deepEqual(most(100), says("100"));
  for (const it of [99, 101, 200, unknown]) assert.deepEqual(most(it), []);
  assert.deepEqual(
    of({ loadBalancers: [{ loadBalancerName: "classic", containerName: "a", containerPort: 80 }] }),
    says("classic"),
  );
  assert.deepEqual(of({ loadBalancers: [balancer()] }), []);
  const placed = (...placementStrategy: readonly unknown[]) => of({ placementStrategy });
  assert.deepEqual(placed({ type: "spread", field: zone }, { type: "binpack", field: "cpu" }), []);
  for (const it of [{ type: "spread" }, { type: "spread", field: unknown }, { type: unknown }])
    assert.deepEqual(placed(it), []);
  for (const it of [{ type: "spread", field: "host" }, { type: "binpack", field: "cpu" }, { type: "random" }])
    assert.equal(placed(it).length, 1);
  const bound = (expression: string) => of({ placementConstraints: [{ type: "memberOf", expression }] });
  assert.deepEqual(bound(`${zone} == eu-west-1a`), says(`${zone} == eu-west-1a`));
  assert.deepEqual(bound("attribute:a == b"), []);
  for (const it of ["DISABLED", unknown]) assert.deepEqual(of({ launchType: "EXTERNAL" }, it), []);
  assert.match(
    messages(service({ availabilityZoneRebalancing: "ENABLED", launchType: "EXTERNAL" })).join(),
    /the launch type EXTERNAL/,
  );
});
