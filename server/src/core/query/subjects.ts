// The subjects of the query language as data, and what somebody meant who wrote something near one.

import { nearestWord } from "../text/spelling";
import { type FieldName, fieldNames, type Operator } from "./syntax";

/** How the values of a subject compare. */
export type ValueType = "text" | "boolean" | "version" | "date" | "count" | "taskGroup";

export interface FieldEntry {
  readonly type: ValueType;
  /** Operators that the developer guide lists for the field, or uses in its examples. */
  readonly documented: readonly Operator[];
  /** Operators that make no sense for the type. */
  readonly senseless: readonly Operator[];
  readonly meaning: string;
}

const equality = ["==", "!=", "in", "!in", "=~", "!~"] as const;
const ordering = ["==", "!=", ">", ">=", "<", "<="] as const;
const orderOnly = [">", ">=", "<", "<="] as const;

/** Source: "Cluster query language" in the ECS developer guide. */
export const fieldTable: Readonly<Record<FieldName, FieldEntry>> = {
  agentConnected: {
    type: "boolean",
    documented: equality,
    senseless: orderOnly,
    meaning: "Whether the container agent is connected to ECS: true or false.",
  },
  agentVersion: {
    type: "version",
    documented: ordering,
    senseless: [],
    meaning: "The version of the container agent, such as 1.97.1. Segments compare as numbers.",
  },
  ec2InstanceId: {
    type: "text",
    documented: equality,
    senseless: orderOnly,
    meaning: "The id of the EC2 instance, such as i-0123456789abcdef0.",
  },
  registeredAt: {
    type: "date",
    documented: ordering,
    senseless: ["=~", "!~"],
    meaning:
      "When the container instance registered: 2018-06-18T22:28:28+00:00, 2018-06-18T22:28:28Z, 2018-06-18T22:28:28 or 2018-06-18.",
  },
  runningTasksCount: {
    type: "count",
    documented: ordering,
    senseless: ["=~", "!~"],
    meaning: "The number of tasks that run on the container instance.",
  },
  "task:group": {
    type: "taskGroup",
    documented: equality,
    senseless: [...orderOnly, "exists", "!exists"],
    meaning:
      "The groups of the tasks on the container instance: service:NAME for a service's tasks, family:NAME by default for others.",
  },
};

/** How values of the type are called in a message. */
export const typeNames: Readonly<Record<ValueType, string>> = {
  text: "text",
  boolean: "true or false",
  version: "a version such as 1.14.5",
  date: "a date such as 2018-06-18T22:28:28Z or 2018-06-18",
  count: "a whole number",
  taskGroup: "a task group",
};

/** Built-in attributes that an expression may name; `always` ones are on every Linux or Windows EC2 instance. */
export const builtInAttributes: ReadonlyMap<
  string,
  { readonly always: boolean; readonly meaning: string; readonly values?: readonly string[] }
> = new Map([
  ["ecs.ami-id", { always: true, meaning: "The AMI that the instance was started from." }],
  ["ecs.availability-zone", { always: true, meaning: "The Availability Zone, such as us-east-1a." }],
  ["ecs.instance-type", { always: true, meaning: "The EC2 instance type, such as m5.large." }],
  ["ecs.os-type", { always: true, meaning: "The operating system.", values: ["linux", "windows"] }],
  [
    "ecs.os-family",
    {
      always: true,
      meaning: "The operating system family and version.",
      values: [
        "LINUX",
        "WINDOWS_SERVER_2016_FULL",
        "WINDOWS_SERVER_2019_FULL",
        "WINDOWS_SERVER_2019_CORE",
        "WINDOWS_SERVER_2004_CORE",
        "WINDOWS_SERVER_20H2_CORE",
        "WINDOWS_SERVER_2022_CORE",
        "WINDOWS_SERVER_2022_FULL",
        "WINDOWS_SERVER_2025_CORE",
        "WINDOWS_SERVER_2025_FULL",
      ],
    },
  ],
  [
    "ecs.cpu-architecture",
    {
      always: true,
      meaning: "The CPU architecture, in lower case (task definitions write upper case).",
      values: ["x86_64", "arm64"],
    },
  ],
  ["ecs.vpc-id", { always: true, meaning: "The VPC of the instance." }],
  ["ecs.subnet-id", { always: true, meaning: "The subnet of the instance." }],
  ["ecs.awsvpc-trunk-id", { always: false, meaning: "The trunk network interface, where trunking is on." }],
  ["ecs.outpost-arn", { always: false, meaning: "The Outpost of the instance." }],
  [
    "ecs.capability.external",
    { always: false, meaning: "The instance is an external one (ECS Anywhere). A name without a value." },
  ],
]);

