// Attributes as cluster files write them: what ECS would never let a container instance have.

import { attributeName } from "../../query/subjects";
import { set } from "../../source/change";
import { isTemplate, type JsonNode } from "../../source/tree";
import { fix } from "../fix";
import type { Report } from "../rule";

export interface WrittenAttribute {
  readonly name: string;
  /** Where the name stands. */
  readonly key: JsonNode;
  /** Absent, or null in a fleet: an attribute without a value. */
  readonly value: JsonNode | undefined;
}

/** 1 to 128 characters, no space at either end. Source: Attribute in the API reference. */
const attributeValue = /^(?! )[A-Za-z0-9_.@/\\: -]{1,128}(?<! )$/;

/** Reports an attribute that PutAttributes would refuse, or that is no text. */
export function checkAttribute({ name, key, value }: WrittenAttribute, report: Report): void {
  if (!isTemplate(key) && !attributeName.test(name)) report("attribute-name", key, { name });
  if (value === undefined || value.type === "null" || isTemplate(value)) return;
  if (value.type === "number" || value.type === "boolean") {
    const text = String(value.value);
    const fixes = [fix(`Change to "${text}"`, true, set(value, text))];
    report("attribute-type", value, { name, text: `"${text}"` }, { fixes });
  } else if (value.type === "string" && !attributeValue.test(String(value.value))) {
    // ECS itself puts longer values on instances: the ARN of an Outpost.
    if (!name.startsWith("ecs.")) report("attribute-value", value, { value: String(value.value) });
  }
}
