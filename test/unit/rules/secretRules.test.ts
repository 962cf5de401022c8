// Environment, secrets, roles and tags: names, references and limits, each form, and what is near a fault.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  container,
  definition,
  found,
  lines,
  messages,
  service,
  text,
  times,
  unknown,
} from "../../support/checkedInputs";

const account = "123456789012";
const executionRoleArn = `arn:aws:iam::${account}:role/execution`;
const variables = (...environment: readonly unknown[]) => lines(container({ environment }));

test("a variable has a name, each once, without an equals sign and spaces around it", () => {
  const named = (name: unknown) => variables({ name, value: "x" });
  for (const it of ["A", "a.b-c", "a b", unknown]) assert.deepEqual(named(it), []);
  for (const it of ["", " "]) assert.deepEqual(named(it), [`environment-without-name at ${it}: Remove it`]);
  for (const it of [{ value: "x" }, {}])
    assert.deepEqual(variables(it), ["environment-without-name at {: Remove it"]);
  for (const it of [unknown, { [unknown]: "x" }]) assert.deepEqual(variables(it), []);
  assert.deepEqual(named("A=1"), ["environment-name at A=1: Change to 'A'"]);
  assert.deepEqual(named("A =1"), ["environment-name at A =1: Change to 'A'"]);
  assert.deepEqual(named("=1"), ["environment-name at =1"]);
  assert.deepEqual(named(" A"), ["environment-name at  A: !Change to 'A'"]);
  assert.deepEqual(named("A "), ["environment-name at A : !Change to 'A'"]);
  assert.match(
    messages(container({ environment: [{ name: "A ", value: "x" }] }))[0] ?? "",
    /ends with a space/,
  );
  assert.match(
    messages(container({ environment: [{ name: " A", value: "x" }] }))[0] ?? "",
    /begins with a space/,
  );
  const one = { name: "A", value: "x" };
  assert.deepEqual(variables(one, one), ["duplicate-environment-name at A (A): Remove it"]);
  assert.deepEqual(variables(one, { ...one, name: "a" }), []);
});

const secretOf = (secrets: readonly unknown[], more: object = {}) =>
  lines(definition({ executionRoleArn }, { secrets, ...more }));
const arn = (rest: string) => `arn:aws:${rest.replace("::", `:eu-west-1:${account}:`)}`;

test("a secret is referred to by its name or its ARN", () => {
  const of = (valueFrom: unknown) => secretOf([{ name: "A", valueFrom }]);
  const secret = arn("secretsmanager::secret:a-AbCdEf");
  for (const it of [
    "name",
    "/a/b.c-d",
    secret,
    arn("ssm::parameter/a"),
    `${secret}:key::`,
    `${secret}:key:stage:`,
    unknown,
    `arn:aws:secretsmanager:${unknown}:1:secret:a`,
  ])
    assert.deepEqual(of(it), [], `${it}`);
  for (const it of [
    "a b",
    "a:b",
    "",
    arn("s3::a"),
    arn("secretsmanager::a"),
    arn("ssm::parameter"),
    "arn:aws:secretsmanager:::secret:",
  ])
    assert.deepEqual(of(it), [`bad-secret-reference at ${it}`], it);
  const noRegion = `arn:aws:ssm::${account}:parameter/a`;
  assert.deepEqual(of(noRegion), [`secret-reference-arn at ${noRegion}`]);
  const short = arn("ssm::parameter/a").replace(account, "12345678901");
  assert.deepEqual(of(short), [`secret-reference-arn at ${short}`]);
  assert.match(
    messages(definition({ executionRoleArn }, { secrets: [{ name: "A", valueFrom: short }] }))[0] ?? "",
    /11 digits, not 12/,
  );
  const slashes = arn("ssm::parameter//a/b");
  assert.deepEqual(of(slashes), [
    `secret-reference-arn at ${slashes}: !Change to '${arn("ssm::parameter/a/b")}'`,
  ]);
  for (const [parts, whole] of [
    [":key", ":key::"],
    [":key:stage", ":key:stage:"],
  ])
    assert.deepEqual(of(secret + parts), [
      `secret-reference-parts at ${secret}${parts}: Change to '${secret}${whole}'`,
    ]);
  assert.deepEqual(of(`${secret}:a:b:c:d`), [`secret-reference-parts at ${secret}:a:b:c:d`]);
});

test("a name is taken once, by a variable or a secret", () => {
  const secret = { name: "A", valueFrom: "s" };
  assert.deepEqual(secretOf([secret, secret]), ["secret-name-taken at A (A): Remove it"]);
  assert.deepEqual(secretOf([secret], { environment: [{ name: "A", value: "x" }] }), [
    "secret-name-taken at A (A): Remove it",
  ]);
  assert.deepEqual(secretOf([secret, { ...secret, name: "B" }, { ...secret, name: unknown }]), []);
  for (const it of ["", " "])
    assert.deepEqual(secretOf([{ ...secret, name: it }]), [`environment-without-name at ${it}: Remove it`]);
  assert.deepEqual(secretOf([{ ...secret, name: "A=" }]), ["environment-name at A=: Change to 'A'"]);
});

