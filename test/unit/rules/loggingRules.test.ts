// Log drivers and FireLens: each option with its values, what each driver needs, and what is near a fault.

import assert from "node:assert/strict";
import { test } from "node:test";
import { afterFix, container, containers, found, lines, text, unknown } from "../../support/checkedInputs";

const logging = (logDriver: string, options: object | undefined, more: object = {}) =>
  container({ logConfiguration: { logDriver, options, ...more } });
const group = { "awslogs-group": "g", "awslogs-region": "eu-west-1" };
const awslogs = (more: object, beside: object = {}) =>
  lines(logging("awslogs", { ...group, ...more }, beside));

test("each driver needs its options, given or secret", () => {
  const needs = {
    awslogs: { "awslogs-group": "g", "awslogs-region": "eu-west-1" },
    splunk: { "splunk-token": "t", "splunk-url": "https://s" },
    gelf: { "gelf-address": "udp://localhost:12201" },
  };
  for (const [driver, options] of Object.entries(needs)) {
    const of = (given: object | undefined, more: object = {}) =>
      lines(logging(driver, given, more)).filter((it) => it.startsWith("log-options-missing"));
    assert.deepEqual(of(options), []);
    for (const name of Object.keys(options)) {
      const others = { ...options, [name]: undefined };
      assert.deepEqual(of(others), [`log-options-missing at options: Add '${name}'`]);
      assert.deepEqual(of({ ...others, [unknown]: "x" }), []);
      assert.deepEqual(of({ ...options, [name]: unknown }), []);
      for (const it of [name, unknown])
        assert.deepEqual(of(others, { secretOptions: [{ name: it, valueFrom: "s" }] }), []);
      assert.deepEqual(of(others, { secretOptions: unknown }), []);
      assert.equal(of(others, { secretOptions: [{ name: "other", valueFrom: "s" }] }).length, 1);
      assert.deepEqual(of(others, { [name]: "beside" }), []);
    }
    const all = Object.keys(options)
      .map((it) => `'${it}'`)
      .join(" and ");
    assert.deepEqual(of(undefined), [`log-options-missing at logConfiguration: Add ${all}`]);
    assert.deepEqual(of(unknown as never), []);
    const after = afterFix(logging(driver, {}), `Add ${all}`) as object;
    assert.deepEqual(
      found(after).filter((it) => it === "log-options-missing"),
      [],
    );
  }
  for (const driver of ["json-file", "awsfirelens", unknown])
    assert.ok(!found(logging(driver, {})).includes("log-options-missing"));
});

test("options of awslogs are of its list, or of Docker's", () => {
  const names = [
    "awslogs-stream-prefix",
    "awslogs-endpoint",
    "awslogs-credentials-endpoint",
    "awslogs-force-flush-interval-seconds",
    "awslogs-max-buffered-events",
    "awslogs-format",
    "tag",
  ];
  for (const it of names) assert.deepEqual(awslogs({ [it]: "x" }), [], it);
  assert.deepEqual(awslogs({ "awslogs-streamprefix": "x" }), [
    "log-option-unknown at awslogs-streamprefix: !Change to 'awslogs-stream-prefix'",
  ]);
  assert.deepEqual(awslogs({ "awslogs-groups": "x" }), [
    "log-option-unknown at awslogs-groups: Remove 'awslogs-groups'",
  ]);
  assert.deepEqual(awslogs({ color: "x" }), ["log-option-unknown at color: Remove 'color'"]);
  const create = (it: string) => awslogs({ "awslogs-create-group": it });
  for (const it of ["true", "True", unknown]) assert.deepEqual(create(it), []);
  assert.deepEqual(create("false"), ["log-group-creation at false: !Remove 'awslogs-create-group'"]);
  assert.deepEqual(create("no"), ["log-group-creation at no: Remove 'awslogs-create-group'"]);
  assert.deepEqual(awslogs({ "awslogs-datetime-format": "%Y", "awslogs-multiline-pattern": "^x" }), [
    "log-multiline-twice at awslogs-multiline-pattern (awslogs-datetime-format): Remove 'awslogs-multiline-pattern' | Remove 'awslogs-datetime-format'",
  ]);
});

