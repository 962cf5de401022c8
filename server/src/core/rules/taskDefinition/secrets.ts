// Environment variables, secrets, environment files and registry credentials.

import {
  type ContainerView,
  type TaskDefinitionView,
  taskDefinitionView,
} from "../../resources/taskDefinitionView";
import { isSurelySecret } from "../../secrets/secretValues";
import { add, set } from "../../source/change";
import { get, items, type JsonNode, keyOf, members, stringOf } from "../../source/tree";
import { holdsPlaceholder } from "../../text/placeholders";
import { fix } from "../fix";
import type { Report, Rule } from "../rule";
import { changeTo, filled, inSentence, isAbsent, placeOfMissing, related, removal } from "../ruleHelpers";

export const secrets: Rule = {
  codes: [
    "duplicate-environment-name",
    "environment-without-name",
    "environment-name",
    "plain-secret",
    "secret-name-taken",
    "secrets-without-role",
    "registry-credentials-without-role",
    "bad-secret-reference",
    "secret-reference-arn",
    "secret-reference-parts",
    "too-many-environment-files",
    "environment-file-arn",
    "environment-file-suffix",
    "environment-files-without-role",
    "registry-credentials-reference",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    for (const container of task.containers) {
      checkNames(container, report);
      checkFiles(container, report);
      checkCredentials(container, report);
    }
    checkRole(task, report);
  },
};

function checkNames({ node }: ContainerView, report: Report): void {
  const taken: Taken = new Map();
  for (const entry of items(get(node, "environment"))) {
    const nameNode = get(entry, "name");
    const name = stringOf(nameNode);
    const valueNode = get(entry, "value");
    const value = writtenOrDefault(valueNode);
    if (valueNode && name !== undefined && value !== undefined && isSurelySecret(name, value)) {
      report("plain-secret", valueNode, { name });
    }
    // A member that is none of the two may be meant for the name, and has its own diagnostic.
    const isClear = entry.type === "object" && members(entry).every((it) => it.name === "value");
    if (name?.trim() === "" || (isClear && isAbsent(entry, "name"))) {
      const place = nameNode && name !== undefined ? nameNode : placeOfMissing(entry);
      report("environment-without-name", place, {}, { fixes: [removal(entry)] });
    }
    if (!nameNode || name === undefined || name.trim() === "") continue;
    checkVariable(nameNode, name, report);
    const earlier = taken.get(name);
    if (earlier) {
      report(
        "duplicate-environment-name",
        nameNode,
        { name },
        {
          related: related("The first one.", earlier.node),
          fixes: [removal(entry)],
        },
      );
    } else taken.set(name, { node: nameNode, words: "an environment variable" });
  }
  checkSecrets(node, taken, report);
}

/** Names that are taken, with where they are and what has them. */
type Taken = Map<string, { readonly node: JsonNode; readonly words: string }>;

function checkSecrets(node: JsonNode, taken: Taken, report: Report): void {
  for (const entry of items(get(node, "secrets"))) {
    const nameNode = get(entry, "name");
    const name = stringOf(nameNode);
    const reference = get(entry, "valueFrom");
    const value = stringOf(reference);
    if (reference && value !== undefined && !isSecretReference(value)) {
      report("bad-secret-reference", reference, { name: name ?? "" });
    } else if (reference && value !== undefined && whyNoArn(value) !== undefined) {
      const [, path = ""] = /:parameter\/(\/.+)$/.exec(value) ?? [];
      const fixes = [changeTo(reference, path === "" ? undefined : value.replace(`/${path}`, path))];
      report(
        "secret-reference-arn",
        reference,
        { name: name ?? "", reason: whyNoArn(value) ?? "" },
        { fixes },
      );
    } else if (reference) {
      checkParts(reference, value ?? reference.sample ?? secretOfTerraform(reference), name ?? "", report);
    }
    if (!nameNode || name === undefined) continue;
    if (name.trim() === "") {
      report("environment-without-name", nameNode, {}, { fixes: [removal(entry)] });
      continue;
    }
    checkVariable(nameNode, name, report);
    const earlier = taken.get(name);
    if (earlier) {
      report(
        "secret-name-taken",
        nameNode,
        { name, other: earlier.words },
        {
          related: related("The other one.", earlier.node),
          fixes: [removal(entry)],
          ...(earlier.words === anotherSecret ? { server: duplicateSecret } : {}),
        },
      );
    } else taken.set(name, { node: nameNode, words: anotherSecret });
  }
}

/** A default of the file is in the definition that is registered, unless somebody gives another value. */
const writtenOrDefault = (node: JsonNode | undefined) => stringOf(node) ?? stringOf(node?.fallback);

const anotherSecret = "another secret";

/** Two secrets of one name have words of their own. */
const duplicateSecret = {
  exception: "ClientException",
  message: "Duplicate secret names found: {name}. Each secret name must be unique.",
} as const;

/** Spaces inside a name, periods and hyphens are unusual, and some programs ask for them. */
function checkVariable(node: JsonNode, name: string, report: Report): void {
  const bare = name.trim();
  if (name.includes("=")) {
    const [before = ""] = bare.split("=", 1);
    const params = { name, reason: "would end at its first =", advice: "Write the name without it." };
    const meant = before.trim() === "" ? undefined : before.trim();
    report("environment-name", node, params, { fixes: [changeTo(node, meant, false)] });
  } else if (bare !== name && bare !== "") {
    const place = name.startsWith(bare) ? "ends" : "begins";
    const params = {
      name,
      reason: `${place} with a space, which belongs to it`,
      advice: "Remove the space.",
    };
    report("environment-name", node, params, { fixes: [changeTo(node, bare)] });
  }
}

