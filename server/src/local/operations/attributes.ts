// Attributes of container instances: put, delete, list.

import { isCustomAttribute, mostCustomAttributes } from "../../core/query/subjects";
import { idOf } from "../arns";
import { EcsException, invalidParameter } from "../errors";
import type { Call, Operation } from "../operation";
import { clusterOf, findInstance } from "../request/findRecords";
import { type JsonObject, objectList, optionalText, requiredText } from "../request/input";
import { pageOf, pageSize } from "../request/paging";
import type { AttributeRecord, InstanceRecord } from "../state/records";
import { rowsOf, type World } from "../state/world";

const mostPerCall = 10;

/** Names and values as the API documents them. */
export function checkedAttribute(attribute: JsonObject): AttributeRecord {
  const name = requiredText(attribute, "name", "Attribute name");
  const value = optionalText(attribute, "value");
  if (!/^[A-Za-z0-9_./\\-]{1,128}$/.test(name)) {
    throw invalidParameter(
      `Invalid attribute name '${name}': 1 to 128 letters, digits, hyphens, underscores, slashes, backslashes and periods.`,
    );
  }
  if (value === undefined || value === "") return { name };
  if (!/^[A-Za-z0-9_.@/\\: -]{1,128}$/.test(value) || value !== value.trim()) {
    throw invalidParameter(
      `Invalid attribute value '${value}': 1 to 128 letters, digits, hyphens, underscores, periods, at signs, slashes, backslashes, colons and spaces, with no space at either end.`,
    );
  }
  return { name, value };
}

function targetOf(world: World, cluster: string, attribute: JsonObject): InstanceRecord {
  const reference = requiredText(attribute, "targetId", "Target ID");
  const type = optionalText(attribute, "targetType");
  if (type !== undefined && type !== "container-instance") {
    throw invalidParameter(`Invalid target type: ${type}`);
  }
  if (!reference.startsWith("arn:") && type === undefined) {
    throw invalidParameter("The target type must be specified when the target ID is not an ARN.");
  }
  const instance = findInstance(world, cluster, reference);
  if (instance === undefined || instance.status === "INACTIVE") {
    throw new EcsException(
      "TargetNotFoundException",
      `Could not find target ${idOf(reference, "container-instance", cluster)} in cluster ${cluster}.`,
    );
  }
  return instance;
}

function attributesOfCall(input: JsonObject): readonly JsonObject[] {
  const attributes = objectList(input, "attributes");
  if (attributes.length === 0) throw invalidParameter("Attributes cannot be empty.");
  if (attributes.length > mostPerCall) {
    throw invalidParameter(`Attributes cannot have more than ${mostPerCall} elements.`);
  }
  return attributes;
}

function answered(call: Call, instance: InstanceRecord, attribute: AttributeRecord): JsonObject {
  return {
    ...attribute,
    targetId: call.arns.instance(instance.cluster, instance.id),
  };
}

/** Replaces an instance's attributes; the same again changes nothing. */
function setAttributes(world: World, instance: InstanceRecord, attributes: readonly AttributeRecord[]): void {
  world.instances.put(instance.id, { ...instance, attributes, version: instance.version + 1 });
}

export const putAttributes: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const answers = attributesOfCall(input).map((it) => {
    const attribute = checkedAttribute(it);
    const instance = targetOf(world, cluster.name, it);
    const attributes = [...instance.attributes.filter((other) => other.name !== attribute.name), attribute];
    if (attributes.filter((one) => isCustomAttribute(one.name)).length > mostCustomAttributes) {
      throw new EcsException(
        "AttributeLimitExceededException",
        `You can apply up to ${mostCustomAttributes} custom attributes for each resource.`,
      );
    }
    setAttributes(world, instance, attributes);
    return answered(call, instance, attribute);
  });
  return { attributes: answers };
};

export const deleteAttributes: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const answers = attributesOfCall(input).map((it) => {
    const name = requiredText(it, "name", "Attribute name");
    const value = optionalText(it, "value");
    const instance = targetOf(world, cluster.name, it);
    // A value in the call must be the one that is there.
    const found = instance.attributes.find(
      (other) => other.name === name && (value === undefined || other.value === value),
    );
    if (found === undefined) {
      throw new EcsException(
        "TargetNotFoundException",
        `The attribute ${name} was not found on target ${instance.id}.`,
      );
    }
    setAttributes(
      world,
      instance,
      instance.attributes.filter((other) => other !== found),
    );
    return answered(call, instance, found);
  });
  return { attributes: answers };
};

export const listAttributes: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const type = requiredText(input, "targetType", "Target type");
  if (type !== "container-instance") throw invalidParameter(`Invalid target type: ${type}`);
  const name = optionalText(input, "attributeName");
  const value = optionalText(input, "attributeValue");
  if (value !== undefined && name === undefined) {
    throw invalidParameter("An attribute value can not be specified without an attribute name.");
  }
  const ids = world.instancesOfCluster.sorted(cluster.name);
  const all = rowsOf(world.instances, ids)
    .filter((it) => it.status !== "INACTIVE")
    .flatMap((instance) =>
      instance.attributes
        .filter(
          (it) => (name === undefined || it.name === name) && (value === undefined || it.value === value),
        )
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map((attribute) => ({ instance, attribute })),
    );
  const page = pageOf(
    all,
    (it) => `${it.instance.id} ${it.attribute.name}`,
    { operation: "ListAttributes", input },
    pageSize(input, 100),
  );
  return {
    attributes: page.items.map((it) => answered(call, it.instance, it.attribute)),
    nextToken: page.nextToken,
  };
};
