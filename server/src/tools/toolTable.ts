// The tools for assistants: their names, what they are for, and their input. VS Code's manifest repeats them.

/** JSON Schema of one parameter. */
interface ParameterSchema {
  readonly type: "string" | "array";
  readonly description: string;
  readonly items?: { readonly type: "string" };
}

export interface Tool {
  readonly title: string;
  /** For the model that chooses a tool. */
  readonly description: string;
  readonly inputSchema: {
    readonly type: "object";
    readonly properties: Readonly<Record<string, ParameterSchema>>;
    readonly required?: readonly string[];
    readonly additionalProperties: false;
  };
}

const cluster = {
  type: "string",
  description:
    "A cluster: the path of a snapshot (output of aws ecs describe-container-instances) or fleet file, the JSON text of one, or the name of a cluster in the selected AWS account.",
} as const;

export const tools = {
  validate: {
    title: "Validate Amazon ECS Files",
    description:
      "Report what Amazon ECS would reject, and other mistakes, in ECS task definitions, services and daemons: JSON, CloudFormation templates, Terraform files, placement expressions. Give a file or folder, or a text with the name of its file.",
    inputSchema: {
      type: "object",
      properties: {
        file: { type: "string", description: "Path of a file or folder." },
        text: { type: "string", description: "A text to validate in place of a file." },
        fileName: {
          type: "string",
          description:
            "Name of the text's file, for example agent.taskdef.json, stack.yaml or main.tf. Default: task-definition.json.",
        },
      },
      additionalProperties: false,
    },
  },
  explain_expression: {
    title: "Explain an ECS Placement Expression",
    description:
      "Check and explain an expression of the ECS cluster query language (memberOf placement constraints): its diagnostics, its truth table and, with a cluster, which container instances it selects and why not the others.",
    inputSchema: {
      type: "object",
      properties: {
        expression: { type: "string", description: "The expression, for example attribute:env == prod." },
        cluster,
      },
      required: ["expression"],
      additionalProperties: false,
    },
  },
  preview_placement: {
    title: "Preview the Placement of an ECS Daemon",
    description:
      "Show on which container instances of a cluster an ECS daemon service would run a task, and every reason why not on the others, before anything is deployed.",
    inputSchema: {
      type: "object",
      properties: {
        taskDefinition: {
          type: "string",
          description:
            "Path of a task definition; FILE#RESOURCE for a resource of a CloudFormation template or Terraform file.",
        },
        service: {
          type: "string",
          description: "Path of the service file, where several files refer to the task definition.",
        },
        cluster,
      },
      required: ["taskDefinition"],
      additionalProperties: false,
    },
  },
  coverage: {
    title: "Check the Coverage of ECS Daemons",
    description:
      "Report which container instances of ECS clusters lack which daemon service, and why. Reads the AWS account that the user has selected and changes nothing.",
    inputSchema: {
      type: "object",
      properties: {
        clusters: {
          type: "array",
          items: { type: "string" },
          description: "Names of clusters. Default: the selected cluster, or all of the account and Region.",
        },
        daemons: {
          type: "array",
          items: { type: "string" },
          description: "Names of daemon services. Default: all.",
        },
      },
      additionalProperties: false,
    },
  },
} as const satisfies Readonly<Record<string, Tool>>;

export type ToolName = keyof typeof tools;
