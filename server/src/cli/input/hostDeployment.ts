// Deploying what a template or Terraform file describes: to the local cluster, with the defaults named.

import { assumedOf, withDefaults } from "../../core/resources/withDefaults";
import { assumptionText } from "../../core/text/assumption";
import { isLoopbackEndpoint } from "../../core/text/loopbackEndpoint";
import { printable } from "../../core/text/printable";
import type { CheckedDocument } from "../../core/workspace/soundness";
import type { EcsTarget } from "../../ecs/port";
import { InputError } from "../command";
import type { Terminal } from "../output/terminal";
import type { DaemonPair } from "./daemonPair";

/** What is in a template or module belongs to its own tool; the local cluster takes it to try it out. */
export function requireLocal(checked: readonly CheckedDocument[], { endpointUrl }: EcsTarget): void {
  const hosted = checked.find(({ document }) => document.hosted !== undefined)?.document;
  if (hosted === undefined || isLoopbackEndpoint(endpointUrl)) return;
  const tool = hosted.hosted?.host === "terraform" ? "Terraform" : "CloudFormation";
  throw new InputError(
    `${hosted.source.file} is deployed with ${tool}. To try it out, deploy it to the local cluster with --endpoint-url. Nothing was sent.`,
  );
}

/** Says which defaults of their files the inputs were read with. */
export function sayDefaults(pair: DaemonPair, terminal: Terminal): void {
  const { taskDefinition, service, byDefault = [] } = pair;
  const all = [taskDefinition, ...(service === undefined ? [] : [service])];
  const assumptions = [
    ...all.flatMap((it) => withDefaults(it).assumptions),
    ...assumedOf(byDefault, "taskDefinition"),
  ];
  const text = assumptionText([...new Map(assumptions.map((it) => [it.name, it])).values()]);
  if (text !== "") terminal.say(printable(text));
}