test("modes and buffers have the forms of Docker", () => {
  const mode = (it: string) => awslogs({ mode: it });
  for (const it of ["blocking", "non-blocking", unknown]) assert.deepEqual(mode(it), []);
  assert.deepEqual(mode("nonblocking"), ["log-mode at nonblocking: !Change to 'non-blocking'"]);
  assert.deepEqual(mode("fast"), ["log-mode at fast"]);
  const size = (it: string) => awslogs({ "max-buffer-size": it });
  for (const it of ["1", "25m", "25 MiB", "1g", "1024b", "1kb", unknown]) assert.deepEqual(size(it), [], it);
  for (const it of ["25 megabytes", "m", "-1", "1.5m", ""])
    assert.deepEqual(size(it), [`log-buffer-size at ${it}: Change to '25m'`], it);
  assert.deepEqual(awslogs({ mode: "blocking", "max-buffer-size": "1m" }), [
    "log-buffer-blocking at max-buffer-size (blocking): Remove 'max-buffer-size' | Change to 'non-blocking'",
  ]);
  for (const it of ["non-blocking", unknown])
    assert.deepEqual(awslogs({ mode: it, "max-buffer-size": "1m" }), []);
});

test("log groups, prefixes and Regions have their letters", () => {
  const named = (it: string) => awslogs({ "awslogs-group": it });
  for (const it of ["/ecs/a.b-c#1", text(512), unknown, "<group>", "%GROUP%"])
    assert.deepEqual(named(it), [], it);
  assert.deepEqual(named(" my group "), ["log-group-name at  my group : Change to 'my-group'"]);
  assert.deepEqual(named(text(513)), [`log-group-name at ${text(513)}: Change to '${text(512)}'`]);
  const prefix = (it: string) => awslogs({ "awslogs-stream-prefix": it });
  for (const it of ["a/b c", unknown]) assert.deepEqual(prefix(it), []);
  for (const it of ["a:b", "a*b", "a::*b"])
    assert.deepEqual(prefix(it), [`log-stream-prefix at ${it}: Change to 'a-b'`]);
  const region = (it: string) => awslogs({ "awslogs-region": it });
  for (const it of ["eu-west-1", "us-gov-west-1", "ap-southeast-2", "us-isob-east-1", "moon", unknown])
    assert.deepEqual(region(it), [], it);
  const meant = {
    "eu-west-1a": "eu-west-1",
    euwest1: "eu-west-1",
    "us-east": "us-east-1",
    "us-govwest-1": "us-gov-west-1",
    "ap-northeast2": "ap-northeast-2",
    "ca-central": "ca-central-1",
  };
  for (const [it, to] of Object.entries(meant))
    assert.deepEqual(region(it), [`log-region at ${it}: !Change to '${to}'`]);
});

