// Tags of clusters, container instances, services, task definitions and tasks.

import { parseArn } from "../arns";
import { clientException, clusterNotFound, EcsException, invalidParameter, serviceNotFound } from "../errors";
import type { Operation } from "../operation";
import { findTaskDefinition, tagsOf } from "../request/findRecords";
import { identifierList, type JsonObject, requiredText } from "../request/input";
import type { Tag } from "../state/records";
import { serviceKey, taskDefinitionKey, type World } from "../state/world";

interface Tagged {
  readonly tags: readonly Tag[];
  set(tags: readonly Tag[]): void;
}

function taggedResource(world: World, input: JsonObject): Tagged {
  const arn = requiredText(input, "resourceArn", "Resource ARN");
  const parsed = parseArn(arn);
  const [first = "", second = ""] = parsed?.path ?? [];
  refuseShortArn(parsed?.type, second);
  switch (parsed?.type) {
    case "cluster":
      if (world.clusters.get(first)?.status === "INACTIVE")
        throw invalidParameter("The specified cluster is inactive. Specify an active cluster and try again.");
      return record(world.clusters, first, clusterNotFound);
    case "service":
      return record(world.services, serviceKey(first, second), serviceNotFound);
    case "container-instance":
      return record(world.instances, second, () => notFound(arn));
    case "task":
      return record(world.tasks, second, () => notFound(arn));
    case "capacity-provider":
      return world.groupProviders.get(first) === undefined
        ? record(world.capacityProviders, first, () => notFound(arn))
        : record(world.groupProviders, first, () => notFound(arn));
    case "daemon":
      return record(world.daemons, serviceKey(first, second), () => notFound(arn));
    case "daemon-task-definition":
      return record(world.daemonDefinitions, parsed.path.join("/"), () => notFound(arn));
    case "task-definition": {
      const definition = findTaskDefinition(world, arn);
      // So moto's own tests have it (tests/test_ecs, test_list_tags_exceptions).
      if (definition === undefined) throw clientException("Unable to describe task definition.");
      const key = taskDefinitionKey(definition.family, definition.revision);
      return record(world.taskDefinitions, key, () => notFound(arn));
    }
    default:
      throw invalidParameter(`Invalid ARN: ${arn}`);
  }
}

/** Without the cluster in them, ARNs name nothing that has tags (boto/boto3#2473, pulumi/pulumi-aws#930). */
function refuseShortArn(type: string | undefined, second: string): void {
  const hasTwo = type === "service" || type === "task" || type === "container-instance";
  if (hasTwo && second === "") throw invalidParameter("Long arn format must be used for tagging operations");
}

const notFound = (arn: string): EcsException =>
  new EcsException("ResourceNotFoundException", `The specified resource was not found: ${arn}`);

function record<T extends { readonly tags: readonly Tag[] }>(
  table: { get(key: string): T | undefined; put(key: string, value: T): void },
  key: string,
  missing: () => Error,
): Tagged {
  const row = table.get(key);
  if (row === undefined) throw missing();
  return { tags: row.tags, set: (tags) => table.put(key, { ...row, tags }) };
}

export const tagResource: Operation = (world, input) => {
  const resource = taggedResource(world, input);
  const given = tagsOf(input);
  if (given.length === 0) throw invalidParameter("Tags can not be empty.");
  const names = new Set(given.map((it) => it.key));
  const tags = [...resource.tags.filter((it) => !names.has(it.key)), ...given];
  if (tags.length > 50) throw invalidParameter("Tags can have a maximum size of 50.");
  resource.set(tags);
  return {};
};

export const untagResource: Operation = (world, input) => {
  const resource = taggedResource(world, input);
  const keys = new Set(identifierList(input, "tagKeys", "Tag keys", 50));
  resource.set(resource.tags.filter((it) => !keys.has(it.key)));
  return {};
};

export const listTagsForResource: Operation = (world, input) => {
  try {
    return { tags: taggedResource(world, input).tags };
  } catch (error) {
    // It has no exception of its own for what is not there (API model).
    const isMissing = error instanceof EcsException && error.name === "ResourceNotFoundException";
    throw isMissing ? invalidParameter(error.message) : error;
  }
};