/** The subject that somebody probably meant who wrote `text`, as an expression writes it. */
export function meantSubject(text: string): string | undefined {
  const lower = text.toLowerCase();
  const afterPrefix = /^(?:attributes?|attribs?|attr|tag|label)s?[:.=/@-]+(.+)$/i.exec(text)?.[1];
  if (afterPrefix !== undefined) return `attribute:${afterPrefix}`;
  const alias = aliases.get(lower.replace(/[^a-z0-9]/g, ""));
  if (alias !== undefined) return alias;
  if (builtInAttributes.has(lower)) return `attribute:${lower}`;
  if (builtInAttributes.has(`ecs.${lower}`)) return `attribute:ecs.${lower}`;
  const field = nearestWord(text, fieldNames);
  if (field !== undefined) return field;
  return attributeName.test(text) ? `attribute:${text}` : undefined;
}

/** Everything that the container agent or ECS does not set itself: attributes that anybody can put on an instance. */
export const isCustomAttribute = (name: string): boolean => !/^(ecs|com\.amazonaws)\./.test(name);

/** How many of them an instance can have (API model, Attribute). */
export const mostCustomAttributes = 10;

/** Letters, digits and `- _ / \ .`, at most 128 of them. Source: Attribute in the API model. */
export const attributeName = /^[A-Za-z0-9\-_/\\.]{1,128}$/;

const aliases: ReadonlyMap<string, string> = new Map<string, string>([
  ...fieldNames.map((it) => [it.toLowerCase().replace(/[^a-z0-9]/g, ""), it] as const),
  ["connected", "agentConnected"],
  ["agentversion", "agentVersion"],
  ["version", "agentVersion"],
  ["instanceid", "ec2InstanceId"],
  ["ec2id", "ec2InstanceId"],
  ["registered", "registeredAt"],
  ["runningtaskcount", "runningTasksCount"],
  ["runningtasks", "runningTasksCount"],
  ["taskcount", "runningTasksCount"],
  ["group", "task:group"],
  ["taskgroups", "task:group"],
  ["service", "task:group"],
  ["taskservice", "task:group"],
  ["taskfamily", "task:group"],
  ["instancetype", "attribute:ecs.instance-type"],
  ["ecsinstancetype", "attribute:ecs.instance-type"],
  ["availabilityzone", "attribute:ecs.availability-zone"],
  ["ecsavailabilityzone", "attribute:ecs.availability-zone"],
  ["az", "attribute:ecs.availability-zone"],
  ["zone", "attribute:ecs.availability-zone"],
  ["cpuarchitecture", "attribute:ecs.cpu-architecture"],
  ["architecture", "attribute:ecs.cpu-architecture"],
  ["arch", "attribute:ecs.cpu-architecture"],
  ["osfamily", "attribute:ecs.os-family"],
  ["ostype", "attribute:ecs.os-type"],
  ["os", "attribute:ecs.os-type"],
  ["ami", "attribute:ecs.ami-id"],
  ["amiid", "attribute:ecs.ami-id"],
  ["vpc", "attribute:ecs.vpc-id"],
  ["vpcid", "attribute:ecs.vpc-id"],
  ["subnet", "attribute:ecs.subnet-id"],
  ["subnetid", "attribute:ecs.subnet-id"],
]);