/** Region and account may be written as placeholders of any kind. */
const secretArn = /^arn:[\w-]+:secretsmanager:[^:]*:[^:]*:secret:./;
const parameterArn = /^arn:[\w-]+:ssm:[^:]*:[^:]*:parameter\/./;

function isSecretReference(value: string): boolean {
  if (value.startsWith("arn:")) return secretArn.test(value) || parameterArn.test(value);
  return /^[A-Za-z0-9_.\-/]+$/.test(value);
}

/** What is wrong with an ARN of the right kind. Words and capitals in the place of a Region or an account are samples'. */
function whyNoArn(value: string): string | undefined {
  if (!value.startsWith("arn:") || holdsPlaceholder(value)) return undefined;
  const [, , , region, account = ""] = value.split(":");
  if (region === "") return "has no Region";
  if (/^\d+$/.test(account) && account.length !== 12)
    return `has an account of ${account.length} digits, not 12`;
  return /:parameter\/\//.test(value) ? "has two slashes behind 'parameter'" : undefined;
}

/**
 * Behind the name of a secret come its JSON key, version stage and version id: all three colons, or none. Source:
 * aws/amazon-ecs-agent agent/taskresource/asmsecret, "unexpected ARN format with parameters".
 */
function checkParts(node: JsonNode, value: string | undefined, name: string, report: Report): void {
  if (value === undefined || !secretArn.test(value) || holdsPlaceholder(value)) return;
  const parts = value.split(":");
  const count = parts.length - arnParts;
  if (count === 0 || count === 3) return;
  const whole =
    count < 3 && node.unknown !== true
      ? [...parts, ...Array<string>(3 - count).fill("")].join(":")
      : undefined;
  report("secret-reference-parts", node, { name }, { fixes: [changeTo(node, whole, false)] });
}

/** A text that begins with the ARN of a secret of the configuration, with an ARN in its place; `undefined` for another. */
function secretOfTerraform({ type, unknown, value }: JsonNode): string | undefined {
  if (type !== "string" || unknown !== true) return undefined;
  const [, parts] =
    /^\$\{(?:data\.)?aws_secretsmanager_secret(?:_version)?\.\w+(?:\[[^\]]*\])?\.arn\}(:[^$%]*)$/.exec(
      String(value),
    ) ?? [];
  return parts === undefined ? undefined : `arn:aws:secretsmanager:::secret:-${parts}`;
}

/** arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME */
const arnParts = 7;

/** The name of a secret will do, too; an ARN has to be one of Secrets Manager. */
function checkCredentials({ node }: ContainerView, report: Report): void {
  const reference = get(get(node, "repositoryCredentials"), "credentialsParameter");
  const value = stringOf(reference);
  if (!reference || !value?.startsWith("arn:") || secretArn.test(value)) return;
  report("registry-credentials-reference", reference, { value });
}

function checkFiles({ node }: ContainerView, report: Report): void {
  const list = get(node, "environmentFiles");
  const files = items(list);
  if (list && files.length > 10) report("too-many-environment-files", keyOf(list), { count: files.length });
  for (const file of files) {
    const valueNode = get(file, "value");
    const value = stringOf(valueNode);
    if (!valueNode || value === undefined) continue;
    if (!/^arn:[\w-]+:s3:::?[^:]+/.test(value)) {
      const [, path] = /^(?:s3:\/\/|https:\/\/s3[^/]*\.amazonaws\.com\/)(.+)$/.exec(value) ?? [];
      const arn = path && `arn:aws:s3:::${path}`;
      report(
        "environment-file-arn",
        valueNode,
        { value },
        {
          fixes: [arn ? fix(`Change to '${arn}'`, true, set(valueNode, arn)) : undefined],
        },
      );
    } else if (!value.endsWith(".env")) report("environment-file-suffix", valueNode, { value });
  }
}

function checkRole(task: TaskDefinitionView, report: Report): void {
  const { input } = task;
  const role = get(input, "executionRoleArn");
  if (role ? role.type !== "null" && stringOf(role) !== "" : !isAbsent(input, "executionRoleArn")) return;
  const place = role ?? placeOfMissing(input);
  const fixes = role
    ? []
    : [
        fix(
          "Add the execution role ecsTaskExecutionRole",
          false,
          add(input, "executionRoleArn", "ecsTaskExecutionRole"),
        ),
      ];
  const needy = task.containers.find(({ node }) => secretsOf(node));
  if (needy) {
    const why = related(`The secrets of ${inSentence(needy)}.`, secretsOf(needy.node));
    report("secrets-without-role", place, { container: needy.label }, { related: why, fixes });
    return;
  }
  const credited = task.containers.find(({ node }) =>
    filled(get(node, "repositoryCredentials"), "credentialsParameter"),
  );
  if (credited) {
    const why = related(
      `The credentials of ${inSentence(credited)}.`,
      get(credited.node, "repositoryCredentials"),
    );
    report(
      "registry-credentials-without-role",
      place,
      { container: credited.label },
      { related: why, fixes },
    );
    return;
  }
  const filed = task.containers.find(({ node }) => filled(node, "environmentFiles"));
  if (filed) {
    const why = related(`The files of ${inSentence(filed)}.`, get(filed.node, "environmentFiles"));
    report("environment-files-without-role", place, { container: filed.label }, { related: why, fixes });
  }
}

/** Secrets of a container, or of its log driver. */
export function secretsOf(container: JsonNode): JsonNode | undefined {
  return filled(container, "secrets") ?? filled(get(container, "logConfiguration"), "secretOptions");
}
