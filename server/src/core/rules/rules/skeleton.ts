// The output of --generate-cli-skeleton, filled in only a little: one finding, and a fix that leaves an input.

import type { EcsDocument, InputOperation } from "../../documents/document";
import { type JsonNode, members, numberOf, spanOf, stringOf } from "../../documents/tree";
import { fix } from "../edits";
import type { Rule } from "../rule";

/** Reported alone: what is wrong with a skeleton is that it is one. */
export const skeleton: Rule = {
  codes: ["cli-skeleton"],
  check({ document, input, operation }, report) {
    if (!looksLikeSkeleton(document)) return;
    const cleaned = complete(prune(input, true), operation, document.fileName);
    const newText = JSON.stringify(cleaned, undefined, 2);
    const brace = { start: input.offset, end: input.offset + 1 };
    report(
      "cli-skeleton",
      brace,
      {},
      {
        fixes: [
          fix("Keep what is filled in and add what is needed", false, { span: spanOf(input), newText }),
        ],
      },
    );
  },
};

/** Whether empty texts, zeros and `KeyName` are what the document mostly consists of. */
export function looksLikeSkeleton({ input, templates }: EcsDocument): boolean {
  if (!input || templates.length > 0) return false;
  let empty = 0;
  let real = 0;
  let keyName = false;
  const open = [input];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "property") {
      keyName ||= node.children?.[0]?.value === "KeyName" && node.children[1]?.value === "";
      if (node.children?.[1]) open.push(node.children[1]);
    } else if (node.children) for (const child of node.children) open.push(child);
    else if (isEmpty(node)) empty += 1;
    else if (node.type === "string" || node.type === "number") real += 1;
  }
  return keyName || (empty >= 10 && empty > real);
}

const isEmpty = (node: JsonNode) => stringOf(node) === "" || numberOf(node) === 0;

/** The value without what is empty; in a part where nothing was filled in, booleans and enums go too. */
function prune(node: JsonNode, isRoot: boolean): unknown {
  if (node.type === "array") {
    const kept = (node.children ?? []).map((it) => prune(it, false)).filter((it) => it !== undefined);
    return kept.length > 0 ? kept : undefined;
  }
  if (node.type !== "object") return isEmpty(node) || node.type === "null" ? undefined : node.value;
  const kept: Record<string, unknown> = {};
  let isFilled = false;
  let hadEmpty = false;
  for (const { name, value } of members(node)) {
    const pruned = prune(value, false);
    if (pruned === undefined) hadEmpty ||= true;
    else kept[name] = pruned;
    if (pruned !== undefined && (isFree(value, name) || value.children)) isFilled = true;
  }
  if (hadEmpty && !isFilled) return isRoot ? {} : undefined;
  return Object.keys(kept).length > 0 || isRoot ? kept : undefined;
}

/** Enums of a skeleton are picked at random; they are in capitals or among these. */
const enumLike =
  /^([A-Z0-9_]+|bridge|host|awsvpc|none|task|tcp|udp|http2?|grpc|s3|shared|enabled|disabled|memberOf|random|spread|binpack|distinctInstance|awslogs|json-file|syslog|journald|gelf|fluentd|fluentbit|splunk|awsfirelens|read|write|mknod|volume|ext[34]|xfs|ntfs|nofile|stack|core|cpu|data|fsize|locks|memlock|msgqueue|nice|nproc|rss|rtprio|rttime|sigpending)$/;

function isFree(node: JsonNode, name: string): boolean {
  if (node.type === "number") return true;
  const text = stringOf(node);
  return text !== undefined && (!enumLike.test(text) || name === "name" || name === "value");
}

function complete(value: unknown, operation: InputOperation, fileName: string): unknown {
  const input = value as Record<string, unknown>;
  const stem = stemOf(fileName);
  if (operation !== "registerTaskDefinition") {
    const name = operation === "updateService" ? "service" : "serviceName";
    return { [name]: stem, taskDefinition: stem, ...input };
  }
  const family = input.family ?? stem;
  const listed: readonly unknown[] = Array.isArray(input.containerDefinitions)
    ? input.containerDefinitions
    : [];
  const containers = listed.filter((it) => typeof it === "object" && it !== null);
  return {
    family,
    ...input,
    containerDefinitions: (containers.length > 0 ? containers : [{}]).map(completeContainer),
  };
}

function completeContainer(given: object): unknown {
  const hasMemory = "memory" in given || "memoryReservation" in given;
  return {
    name: "main",
    image: "public.ecr.aws/docker/library/busybox:stable",
    ...(hasMemory ? {} : { memory: 128 }),
    ...given,
  };
}

/** `path/agent.taskdef.json` → `agent`. */
function stemOf(fileName: string): string {
  const name = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  return name.split(".")[0]?.replace(/[^A-Za-z0-9_-]+/g, "-") || "my-daemon";
}
