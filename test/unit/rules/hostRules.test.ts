// Every rule reports the same in every format: the fixtures of JSON, written as CloudFormation and as Terraform, have the
// same codes at the same values, but for what a host converts, drops, or leaves to its own tools.

import assert from "node:assert/strict";
import { test } from "node:test";
import { shapeNamed } from "../../../server/src/core/api/apiModel";
import { openResources } from "../../../server/src/core/resources/openResources";
import { openResource, type Resource } from "../../../server/src/core/resources/resource";
import type { Diagnostic } from "../../../server/src/core/rules/diagnostic";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { plainValueOf } from "../../support/hostFixes";
import { hostTexts, type Input, otherContainers } from "../../support/hostTexts";
import { readFixture } from "../../support/markers";
import { validationFixtures } from "../../support/validationFixtures";

/** Codes that no template has: they are about JSON files for the AWS CLI, or other tools report them. */
const ofFiles = new Set([
  "cli-skeleton",
  "describe-answer",
  "empty-tags",
  "foreign-spelling",
  "null-value",
  "output-only-member",
  "service-without-name",
  "service-without-task-definition",
  "unknown-member",
  "misspelt-member",
  "misplaced-member",
  // Converted.
  "wrong-type",
]);
/** Tags are a map in Terraform, and checked by its provider; percentages of a daemon are not sent. */
const notInTerraform = new Set([
  "bad-tag",
  "duplicate-tag",
  "too-many-tags",
  "percents-block",
  // Of an empty text, which its provider does not send.
  "blank-host-path",
  "distinct-instance-expression",
]);
/** What Terraform alone has. */
const ofTerraform = new Set(["daemon-minimum-not-sent"]);
/** Fixtures of what a host names itself, of skeletons, answers, updates and foreign spelling: no resource is any of these. */
const otherInputs =
  /\/(?:cli-skeleton|create-service-member|missing-family|foreign-|update-|grace-period-update|execute-command-role\.|wrong-type-switch)/;

/** Arguments of Terraform that have another name in the API. */
const renamed: Readonly<Record<string, string>> = {
  hostpath: "sourcepath",
  sizeingb: "sizeingib",
  configureatlaunch: "configuredatlaunch",
  elbname: "loadbalancername",
  iamrole: "role",
  loadbalancer: "loadbalancers",
  orderedplacementstrategy: "placementstrategy",
  placementstrategies: "placementstrategy",
  volumeconfiguration: "volumeconfigurations",
  inferenceaccelerator: "inferenceaccelerators",
  proxyconfigurationproperties: "properties",
  clientalias: "clientaliases",
  deploymentminimumhealthypercent: "minimumhealthypercent",
};

/** The codes with the names or values that are underlined. */
function rows(resource: Resource, isTerraform: boolean): readonly string[] {
  const found = validateDocument(resource, {
    onRuleFault: (codes, fault) => assert.fail(`${codes.join(" ")}: ${String(fault)}`),
  });
  return found
    .filter((it) => !ofFiles.has(it.code) && !(isTerraform && notInTerraform.has(it.code)))
    .filter((it) => !ofTerraform.has(it.code))
    .map((it) => `${it.code} at ${underlined(resource, it)}`)
    .sort();
}