test("each option of Docker's drivers has its values", () => {
  const flags = { good: ["1", "t", "TRUE", "true", "0", "F", "False"], bad: ["yes", "tRUE", "2"] };
  const forms: Readonly<
    Record<string, Readonly<Record<string, { good: readonly string[]; bad: readonly string[] }>>>
  > = {
    "json-file": {
      "max-size": { good: ["-1", "10m", "1.5g", "10"], bad: ["ten", "m", "-2"] },
      "max-file": { good: ["1", "10"], bad: ["0", "-1", "1.5", "many"] },
      compress: flags,
    },
    syslog: {
      "syslog-address": {
        good: ["udp://h:1", "tcp://h", "tcp+tls://h", "unix:///x", "unixgram:///x"],
        bad: ["h:514", "http://h", "udp://"],
      },
      "syslog-facility": {
        good: ["kern", "daemon", "local0", "local7", "0", "19", "23"],
        bad: ["local8", "24", "deamon"],
      },
      "syslog-format": { good: ["rfc3164", "rfc5424", "rfc5424micro"], bad: ["rfc1"] },
      "syslog-tls-skip-verify": flags,
    },
    gelf: {
      "gelf-address": { good: ["udp://h:1", "tcp://h:1"], bad: ["h:1", "udp://h", "http://h:1"] },
      "gelf-compression-type": { good: ["gzip", "zlib", "none"], bad: ["zip"] },
      "gelf-compression-level": { good: ["-1", "0", "9"], bad: ["10", "-2"] },
    },
    splunk: {
      "splunk-url": { good: ["https://h:1", "http://h/"], bad: ["h", "https://h/path"] },
      "splunk-format": { good: ["inline", "json", "raw"], bad: ["xml"] },
      "splunk-insecureskipverify": flags,
      "splunk-verify-connection": flags,
      "splunk-gzip": flags,
    },
    awsfirelens: {
      "log-driver-buffer-limit": {
        good: ["0", "99999999", "536870912", "599999999"],
        bad: ["600000000", "-1", "1m"],
      },
    },
    fluentd: {
      "fluentd-address": { good: ["h:1", "tcp://h", "tls://h", "unix:///x"], bad: ["http://h", "tcp://"] },
      "fluentd-async": flags,
      "fluentd-sub-second-precision": flags,
    },
  };
  for (const [driver, options] of Object.entries(forms))
    for (const [name, { good, bad }] of Object.entries(options)) {
      const isWrong = (value: string) =>
        found(logging(driver, { [name]: value })).includes("log-option-value");
      for (const it of [...good, unknown, "{{ x }}", "A_VALUE"]) assert.ok(!isWrong(it), `${name} ${it}`);
      for (const it of bad) assert.ok(isWrong(it), `${name} ${it}`);
    }
  const pattern = (it: string) => found(logging("awslogs", { ...group, "awslogs-multiline-pattern": it }));
  for (const it of ["^\\d+", "(a|b)", "%Y", ""]) assert.deepEqual(pattern(it), [], it);
  for (const it of ["(?=x)", "(", "(a)\\1"]) assert.deepEqual(pattern(it), ["log-option-value"], it);
  const time = (it: string) => found(logging("awslogs", { ...group, "awslogs-datetime-format": it }));
  for (const it of ["%Y-%m", "[%b]", "%("]) assert.deepEqual(time(it), [], it);
  assert.deepEqual(time("(%Y"), ["log-option-value"]);
});

test("options of another driver are one mistake", () => {
  const of = (driver: string, options: object) => lines(logging(driver, options));
  for (const it of [
    "tag",
    "labels",
    "labels-regex",
    "env",
    "env-regex",
    "cache-disabled",
    "cache-max-size",
    "cache-max-file",
    "cache-compress",
  ])
    for (const driver of ["json-file", "journald", "fluentd"])
      assert.deepEqual(of(driver, { [it]: "x" }), [], it);
  assert.deepEqual(of("json-file", { "max-sizes": "1m" }), [
    "log-option-foreign at max-sizes: Change to 'max-size'",
  ]);
  assert.deepEqual(of("json-file", { "max-size": "1m", "max-sizes": "1m" }), [
    "log-option-foreign at max-sizes: Remove 'max-sizes'",
  ]);
  assert.deepEqual(of("fluentd", { "fluentd-tag": "x" }), [
    "log-option-foreign at fluentd-tag: Change to 'tag'",
  ]);
  assert.deepEqual(of("json-file", group), [
    "log-option-foreign at awslogs-group (awslogs-region): Remove all 2",
  ]);
  assert.deepEqual(of("json-file", { "awslogs-group": "g" }), [
    "log-option-foreign at awslogs-group: Remove 'awslogs-group'",
  ]);
  assert.deepEqual(
    afterFix(logging("json-file", { ...group, compress: "true" }), "Remove all 2"),
    logging("json-file", { compress: "true" }),
  );
  assert.deepEqual(of("splunk", { "splunk-token": "t", "splunk-url": "https://s", x: "y" }), []);
});

