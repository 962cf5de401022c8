// Answers of the server for the panel to draw: small ones for reading, big ones for speed.

import type { ClauseExplanation } from "../../server/src/core/query/explain";
import type { InstanceVerdict, Reason, Verdict } from "../../server/src/core/scheduler/placement";
import type {
  InstanceExplanation,
  InstanceFacts,
  PreviewResult,
} from "../../server/src/lsp/protocol/protocol";

interface SampleInstance {
  readonly id: string;
  readonly verdict: Verdict;
  readonly reasons?: readonly Reason[];
  readonly facts?: Partial<InstanceFacts>;
}

const zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] as const;

/** A preview of the given instances; facts that do not matter get plain values. */
export function previewOf(
  instances: readonly SampleInstance[],
  more: Partial<PreviewResult> = {},
): PreviewResult {
  const count = (verdict: Verdict) => instances.filter((it) => it.verdict === verdict).length;
  const landing = count("place") + count("keep");
  return {
    summary: {
      instances: instances.length,
      place: count("place"),
      keep: count("keep"),
      stop: count("stop"),
      excluded: count("excluded"),
      blocked: count("blocked"),
      unknown: count("unknown"),
    },
    sentence: `Lands on ${landing} of ${instances.length} container instances.`,
    instances: instances.map(({ id, verdict, reasons = [] }): InstanceVerdict => ({ id, verdict, reasons })),
    facts: Object.fromEntries(
      instances.map(({ id, facts }, index) => [
        id,
        {
          status: "ACTIVE",
          instanceType: "m5.large",
          zone: zones[index % zones.length],
          remainingCpu: 2048,
          remainingMemory: 7680,
          ...facts,
        },
      ]),
    ),
    cluster: { label: "default", kind: "local" },
    service: { name: "datadog-agent", uri: "file:///w/datadog-agent.service.json" },
    constraints: [],
    ...more,
  };
}

const envClause = (value: string | undefined): ClauseExplanation => ({
  kind: "comparison",
  span: { start: 0, end: 19 },
  text: "attribute:env==prod",
  truth: false,
  because: value === undefined ? "env is not set" : `env is ${value}`,
  operands: [],
});

/** The constraint `attribute:env==prod` is false. */
export function notProd(value?: string): Reason {
  return {
    filter: "constraints",
    code: "constraint-false",
    message: `\`attribute:env==prod\` is false: ${envClause(value).because}.`,
    requested: "attribute:env==prod",
    decided: { clause: "attribute:env==prod", because: envClause(value).because },
    remedy: "Put the attribute env=prod on the container instance.",
    constraint: { from: "service", index: 0, explanation: envClause(value) },
  };
}

export const lacksMemory: Reason = {
  filter: "memory",
  code: "insufficient-memory",
  message: "The task asks for 512 MiB, and 256 MiB are left.",
  requested: 512,
  available: 256,
  remedy: "Free 256 MiB on the instance, or reserve at most 256 MiB.",
};

export const portTaken: Reason = {
  filter: "ports",
  code: "port-in-use",
  message: "Port 8126/tcp is used by a task of service:legacy-agent.",
  requested: "8126/tcp",
  holder: { kind: "task", id: "1f", group: "service:legacy-agent" },
  remedy: "Use another host port, such as 8127, or stop the other task.",
};

const draining: Reason = {
  filter: "status",
  code: "instance-draining",
  message: "The instance is DRAINING.",
  requested: "ACTIVE",
  available: "DRAINING",
};

const agentGone: Reason = {
  filter: "agent",
  code: "agent-disconnected",
  message: "The container agent is not connected.",
  remedy: "Start the agent, or look at its log.",
};

const noTasksKnown: Reason = {
  filter: "constraints",
  code: "constraint-unknown",
  message: "task:group == service:web cannot be decided: the snapshot says nothing of tasks.",
};

/** Five instances, all of them fine. */
export const fiveOfFive = previewOf(
  [1, 2, 3, 4, 5].map((it) => ({ id: `0a1b2c3d4e5f4a6b8c7d00000000000${it}`, verdict: "place" as const })),
  { sentence: "Lands on 5 of 5 container instances." },
);

/** The second part of the story: one instance has env=prod. */
export const oneOfSix = previewOf(
  [1, 2, 3, 4, 5, 6].map((it) => ({
    id: `0a1b2c3d4e5f4a6b8c7d00000000000${it}`,
    verdict: it === 3 ? ("place" as const) : ("excluded" as const),
    reasons: it === 3 ? [] : [notProd(it === 5 ? "dev" : undefined)],
  })),
  {
    sentence: "Lands on 1 of 6 container instances: 5 are excluded by attribute:env==prod.",
    constraints: [{ from: "service", expression: "attribute:env==prod" }],
  },
);