/** The text without the spelling of the format; a missing property has none that all formats share. */
function underlined({ source: { text } }: Resource, { span }: Diagnostic): string {
  const marked = text.slice(span.start, span.end);
  if (/[{}[\]\n]/.test(marked) || /^(?:''|"")$/.test(marked)) return "?";
  const plain = marked.replace(/["'\\_\s]/g, "").toLowerCase();
  const isSwitch = plain === "true" && /assign_public_ip\s*=\s*$/.test(text.slice(0, span.start));
  return isSwitch ? "enabled" : (renamed[plain] ?? plain);
}

const textsOf = (resource: Resource) =>
  validateDocument(resource).flatMap((it) => [it.message, ...(it.fixes ?? []).map(({ title }) => title)]);

/** Names of properties are those of the file: the API's in a list of containers of Terraform alone. */
function assertSpelled(message: string, text: string, isTerraform: boolean): void {
  const ofApi = isTerraform ? ofTheRest : ofAll;
  for (const [, name = ""] of message.matchAll(/'([a-z]+[A-Z]\w*)'|"(\w+)":/g))
    assert.ok(!ofApi.has(name) || text.includes(name), message);
}

function namesBelow(shapeName: string, found: Set<string>, without: string): Set<string> {
  const { members = {}, item } = shapeNamed(shapeName);
  if (item !== undefined) namesBelow(item, found, without);
  for (const [name, shape] of Object.entries(members)) {
    if (found.has(name) || shape === without) continue;
    found.add(name);
    namesBelow(shape, found, without);
  }
  return found;
}
const inputs = ["RegisterTaskDefinitionRequest", "CreateServiceRequest"];
const ofAll = new Set(inputs.flatMap((it) => [...namesBelow(it, new Set(), "")]));
const ofContainers = namesBelow("ContainerDefinition", new Set(), "");
const ofTheRest = new Set(
  inputs
    .flatMap((it) => [...namesBelow(it, new Set(), "ContainerDefinitions")])
    .filter((it) => !ofContainers.has(it)),
);

for (const { name, source: marked } of validationFixtures.filter((it) => !otherInputs.test(it.name)))
  test(`${name} is reported in every format`, () => {
    const fixture = readFixture(marked, "agent.taskdef.json");
    const { kind, input, source } = openResource(fixture.fileName, fixture.text);
    if (kind !== "taskDefinition" && kind !== "service") return;
    if (input?.type !== "object" || source.problems.length > 0 || source.placeholders.length > 0) return;
    const value = plainValueOf(input) as Input;
    const fileName = kind === "service" ? "a.service.json" : "a.taskdef.json";
    const inJson = openResource(fileName, JSON.stringify(value, undefined, 2));
    for (const { format, fileName, text } of hostTexts(kind, value)) {
      const [resource] = openResources(fileName, text);
      assert.ok(resource?.hosted);
      const isTerraform = resource.hosted.host === "terraform";
      for (const it of textsOf(resource)) assertSpelled(it, text, isTerraform);
      const expected = rows(inJson, isTerraform);
      // Where JSON underlines a brace, others have a name, or the beginning of a list.
      const open = expected.filter((it) => it.endsWith("?")).map((it) => it.slice(0, -1));
      const shown = (row: string) =>
        open.some((it) => row.startsWith(it)) ? row.replace(/ at .*/, "") : row;
      const found = rows(resource, isTerraform);
      assert.deepEqual(found.map(shown).sort(), expected.map(shown).sort(), `${format}\n${text}`);
    }
  });

/** Messages with the words that are underlined, names that no property has included. */
const found = (text: string) =>
  openResources("main.tf", text).flatMap((it) =>
    validateDocument(it).map(
      ({ code, message, span }) =>
        `${code} at ${text.slice(span.start, span.end).replace(/\s/g, "")}: ${message}`,
    ),
  );

for (const { name, source: marked } of validationFixtures.filter((it) => !otherInputs.test(it.name)))
  test(`${name} is reported wherever Terraform has the containers`, () => {
    const fixture = readFixture(marked, "agent.taskdef.json");
    const { kind, input, source } = openResource(fixture.fileName, fixture.text);
    if (kind !== "taskDefinition" || input?.type !== "object" || source.problems.length > 0) return;
    if (source.placeholders.length > 0) return;
    const texts = hostTexts(kind, plainValueOf(input) as Input);
    const text = texts.find((it) => it.format === "jsonencode")?.text ?? "";
    for (const other of otherContainers(text))
      assert.deepEqual(found(other).sort(), found(text).sort(), other);
  });

/** Titles of the fixes of a task definition in a block YAML template. */
const titlesInYaml = (input: Input): readonly string[] => {
  const { fileName = "", text = "" } =
    hostTexts("taskDefinition", input).find((it) => it.format === "block YAML") ?? {};
  return openResources(fileName, text).flatMap((it) =>
    validateDocument(it).flatMap(({ fixes }) => (fixes ?? []).map(({ title }) => title)),
  );
};

test("a title of a fix spells properties as the file does, and leaves other names alone", () => {
  const container = { name: "agent", image: "agent:1", memory: 64 };
  const family = "agent";
  assert.deepEqual(titlesInYaml({ family, containerDefinitions: [{ ...container, healthCheck: {} }] }), [
    'Add Command: ["CMD-SHELL", "exit 0"]',
  ]);
  const logConfiguration = { logDriver: "fluentd", options: { "fluentd-tag": "agent" } };
  assert.deepEqual(titlesInYaml({ family, containerDefinitions: [{ ...container, logConfiguration }] }), [
    "Change to 'tag'",
  ]);
});