test("secrets, credentials and environment files need an execution role", () => {
  const secrets = [{ name: "A", valueFrom: "s" }];
  const needs: readonly (readonly [code: string, container: object, place: RegExp])[] = [
    ["secrets-without-role", { secrets }, /"valueFrom": "s"/],
    [
      "secrets-without-role",
      { logConfiguration: { logDriver: "awsfirelens", options: {}, secretOptions: secrets } },
      /"valueFrom": "s"/,
    ],
    [
      "registry-credentials-without-role",
      { repositoryCredentials: { credentialsParameter: "s" } },
      /credentialsParameter/,
    ],
    [
      "environment-files-without-role",
      { environmentFiles: [{ type: "s3", value: "arn:aws:s3:::b/a.env" }] },
      /a\.env/,
    ],
  ];
  for (const [code, own, place] of needs) {
    const of = (more: object) =>
      lines(definition(more, own)).filter(
        (it) => it.endsWith("without-role") || it.includes("without-role "),
      );
    const [line = ""] = of({});
    assert.ok(
      line.startsWith(`${code} at { (`) && line.endsWith("Add the execution role ecsTaskExecutionRole"),
      line,
    );
    assert.match(line, place);
    assert.equal(of({ executionRoleArn: "" })[0]?.split(" (")[0], `${code} at `);
    for (const it of [executionRoleArn, "role", unknown, null])
      assert.equal(
        of({ executionRoleArn: it }).length,
        it === null ? of({ executionRoleArn: null }).length : 0,
      );
    assert.deepEqual(of({ [unknown]: 1 }), []);
  }
  for (const own of [
    { secrets: [] },
    { secrets: unknown },
    { repositoryCredentials: {} },
    { environmentFiles: [] },
    { environmentFiles: [unknown] },
  ])
    assert.ok(!found(container(own)).some((it) => it.endsWith("-without-role")), JSON.stringify(own));
  const both = {
    secrets,
    repositoryCredentials: { credentialsParameter: "s" },
    environmentFiles: [{ type: "s3", value: "arn:aws:s3:::b/a.env" }],
  };
  assert.deepEqual(
    found(container(both)).filter((it) => it.endsWith("-without-role")),
    ["secrets-without-role"],
  );
});

test("environment files and credentials are referred to by their ARNs", () => {
  const file = (value: unknown) =>
    lines(definition({ executionRoleArn }, { environmentFiles: [{ type: "s3", value }] }));
  for (const it of ["arn:aws:s3:::b/a.env", "arn:aws-cn:s3:::b/a.env", unknown])
    assert.deepEqual(file(it), []);
  for (const it of ["s3://b/a.env", "https://s3.eu-west-1.amazonaws.com/b/a.env"])
    assert.deepEqual(file(it), [`environment-file-arn at ${it}: !Change to 'arn:aws:s3:::b/a.env'`]);
  assert.deepEqual(file("b/a.env"), ["environment-file-arn at b/a.env"]);
  assert.deepEqual(file("arn:aws:s3:::b/a.txt"), ["environment-file-suffix at arn:aws:s3:::b/a.txt"]);
  const by = (credentialsParameter: unknown) =>
    lines(definition({ executionRoleArn }, { repositoryCredentials: { credentialsParameter } }));
  for (const it of ["name", arn("secretsmanager::secret:a"), unknown]) assert.deepEqual(by(it), []);
  assert.deepEqual(by(arn("ssm::parameter/a")), [
    `registry-credentials-reference at ${arn("ssm::parameter/a")}`,
  ]);
  const files = (count: number) =>
    found(
      definition(
        { executionRoleArn },
        { environmentFiles: times(count, () => ({ type: "s3", value: "arn:aws:s3:::b/a.env" })) },
      ),
    );
  assert.deepEqual([files(10), files(11)], [[], ["too-many-environment-files"]]);
});

test("roles are roles of 12 digits of account", () => {
  for (const name of ["taskRoleArn", "executionRoleArn"]) {
    const of = (it: string) => lines(definition({ [name]: it }));
    for (const it of [
      "name",
      executionRoleArn,
      `arn:aws:iam::${unknown}:role/a`,
      "arn:aws:iam::ACCOUNT:role/a",
      unknown,
    ])
      assert.deepEqual(of(it), [], it);
    for (const it of [
      `arn:aws:iam::${account}:user/a`,
      `arn:aws:iam::${account}1:role/a`,
      `arn:aws:sts::${account}:role/a`,
      `arn:aws:iam::${account}:role/a b`,
      `arn:awss:iam::${account}:role/a`,
    ])
      assert.deepEqual(of(it), [`bad-role at ${it}`], it);
  }
});

