import assert from "node:assert/strict";
import { test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";
import { fileGlob } from "../../../server/src/core/rules/fileGlob";
import {
  applySeveritySettings,
  pointerAt,
  type SeveritySetting,
} from "../../../server/src/core/rules/severitySettings";
import { validateDocument } from "../../../server/src/core/rules/validate";

const text = JSON.stringify({
  family: "agent",
  containerDefinitions: [
    { name: "a", image: "a", memory: 4 },
    { name: "b", image: "b", memory: 5 },
  ],
  volumes: [{ name: "x/y" }],
});
const document = openResource("/home/me/legacy/agent.taskdef.json", text);
const found = validateDocument(document);

function apply(...settings: readonly SeveritySetting[]): readonly string[] {
  return applySeveritySettings(document, found, settings).map(
    (it) => `${it.severity} ${it.code} ${pointerAt(document, it.span)}`,
  );
}

test("a finding is found by its JSON pointer", () => {
  assert.deepEqual(apply(), [
    "warning memory-too-small /containerDefinitions/0/memory",
    "warning memory-too-small /containerDefinitions/1/memory",
    "error bad-volume-name /volumes/0/name",
    "hint unused-volume /volumes/0/name",
  ]);
});

test("a code is switched off, or gets another severity", () => {
  const settings = apply(
    { code: "memory-too-small", severity: "off" },
    { code: "unused-volume", severity: "error" },
  );
  assert.deepEqual(settings, [
    "error bad-volume-name /volumes/0/name",
    "error unused-volume /volumes/0/name",
  ]);
});

test("the last setting that fits counts", () => {
  const settings = apply({ code: "*", severity: "off" }, { code: "unused-volume", severity: "hint" });
  assert.deepEqual(settings, ["hint unused-volume /volumes/0/name"]);
});

test("a path is a pointer or the beginning of one, with wildcards", () => {
  const count = (path: string) => apply({ code: "*", path, severity: "off" }).length;
  assert.equal(count("/containerDefinitions/0"), 3);
  assert.equal(count("/containerDefinitions/*/memory"), 2);
  assert.equal(count("/**/memory"), 2);
  assert.equal(count("/**/name"), 2);
  assert.equal(count("/containerDefinitions/2"), 4);
  assert.equal(count(""), 0);
  assert.equal(count(`${"/**".repeat(100)}/nothing`), 4);
});

test("a glob is compiled once, and one that costs too much fits nothing", () => {
  assert.equal(fileGlob("**/x/*.json"), fileGlob("**/x/*.json"));
  const path = `/${"a/".repeat(2000)}b`;
  for (const glob of ["{a,a,a}*".repeat(120), "**/".repeat(300), "?*".repeat(400), "*".repeat(1001)])
    assert.equal(fileGlob(glob)(path), false, glob.slice(0, 20));
  assert.equal(fileGlob("**/b")(path), true);
});

test("files are chosen by a glob", () => {
  const isOff = (files: string) => apply({ code: "*", files, severity: "off" }).length === 0;
  for (const files of [
    "*.taskdef.json",
    "legacy/**",
    "**/legacy/*.json",
    "*.{taskdef,service}.json",
    "agent.?askdef.json",
    "/home/**",
  ]) {
    assert.ok(isOff(files), files);
  }
  for (const files of ["*.service.json", "modern/**", "legacy", "taskdef.json", "/legacy/**", "[", "("]) {
    assert.ok(!isOff(files), files);
  }
});
