// What a managed daemon refers to: its definition, cluster and capacity providers, by ARNs with or without placeholders.

import type { Resource } from "../../resources/resource";
import { taskDefinitionView } from "../../resources/taskDefinitionView";
import { booleanOf, get, isOpen, isTemplate, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import { largestOf } from "../../text/lists";
import type { Report, Rule, RuleContext } from "../rule";
import { makeRegister, related, removal } from "../ruleHelpers";
import { purposeOf } from "./knownImages";
import {
  daemonsIn,
  definitionKeyOf,
  definitionsIn,
  definitionsOf,
  familyOfDaemon,
  nameInArn,
  nameOfDaemon,
  providerKey,
  providerOf,
  providersOfDaemon,
  shownProvider,
} from "./managedNeighbors";

export const managedReferences: Rule = {
  codes: [
    "not-an-arn",
    "wrong-arn",
    "no-capacity-provider",
    "duplicate-capacity-provider",
    "capacity-provider-kind",
    "unknown-daemon-definition",
    "unknown-daemon-revision",
    "same-provider-twice",
    "non-critical-security",
  ],
  check(context, report) {
    const { document, input } = context;
    if (input.type !== "object") return;
    const providers = get(input, "capacityProviderArns");
    checkReference(get(input, "daemonTaskDefinitionArn"), "daemon-task-definition", report);
    checkReference(get(input, "clusterArn"), "cluster", report);
    checkReference(get(input, "daemonArn"), "daemon", report);
    for (const it of items(providers)) checkReference(it, "capacity-provider", report);
    checkNeighbors(input, report);
    if (providers?.type === "array" && items(providers).length === 0 && !isOpen(providers))
      report("no-capacity-provider", providers, {});
    checkTwice(document, providers, report);
    checkKinds(context, providers, report);
    checkDefinition(context, report);
    checkRevision(context, report);
    checkOthers(context, report);
  },
};

type ArnKind = "daemon-task-definition" | "cluster" | "capacity-provider" | "daemon";

const words: Readonly<Record<ArnKind, string>> = {
  "daemon-task-definition": "daemon task definition",
  cluster: "cluster",
  daemon: "daemon",
  "capacity-provider": "capacity provider",
};

function checkReference(node: JsonNode | undefined, resource: ArnKind, report: Report): void {
  const value = stringOf(node);
  if (!node || value === undefined || isTemplate(node) || value === "") return;
  if (/^FARGATE(_SPOT)?$/i.test(value)) {
    const advice = "Managed daemons do not run on Fargate.";
    report("not-an-arn", node, { value, advice }, { severity: "error", about: "fargate" });
    return;
  }
  if (!value.startsWith("arn:")) {
    // Whoever writes the template may put an ARN there.
    if (/[${<]/.test(value)) return;
    const of = resource === "daemon" ? "daemon/CLUSTER" : resource;
    const advice = `Write arn:aws:ecs:REGION:ACCOUNT:${of}/${value}.`;
    report("not-an-arn", node, { value, advice });
    return;
  }
  if (/:capacity-provider\/FARGATE(_SPOT)?$/.test(value)) {
    const problem = "is AWS's own for Fargate";
    report("capacity-provider-kind", node, { name: nameInArn(value), problem });
    return;
  }
  const kind = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:([^/]*)\//.exec(value);
  const isZero = resource === "daemon-task-definition" && /:0+$/.test(value);
  if (kind?.[1] === "ecs" && kind[2] === resource && !isZero) return;
  if (kind === null && /[${<]/.test(value)) return;
  if (isZero) {
    const because = ": revisions begin with 1";
    report("wrong-arn", node, { value, expected: words[resource], because });
    return;
  }
  const because = kind?.[2] === undefined ? "" : `, but of a ${kind[2].replace(/-/g, " ")}`;
  report("wrong-arn", node, { value, expected: words[resource], because });
}

/** Account and Region of each ARN have to be those of its neighbors. */
function checkNeighbors(input: JsonNode, report: Report): void {
  const nodes = [
    get(input, "clusterArn"),
    get(input, "daemonArn"),
    get(input, "daemonTaskDefinitionArn"),
    ...items(get(input, "capacityProviderArns")),
  ];
  const placed = nodes.flatMap((node) => {
    const [, place] = /^arn:[\w-]+:ecs:([a-z0-9-]+:\d+):/.exec(stringOf(node) ?? "") ?? [];
    return node && place !== undefined ? [{ node, place }] : [];
  });
  const countOf = (place: string) => placed.filter((it) => it.place === place).length;
  // Of two places that are named as often, the first one counts.
  const [usual] = [...placed].sort((left, right) => countOf(right.place) - countOf(left.place));
  if (usual === undefined) return;
  const expected = `resource in ${usual.place.replace(":", ", account ")}`;
  const are = 2 * countOf(usual.place) > placed.length ? "most of the others are" : "the first one is";
  for (const { node, place } of placed) {
    if (place === usual.place) continue;
    report(
      "wrong-arn",
      node,
      { value: stringOf(node) ?? "", expected, because: `, where ${are}` },
      {
        severity: "warning",
        related: related("One of them.", usual.node),
      },
    );
  }
}

function checkTwice(document: Resource, providers: JsonNode | undefined, report: Report): void {
  const seen = makeRegister();
  for (const node of items(providers)) {
    const key = providerKey(node, document);
    const earlier = key === undefined ? undefined : seen.note(key, node);
    if (earlier)
      report(
        "duplicate-capacity-provider",
        node,
        { name: shownProvider(key ?? "") },
        {
          related: related("The first one.", earlier),
          fixes: [removal(node)],
        },
      );
  }
}

/** Files of capacity providers in the workspace tell what kind they are. */
function checkKinds(
  { document, input, workspace }: RuleContext,
  providers: JsonNode | undefined,
  report: Report,
): void {
  const cluster = clusterName(stringOf(get(input, "clusterArn")));
  for (const node of items(providers)) {
    const key = providerKey(node, document);
    const file = key === undefined ? undefined : providerOf(workspace.managed, key);
    const problem = file && problemOf(file, cluster);
    if (key !== undefined && problem !== undefined)
      report("capacity-provider-kind", node, { name: shownProvider(key), problem });
  }
}

function problemOf({ input }: Resource, cluster: string | undefined): string | undefined {
  if (get(input, "autoScalingGroupProvider") && !get(input, "managedInstancesProvider"))
    return "is one of an Auto Scaling group";
  const own = clusterName(stringOf(get(input, "cluster")));
  if (cluster !== undefined && own !== undefined && own !== cluster) return `belongs to the cluster '${own}'`;
  return undefined;
}

function clusterName(reference: string | undefined): string | undefined {
  return reference === undefined ? undefined : nameInArn(reference);
}

function checkDefinition({ document, input, workspace }: RuleContext, report: Report): void {
  const family = familyOfDaemon(document);
  const node = get(input, "daemonTaskDefinitionArn");
  if (!node || workspace.managed === undefined) return;
  const [definition, ...others] = definitionsOf(workspace.managed, document);
  if (!definition && family === undefined) return;
  if (!definition) {
    // A workspace without any definition was not made to hold them.
    const hasOthers = definitionsIn(workspace.managed).length > 0;
    if (hasOthers) report("unknown-daemon-definition", node, { family: family ?? "" });
    return;
  }
  if (others.length === 0) checkPurpose(definition, input, report);
}

/** A newer revision is known where an answer of ECS in the workspace has one, or where the chosen cluster runs one. */
function checkRevision({ document, input, workspace }: RuleContext, report: Report): void {
  const node = get(input, "daemonTaskDefinitionArn");
  const family = familyOfDaemon(document);
  const revision = revisionIn(stringOf(node));
  if (!node || family === undefined || revision === undefined) return;
  const usable = definitionsIn(workspace.managed).filter((it) =>
    ["ACTIVE", undefined].includes(stringOf(get(it.input, "status"))),
  );
  const described = usable.flatMap(
    (it) => revisionOf(stringOf(get(it.input, "daemonTaskDefinitionArn")), family) ?? [],
  );
  const running = (workspace.cluster?.instances ?? [])
    .flatMap((it) => it.tasks ?? [])
    .flatMap((it) => revisionOf(it.taskDefinitionArn, family) ?? []);
  const [latest] = [
    { where: "the workspace", latest: largestOf([0, ...described]) },
    { where: "the cluster", latest: running.reduce((most, it) => Math.max(most, it), 0) },
  ].sort((a, b) => b.latest - a.latest);
  if (latest !== undefined && latest.latest > revision)
    report("unknown-daemon-revision", node, { family, revision, ...latest });
}

function revisionIn(reference: string | undefined): number | undefined {
  const [, digits] = /^[\w-]+:(\d{1,9})$/.exec(nameInArn(reference ?? "")) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** The revision in the ARN of a daemon task definition of that family. */
function revisionOf(arn: string | undefined, family: string): number | undefined {
  return arn?.includes(`:daemon-task-definition/${family}:`) === true ? revisionIn(arn) : undefined;
}

function checkPurpose(definition: Resource, input: JsonNode, report: Report): void {
  const critical = get(input, "critical");
  const isCritical = booleanOf(critical);
  if (!critical || isCritical === undefined) return;
  const purposes = (taskDefinitionView(definition)?.containers ?? []).flatMap(
    ({ node }) => purposeOf(stringOf(get(node, "image")) ?? "") ?? [],
  );
  if (!isCritical && purposes.includes("security")) {
    const what =
      "A security sensor that is not critical: instances run applications without it when it fails.";
    report("non-critical-security", critical, { what });
  } else if (isCritical && purposes.length > 0 && purposes.every((it) => it === "observer")) {
    const what = "A critical shipper of logs or metrics: when it fails, ECS replaces the instance.";
    report("non-critical-security", critical, { what });
  }
}

function checkOthers({ document, input, workspace }: RuleContext, report: Report): void {
  const key = definitionKeyOf(document);
  if (key === undefined) return;
  const mine = nameOfDaemon(document);
  const others = daemonsIn(workspace.managed).filter(
    (it) =>
      (it.source.file !== document.source.file || it.hosted?.id !== document.hosted?.id) &&
      definitionKeyOf(it) === key &&
      nameOfDaemon(it) !== undefined &&
      nameOfDaemon(it) !== mine,
  );
  for (const node of items(get(input, "capacityProviderArns"))) {
    const provider = providerKey(node, document);
    if (provider === undefined || provider === "") continue;
    const other = others.find((it) => providersOfDaemon(it).includes(provider));
    if (other)
      report("same-provider-twice", keyOf(node), {
        other: nameOfDaemon(other) ?? "",
        provider: shownProvider(provider),
      });
  }
}
