// Parts of a task definition or service that one writes again and again, whole: a health check, a log configuration, a
// host path with its volume. What they expand to has no diagnostics under our own rules.

import { ordinaryShape } from "../api/apiModel";
import type { Resource } from "../resources/resource";
import { members } from "../source/tree";
import type { Completion } from "./completion";
import { hostPathParts } from "./hostPathParts";
import type { InputLocation } from "./inputLocation";

/** A member with its value, for a place where members stand. */
interface MemberPart {
  readonly owner: string;
  readonly member: string;
  readonly label: string;
  readonly detail: string;
  /** The value as a snippet, lines joined by `\n` and indented by tabs. */
  readonly value: string;
}

/** An item of a list. */
interface ItemPart {
  readonly shape: string;
  readonly label: string;
  readonly detail: string;
  readonly value: string;
}

const lines = (...parts: readonly string[]) => parts.join("\n");
const stop = (number: number, text: string) => `\${${number}:${text}}`;

const healthCheck = lines(
  "{",
  `\t"command": ["CMD-SHELL", "curl -f http://localhost:${stop(1, "8080")}/${stop(2, "health")} || exit 1"],`,
  `\t"interval": ${stop(3, "30")},`,
  `\t"timeout": ${stop(4, "5")},`,
  `\t"retries": ${stop(5, "3")},`,
  `\t"startPeriod": ${stop(6, "10")}`,
  "}",
);
const awslogs = lines(
  "{",
  '\t"logDriver": "awslogs",',
  '\t"options": {',
  `\t\t"awslogs-group": "${stop(1, "/ecs/agent")}",`,
  `\t\t"awslogs-region": "${stop(2, "us-east-1")}",`,
  `\t\t"awslogs-stream-prefix": "${stop(3, "agent")}",`,
  '\t\t"mode": "non-blocking",',
  '\t\t"max-buffer-size": "25m"',
  "\t}",
  "}",
);
const jsonFile = lines(
  "{",
  '\t"logDriver": "json-file",',
  `\t"options": { "max-size": "${stop(1, "10m")}", "max-file": "${stop(2, "3")}" }`,
  "}",
);
const constraint = `{ "type": "memberOf", "expression": "attribute:${stop(1, "env")} == ${stop(2, "prod")}" }`;

/** Indents every line but the first. */
const inside = (text: string) => text.replaceAll("\n", "\n\t");

const container = lines(
  "{",
  `\t"name": "${stop(1, "sidecar")}",`,
  `\t"image": "${stop(2, "public.ecr.aws/datadog/agent:latest")}",`,
  `\t"cpu": ${stop(3, "100")},`,
  `\t"memory": ${stop(4, "256")},`,
  '\t"essential": true,',
  `\t"healthCheck": { "command": ["CMD-SHELL", "${stop(5, "exit 0")}"] },`,
  `\t"logConfiguration": ${inside(jsonFile.replace("${1:10m}", "10m").replace("${2:3}", "3"))}`,
  "}",
);

const memberParts: readonly MemberPart[] = [
  {
    owner: "ContainerDefinition",
    member: "healthCheck",
    label: "health check over HTTP",
    detail: "requests a port with curl",
    value: healthCheck,
  },
  {
    owner: "ContainerDefinition",
    member: "logConfiguration",
    label: "log configuration for CloudWatch Logs",
    detail: "awslogs, which never blocks the container",
    value: awslogs,
  },
  {
    owner: "ContainerDefinition",
    member: "logConfiguration",
    label: "log configuration on the instance",
    detail: "json-file with rotation",
    value: jsonFile,
  },
  ...["RegisterTaskDefinitionRequest", "CreateServiceRequest", "UpdateServiceRequest"].map((owner) => ({
    owner,
    member: "placementConstraints",
    label: "placement constraint on an attribute",
    detail: "only instances with the value",
    value: `[${constraint}]`,
  })),
];

const itemParts: readonly ItemPart[] = [
  {
    shape: "ContainerDefinition",
    label: "container with health check and log",
    detail: "name, image, size, health check, log configuration",
    value: container,
  },
  {
    shape: "Volume",
    label: "host volume",
    detail: "a path of the container instance",
    value: `{ "name": "${stop(1, "data")}", "host": { "sourcePath": "${stop(2, "/var/lib/data")}" } }`,
  },
  ...["TaskDefinitionPlacementConstraint", "PlacementConstraint"].map((shape) => ({
    shape,
    label: "constraint on an attribute",
    detail: "only instances with the value",
    value: constraint,
  })),
];

/** How a part is put into the text at a place: the edit of one member or one item. */
type Insertion = Pick<Completion, "insertText" | "isSnippet" | "filterText" | "replace" | "extraEdits">;

/** Parts for a place where a member may stand; those whose member is there already are left out. */
export function memberSnippets(
  document: Resource,
  place: InputLocation,
  insertion: (member: string, snippet: string) => Insertion,
): readonly Completion[] {
  const present = new Set(members(place.object).map((it) => it.name));
  present.delete(place.member);
  const parts = [
    ...memberParts.filter((it) => it.owner === ordinaryShape(place.owner)),
    ...hostPathParts(document, place, "ContainerDefinition").map((it) => ({
      ...it,
      member: "mountPoints",
      value: `[${it.value}]`,
    })),
  ];
  return parts
    .filter((it) => !present.has(it.member))
    .map(({ member, label, detail, value, ...more }): Completion => {
      const made = insertion(member, `"${member}": ${value}`);
      const extraEdits = [...(made.extraEdits ?? []), ...("edits" in more ? more.edits : [])];
      return {
        label,
        kind: "snippet",
        detail,
        ...made,
        filterText: JSON.stringify(`${member} ${label}`),
        ...(extraEdits.length === 0 ? {} : { extraEdits }),
      };
    });
}

/** Parts for a place where an item of a list may stand. */
export function itemSnippets(
  document: Resource,
  place: InputLocation,
  insertion: (snippet: string) => Insertion,
): readonly Completion[] {
  const parts = [
    ...itemParts.filter((it) => it.shape === ordinaryShape(place.shape)),
    ...hostPathParts(document, place, "MountPoint"),
  ];
  return parts.map(
    ({ label, detail, value, ...more }): Completion => ({
      label,
      kind: "snippet",
      detail,
      ...insertion(value),
      ...("edits" in more && more.edits.length > 0 ? { extraEdits: more.edits } : {}),
    }),
  );
}
