// The list of containers: how many, their names and images, and at least one that is essential.

import {
  type ContainerView,
  type TaskDefinitionView,
  taskDefinitionView,
} from "../../resources/taskDefinitionView";
import { add, remove } from "../../source/change";
import { booleanOf, get, isOpen, isTemplate, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import { fix } from "../fix";
import type { Report, Rule } from "../rule";
import {
  changeTo,
  freeName,
  isAbsent,
  makeRegister,
  placeOfMissing,
  related,
  renameAll,
  sureItems,
} from "../ruleHelpers";

export const containers: Rule = {
  codes: [
    "no-containers",
    "too-many-containers",
    "no-essential-container",
    "duplicate-container-name",
    "container-without-name",
    "container-without-image",
    "bad-container-name",
    "bad-image",
    "image-not-pullable",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    const list = get(task?.input, "containerDefinitions");
    if (!task || list?.type !== "array") return;
    if (task.containers.length === 0 && !isOpen(list)) report("no-containers", list, {});
    const count = sureItems(list).length;
    if (count > 10) report("too-many-containers", keyOf(list), { count });
    const names = makeRegister();
    for (const container of task.containers) {
      if (container.node.type !== "object") continue;
      checkName(task, container, names, report);
      checkImage(container, report);
    }
    if (!isOpen(list)) checkEssential(task, report);
  },
};

function checkName(
  task: TaskDefinitionView,
  { node, name, label }: ContainerView,
  names: ReturnType<typeof makeRegister>,
  report: Report,
): void {
  const nameNode = get(node, "name");
  if (isAbsent(node, "name") || name === "") {
    const place = nameNode && name === "" ? nameNode : placeOfMissing(node);
    report(
      "container-without-name",
      place,
      { container: label },
      {
        fixes: nameNode ? [] : [fix("Add a name", false, add(node, "name", "main"))],
      },
    );
  }
  if (!nameNode || name === undefined || name === "") return;
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
    const cleaned = name
      .trim()
      .replace(/[^A-Za-z0-9_-]+/g, "-")
      .slice(0, 255);
    report(
      "bad-container-name",
      nameNode,
      { name },
      { fixes: [renameAll(nameNode, name, cleaned, referencesTo(task))] },
    );
  }
  const earlier = names.note(name, nameNode);
  if (earlier) {
    const newName = freeName(name, task.containerNames ?? names);
    report(
      "duplicate-container-name",
      nameNode,
      { name },
      {
        related: related("The first one.", earlier),
        fixes: [changeTo(nameNode, newName, false)],
      },
    );
  }
}

/** Wherever containers of the task are named. */
function referencesTo({ input, containers: all }: TaskDefinitionView): readonly (JsonNode | undefined)[] {
  const references = all.flatMap(({ node }) => [
    ...items(get(node, "dependsOn")).map((it) => get(it, "containerName")),
    ...items(get(node, "volumesFrom")).map((it) => get(it, "sourceContainer")),
    ...items(get(node, "links")),
  ]);
  return [...references, get(get(input, "proxyConfiguration"), "containerName")];
}

function checkImage({ node, label }: ContainerView, report: Report): void {
  const imageNode = get(node, "image");
  const image = stringOf(imageNode);
  if (isAbsent(node, "image") || image === "") {
    const place = imageNode && image === "" ? imageNode : placeOfMissing(node);
    report(
      "container-without-image",
      place,
      { container: label },
      {
        fixes: imageNode ? [] : [fix("Add an image", false, add(node, "image", "busybox:stable"))],
      },
    );
    return;
  }
  const reason = image === undefined ? undefined : whyNoImage(image);
  if (!imageNode || image === undefined) return;
  if (reason) report("bad-image", imageNode, { image, reason });
  else checkPull(imageNode, image, report);
}

/** `imageUri`, `yourApp`: what samples say for a name that others have to fill in. */
function isPlaceholder(word: string, words: number): boolean {
  return /^(my|your|some|example|replace|image|repo)/i.test(word) || (words === 1 && /^[a-z]/.test(word));
}