test("families have up to 255 letters, and are no ARNs", () => {
  const of = (family: string) => lines(definition({ family }));
  for (const it of ["a", text(255), unknown]) assert.deepEqual(of(it), []);
  const meant = {
    "my agent": "my-agent",
    "agent:3": "agent",
    " a ": "a",
    "arn:aws:ecs:eu-west-1:1:task-definition/agent:3": "agent",
    [text(256)]: text(255),
  };
  for (const [it, to] of Object.entries(meant))
    assert.deepEqual(of(it), [`bad-family at ${it}: Change to '${to}'`]);
  assert.deepEqual(of(""), ["bad-family at "]);
});

test("a tag has a key of 128 and a value of 256 characters, each key once", () => {
  for (const make of [(more: object) => definition(more), (more: object) => service(more)]) {
    const of = (...tags: readonly unknown[]) => lines(make({ tags }));
    const key = (it: unknown) => of({ key: it, value: "v" });
    const value = (it: unknown) => of({ key: "k", value: it });
    for (const it of ["k", "é 1_.:/=+-@", text(128), "Aws:x".replace("Aws:", "aws."), unknown])
      assert.deepEqual(key(it), [], `${it}`);
    for (const it of ["", "é 1_.:/=+-@", text(256), "aws:x", unknown])
      assert.deepEqual(value(it), [], `${it}`);
    assert.deepEqual(key(""), ["bad-tag at "]);
    assert.deepEqual(key(text(129)), [`bad-tag at ${text(129)}`]);
    assert.deepEqual(value(text(257)), [`bad-tag at ${text(257)}`]);
    for (const it of ["aws:x", "AWS:x", "aws:aws:x"])
      assert.deepEqual(key(it), [`bad-tag at ${it}: Change to 'x'`]);
    assert.deepEqual(key("a*b"), ["bad-tag at a*b: Change to 'a-b'"]);
    assert.deepEqual(value("a*?b"), ["bad-tag at a*?b: Change to 'a-b'"]);
    assert.deepEqual(of({ value: "v" }), ["bad-tag at {"]);
    assert.deepEqual(of({ [unknown]: "k", value: "v" }), []);
    const one = { key: "k", value: "v" };
    assert.deepEqual(of(one, one), ["duplicate-tag at k (k): Remove it"]);
    assert.deepEqual(of(one, { ...one, key: "K" }, { ...one, key: unknown }), []);
    const many = (count: number) =>
      found(make({ tags: times(count, (at) => ({ key: `k${at}`, value: "v" })) }));
    assert.deepEqual([many(50), many(51)], [[], ["too-many-tags"]]);
  }
  assert.deepEqual(lines(definition({ tags: [] })), ["empty-tags at []: !Remove 'tags'"]);
  assert.deepEqual([found(service({ tags: [] })), found(definition({ tags: unknown }))], [[], []]);
});

test("tags that ECS gives to volumes itself are not given", () => {
  const of = (key: string) =>
    found(
      service({
        volumeConfigurations: [
          {
            name: "v",
            managedEBSVolume: {
              roleArn: executionRoleArn,
              sizeInGiB: 1,
              tagSpecifications: [{ resourceType: "volume", tags: [{ key, value: "v" }] }],
            },
          },
        ],
      }),
    );
  for (const it of ["AmazonECSCreated", "AmazonECSManaged", "aws:x"])
    assert.deepEqual(of(it), ["bad-tag"], it);
  for (const it of ["AmazonECSOther", "AmazonECSManagedX", "k"]) assert.deepEqual(of(it), [], it);
});

test("storage of its own is from 21 to 200 GiB, and not on EC2", () => {
  const of = (sizeInGiB: unknown, more: object = {}) =>
    lines(definition({ ephemeralStorage: { sizeInGiB }, ...more })).filter((it) =>
      it.startsWith("ephemeral"),
    );
  for (const it of [21, 200, unknown]) assert.deepEqual(of(it), []);
  assert.deepEqual(
    [20, 201].map((it) => of(it)),
    [["ephemeral-storage-range at 20: Change to 21"], ["ephemeral-storage-range at 201: Change to 200"]],
  );
  const on = "ephemeral-storage-on-ec2 at ephemeralStorage";
  assert.deepEqual(of(21, { requiresCompatibilities: ["EC2"] }), [`${on} (EC2): Remove 'ephemeralStorage'`]);
  for (const networkMode of ["bridge", "host", "none"])
    assert.deepEqual(of(21, { networkMode }), [`${on}: Remove 'ephemeralStorage'`]);
  for (const it of [
    { networkMode: "awsvpc" },
    { networkMode: unknown },
    { networkMode: "bridge", requiresCompatibilities: unknown },
    { networkMode: "bridge", requiresCompatibilities: ["MANAGED_INSTANCES"] },
  ])
    assert.deepEqual(of(21, it), [], JSON.stringify(it));
});