/** One of every verdict, and instances with several reasons. */
export const everyVerdict = previewOf(
  [
    { id: "i-place", verdict: "place" },
    { id: "i-keep", verdict: "keep" },
    { id: "i-stop", verdict: "stop", reasons: [notProd("dev")] },
    {
      id: "i-draining",
      verdict: "excluded",
      reasons: [draining, lacksMemory],
      facts: { status: "DRAINING" },
    },
    {
      id: "i-blocked",
      verdict: "blocked",
      reasons: [lacksMemory, portTaken],
      facts: { remainingMemory: 256 },
    },
    { id: "i-offline", verdict: "blocked", reasons: [agentGone], facts: { zone: undefined } },
    { id: "i-unknown", verdict: "unknown", reasons: [noTasksKnown], facts: { instanceType: undefined } },
  ],
  {
    sentence:
      "Lands on 2 of 7 container instances: 1 must stop, 2 are blocked, 1 is excluded and 1 is unknown.",
    cluster: { label: "prod.ecs-cluster.json", kind: "file" },
    constraints: [
      {
        from: "taskDefinition",
        expression: "attribute:ecs.os-type == linux and attribute:ecs.cpu-architecture == x86_64",
      },
      { from: "service", expression: "attribute:env==prod" },
    ],
  },
);

/** A fleet of any size with a mixture that depends only on the number. */
export function bigFleet(count: number): PreviewResult {
  const kinds: readonly Omit<SampleInstance, "id">[] = [
    { verdict: "place" },
    { verdict: "keep" },
    { verdict: "excluded", reasons: [notProd("dev")] },
    { verdict: "place" },
    { verdict: "blocked", reasons: [lacksMemory, portTaken], facts: { remainingMemory: 256 } },
    { verdict: "excluded", reasons: [notProd(), lacksMemory] },
    { verdict: "place" },
    { verdict: "stop", reasons: [notProd("staging")] },
  ];
  const types = ["m5.large", "m5.xlarge", "c6g.2xlarge", "r5.4xlarge"];
  return previewOf(
    Array.from({ length: count }, (_, index) => {
      const kind = kinds[(index * 7 + (index >> 5)) % kinds.length]!;
      return {
        ...kind,
        id: `i-${String(index).padStart(5, "0")}`,
        facts: { instanceType: types[index % types.length], ...kind.facts },
      };
    }),
    { cluster: { label: "prod", kind: "aws" } },
  );
}

export const emptyCluster = previewOf([], {
  sentence: "The cluster default has no container instances.",
});

/** A constraint with every kind of clause, for one instance. */
export const clauses = previewOf([
  {
    id: "i-clauses",
    verdict: "excluded",
    reasons: [
      {
        ...notProd("dev"),
        message: "The placement constraint is false.",
        constraint: {
          from: "service",
          index: 0,
          explanation: {
            kind: "and",
            span: { start: 0, end: 60 },
            text: "attribute:env==prod and (task:group == service:web or attribute:ecs.os-type == linux)",
            truth: false,
            because: "",
            operands: [
              envClause("dev"),
              {
                kind: "group",
                span: { start: 24, end: 60 },
                text: "(task:group == service:web or attribute:ecs.os-type == linux)",
                truth: true,
                because: "",
                operands: [
                  {
                    kind: "or",
                    span: { start: 25, end: 59 },
                    text: "task:group == service:web or attribute:ecs.os-type == linux",
                    truth: true,
                    because: "",
                    operands: [
                      {
                        kind: "comparison",
                        span: { start: 25, end: 40 },
                        text: "task:group == service:web",
                        truth: "unknown",
                        because: "the snapshot says nothing of tasks",
                        operands: [],
                      },
                      {
                        kind: "comparison",
                        span: { start: 44, end: 59 },
                        text: "attribute:ecs.os-type == linux",
                        truth: true,
                        because: "ecs.os-type is linux",
                        operands: [],
                      },
                    ],
                  },
                ],
              },
            ],
          },
        },
      },
    ],
  },
]);

/** The instance `i-blocked` of every verdict, as the server explains it. */
export const explainedBlocked: InstanceExplanation = {
  id: "i-blocked",
  constraints: [
    {
      from: "service",
      index: 1,
      explanation: {
        kind: "comparison",
        span: { start: 0, end: 21 },
        text: "attribute:env == prod",
        truth: true,
        because: "env is prod",
        operands: [],
      },
    },
  ],
  resources: [
    { filter: "cpu", name: "CPU (units)", asked: 100, used: 0, free: 924 },
    { filter: "memory", name: "Memory (MiB)", asked: 512, used: 768, free: 256 },
    {
      filter: "ports",
      name: "Port 8126/tcp",
      asked: 1,
      used: 1,
      free: 0,
      note: "is held by task 1f of service:legacy-agent",
    },
  ],
  attributes: [
    ["env", "prod"],
    ["gateway", null],
    ["team", "web"],
  ],
  remedies: [
    {
      kind: "edit",
      filter: "memory",
      value: 256,
      uri: "file:///w/agent.taskdef.json",
      edits: [],
    },
    {
      kind: "edit",
      filter: "ports",
      value: 8127,
      uri: "file:///w/agent.taskdef.json",
      edits: [],
    },
  ],
};
