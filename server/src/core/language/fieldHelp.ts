// What a member is, for hover and completion: our text, the shape's facts, and the link to AWS's own page.

import { inputShape, ordinaryShape, shapeNamed } from "../api/apiModel";
import type { Shape } from "../api/apiShape";
import { fleetShapes } from "../api/fleetShapes";
import { connectionTexts } from "./connectionTexts";
import { fieldTexts } from "./fieldTexts";
import { managedTexts } from "./managed/managedTexts";
import { requirementTexts } from "./managed/requirementTexts";
import { plainText } from "./markdown";

const requests: Readonly<Record<string, string>> = {
  [inputShape("registerTaskDefinition")]: "RegisterTaskDefinition",
  [inputShape("createService")]: "CreateService",
  [inputShape("updateService")]: "UpdateService",
  [inputShape("registerDaemonTaskDefinition")]: "RegisterDaemonTaskDefinition",
  [inputShape("createDaemon")]: "CreateDaemon",
  [inputShape("updateDaemon")]: "UpdateDaemon",
  [inputShape("createCapacityProvider")]: "CreateCapacityProvider",
};

/** Markdown about a member of a structure or map; `undefined` where neither we nor the API know it. */
export function hoverOfMember(owner: string, member: string): string | undefined {
  const shape = shapeNamed(owner);
  const known = shape.members !== undefined && Object.hasOwn(shape.members, member);
  const memberShape = shape.type === "map" ? shape.value : known ? shape.members[member] : undefined;
  if (memberShape === undefined) return undefined;
  const text = textOf(owner, member);
  const facts = factsOf(shapeNamed(memberShape));
  const required = shape.required?.includes(member) ? "required" : "";
  const head = `**${plainText(member)}** · ${[facts, required].filter((it) => it !== "").join(" · ")}`;
  const link =
    shape.type === "map" || Object.hasOwn(fleetShapes, owner)
      ? ""
      : `[API reference](${linkOf(owner, member)})`;
  return [head, text, link].filter((it) => it !== "").join("\n\n");
}

const texts: Readonly<Record<string, string>> = {
  ...fieldTexts,
  ...connectionTexts,
  ...requirementTexts,
  ...managedTexts,
};

/** Updates have the members of the operations that create, with the same meaning. */
const alike: Readonly<Record<string, string>> = {
  [inputShape("updateService")]: inputShape("createService"),
  [inputShape("updateDaemon")]: inputShape("createDaemon"),
};

function textOf(owner: string, member: string): string {
  const own = texts[`${owner}.${member}`];
  return own ?? texts[`${alike[owner] ?? ordinaryShape(owner)}.${member}`] ?? "";
}

function factsOf(shape: Shape): string {
  if (shape.enum !== undefined) return shape.enum.map((it) => `\`${it}\``).join(", ");
  const type = typeName(shape);
  const { min, max } = shape;
  if (min === undefined && max === undefined) return type;
  const unit = shape.type === "list" ? " items" : shape.type === "string" ? " characters" : "";
  if (min === undefined) return `${type}, at most ${max}${unit}`;
  return max === undefined ? `${type}, at least ${min}${unit}` : `${type}, ${min} to ${max}${unit}`;
}

function typeName(shape: Shape): string {
  switch (shape.type) {
    case "string":
      return "text";
    case "integer":
    case "long":
      return "whole number";
    case "double":
      return "number";
    case "boolean":
      return "true or false";
    case "list":
      return `list of ${shapeNamed(shape.item ?? "").type === "structure" ? "objects" : typeName(shapeNamed(shape.item ?? ""))}`;
    case "map":
      return "names and texts";
    case "structure":
      return "object";
    case "document":
      return "any JSON";
  }
}

function linkOf(owner: string, member: string): string {
  const base = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference";
  const request = requests[owner];
  if (request !== undefined) return `${base}/API_${request}.html#ECS-${request}-request-${member}`;
  return `${base}/API_${owner}.html#ECS-Type-${owner}-${member}`;
}