const router = (options: object | undefined, type = "fluentbit") =>
  lines(
    containers(
      { logConfiguration: { logDriver: "awsfirelens", options: { Name: "stdout" } } },
      { firelensConfiguration: { type, options } },
    ),
  );

test("options of a router are of its list", () => {
  for (const it of [
    { "enable-ecs-log-metadata": "true" },
    { "enable-ecs-log-metadata": "false" },
    { "config-file-type": "file", "config-file-value": "/x" },
    { "enable-ecs-log-metadata": unknown },
    undefined,
  ])
    assert.deepEqual(router(it), [], JSON.stringify(it));
  const metadata = (it: string) => router({ "enable-ecs-log-metadata": it });
  for (const [it, to] of [
    ["yes", "true"],
    ["on", "true"],
    ["no", "false"],
    ["OFF", "false"],
    ["treu", "true"],
  ])
    assert.deepEqual(metadata(it ?? ""), [`firelens-options at ${it}: !Change to '${to}'`]);
  assert.deepEqual(metadata("maybe"), ["firelens-options at maybe"]);
  assert.deepEqual(router({ "enable-ecs-log-metadatas": "true" }), [
    "firelens-option-unknown at enable-ecs-log-metadatas: !Change to 'enable-ecs-log-metadata'",
  ]);
  assert.deepEqual(router({ Name: "x" }), ["firelens-option-unknown at Name: Remove 'Name'"]);
  const file = (type: string | undefined, value: string | undefined) =>
    router({ "config-file-type": type, "config-file-value": value });
  assert.deepEqual(file("s3", "arn:aws:s3:::b/x"), []);
  assert.deepEqual(file("s3", "s3://b/x"), [
    "firelens-config-arn at s3://b/x: !Change to 'arn:aws:s3:::b/x'",
  ]);
  assert.deepEqual(file("s3", "b/x"), ["firelens-config-arn at b/x"]);
  for (const it of [unknown, "arn:aws:s3:::b"]) assert.deepEqual(file("s3", it), []);
  assert.deepEqual(file(undefined, "/x"), ["firelens-config-file at options"]);
  assert.deepEqual(file("file", undefined), ["firelens-config-file at options"]);
  assert.deepEqual(router({ "config-file-type": "file", [unknown]: "x" }), []);
  for (const it of ["/fluent-bit/etc/fluent-bit.conf", "/fluentd/etc/fluent.conf"])
    assert.deepEqual(file("file", it), [`firelens-reserved-path at ${it}`]);
});

test("logs to FireLens need a router, and a router needs logs; there is one", () => {
  const sending = { logConfiguration: { logDriver: "awsfirelens", options: { Name: "stdout" } } };
  const routing = { firelensConfiguration: { type: "fluentbit" } };
  const of = (...each: readonly object[]) => lines(containers(...each));
  assert.deepEqual(of(sending, routing), []);
  assert.deepEqual(of(sending), ["firelens-router-missing at awsfirelens"]);
  for (const it of [{ firelensConfiguration: unknown }, { [unknown]: 1 }])
    assert.deepEqual(of(sending, it), []);
  assert.deepEqual(of(routing), [
    "firelens-driver-missing at firelensConfiguration: Remove 'firelensConfiguration'",
  ]);
  for (const it of [
    { logConfiguration: unknown },
    { logConfiguration: { logDriver: unknown } },
    { [unknown]: 1 },
  ])
    assert.deepEqual(of(routing, it), [], JSON.stringify(it));
  assert.deepEqual(of(sending, routing, routing), [
    "firelens-two-routers at firelensConfiguration (firelensConfiguration): Remove 'firelensConfiguration'",
  ]);
  assert.deepEqual(found({ ...containers(sending), containerDefinitions: unknown }), []);
});