/** What ECS accepts and Docker does not. A part all in capitals may be a placeholder. */
function checkPull(node: JsonNode, image: string, report: Report): void {
  const [name = ""] = image.split("@");
  const scheme = /^[a-z]+:\/\//i.exec(name)?.[0];
  const parts = name.split("/");
  // The first part is a registry where it looks like a host, and hosts may have capitals.
  const path = parts.length > 1 && /[.:]|^localhost$/.test(parts[0] ?? "") ? parts.slice(1) : parts;
  const mixed = path
    .map((it) => it.split(":")[0] ?? "")
    .find((it) => /[a-z]/.test(it) && /[A-Z]/.test(it) && !isPlaceholder(it, path.length));
  const last = path.at(-1) ?? "";
  const wrong = wrongRegistry(parts[0] ?? "") ?? twoTags(last) ?? wrongTag(last) ?? wrongParts(parts, scheme);
  if (scheme) {
    const rest = changeTo(node, image.slice(scheme.length), false);
    report("image-not-pullable", node, { image, reason: `a name has no ${scheme}` }, { fixes: [rest] });
  } else if (name.endsWith(":")) {
    const fixes = [changeTo(node, `${name}latest`, false)];
    report("image-not-pullable", node, { image, reason: "the tag behind the colon is missing" }, { fixes });
  } else if (wrong !== undefined) {
    report("image-not-pullable", node, { image, reason: wrong });
  } else if (mixed !== undefined) {
    const registry = parts.length - path.length;
    const lower = parts.map((it, index) => (index < registry ? it : it.replace(/^[^:]*/, lowerCase)));
    const fixes = [changeTo(node, lower.join("/") + image.slice(name.length), false)];
    report("image-not-pullable", node, { image, reason: `'${mixed}' has capital letters` }, { fixes });
  }
}

const lowerCase = (text: string) => text.toLowerCase();

/** Hosts of Amazon ECR begin with an account of twelve digits, or with a placeholder, and name a Region. */
function wrongRegistry(host: string): string | undefined {
  const [, account = "", region] =
    /^([^.]*)\.dkr\.ecr(?:-fips)?\.(?:([a-z0-9-]+)\.)?amazonaws\.com/.exec(host) ?? [];
  if (/^\d+$/.test(account) && account.length !== 12) {
    return `the account ${account} has ${account.length} digits, not 12`;
  }
  if (account !== "" && region === undefined) return "the Region of the registry is missing";
  return region !== undefined && /^[a-z]{2}-[a-z]+$/.test(region)
    ? `the Region ${region} has no number`
    : undefined;
}

function wrongParts(parts: readonly string[], scheme: string | undefined): string | undefined {
  if (parts.some((it) => /^['"`]|['"`]$/.test(it))) return "it has quotes of its own";
  if (scheme !== undefined || !parts.includes("")) return undefined;
  return parts.at(-1) === "" ? "nothing follows the last slash" : "there is nothing between two slashes";
}

function twoTags(lastPart: string): string | undefined {
  return /^[\w.-]+:[\w.-]+:[\w.:-]*$/.test(lastPart) ? "it has two tags" : undefined;
}

/** Source: OCI distribution specification, tags. */
function wrongTag(lastPart: string): string | undefined {
  const tag = lastPart.split(":")[1] ?? "";
  if (/^[.-]/.test(tag)) return `its tag begins with ${tag[0]}`;
  return tag.length > 128 ? `its tag has ${tag.length} characters and 128 are allowed` : undefined;
}

function whyNoImage(image: string): string | undefined {
  const [repository = "", digest, ...more] = image.split("@");
  if (/\s/.test(image)) return "it contains white space";
  if (repository.length > 255) return `the name has ${repository.length} characters and 255 are allowed`;
  // `@IMAGE@` is a placeholder of other tools.
  if (repository === "") return undefined;
  if (more.length > 0) return "it contains more than one @";
  if (digest === undefined || /^sha256:[0-9a-fA-F]{64}$/.test(digest)) return undefined;
  return "after @ come sha256: and 64 hexadecimal digits";
}

function checkEssential({ containers: all }: TaskDefinitionView, report: Report): void {
  const flags = all.map(({ node }) => get(node, "essential"));
  const [first] = flags;
  const allOptional = flags.every((it) => it && booleanOf(it) === false && !isTemplate(it));
  if (!first || !allOptional) return;
  // A container for whose end another one waits cannot be essential.
  const ending = new Set(all.flatMap(({ node }) => items(get(node, "dependsOn"))).flatMap(endingOf));
  const free = all.find(({ name }) => name === undefined || !ending.has(name));
  const flag = get(free?.node, "essential");
  const fixes = flag === undefined ? [] : [fix("Make this container essential", true, remove(flag))];
  report("no-essential-container", flag ?? first, {}, { fixes });
}

function endingOf(dependency: JsonNode): readonly string[] {
  const isEnd = /^(?:SUCCESS|COMPLETE)$/.test(stringOf(get(dependency, "condition")) ?? "");
  const name = stringOf(get(dependency, "containerName"));
  return isEnd && name !== undefined ? [name] : [];
}
