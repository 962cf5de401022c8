// What is known of the images that run as daemons: what they listen on, and what a failure of them means.

import type { ContainerView } from "../../resources/taskDefinitionView";
import { get, items, stringOf } from "../../source/tree";

/** Listening ports of images as they are configured by default. */
const portsOfImages: readonly (readonly [image: RegExp, ports: readonly string[]])[] = [
  [/(^|\/)datadog\/agent(:|@|$)/, ["8125/udp", "8126/tcp"]],
  [/(^|\/)(aws-otel-collector|opentelemetry-collector(-contrib)?)(:|@|$)/, ["4317/tcp", "4318/tcp"]],
  [/(^|\/)fluentd(:|@|$)/, ["24224/tcp"]],
  [/(^|\/)node-exporter(:|@|$)/, ["9100/tcp"]],
  [/(^|\/)aws-xray-daemon(:|@|$)/, ["2000/udp"]],
];

/** The variable that moves a port of an image elsewhere. */
const portVariables: readonly (readonly [variable: string, port: string, protocol: string])[] = [
  ["DD_DOGSTATSD_PORT", "8125/udp", "udp"],
  ["DD_APM_RECEIVER_PORT", "8126/tcp", "tcp"],
];

/** The container's environment as far as it is written; `undefined` names and values are placeholders. */
function environmentOf({ node }: ContainerView): ReadonlyMap<string | undefined, string | undefined> {
  return new Map(
    items(get(node, "environment")).map((it) => [stringOf(get(it, "name")), stringOf(get(it, "value"))]),
  );
}

/** Ports that a container surely or very probably listens on, such as `8125/udp`. */
export function listeningPorts(container: ContainerView): ReadonlySet<string> {
  const image = stringOf(get(container.node, "image")) ?? "";
  const environment = environmentOf(container);
  const ports = new Set(portsOfImages.find(([pattern]) => pattern.test(image))?.[1] ?? []);
  for (const [variable, usual, protocol] of portVariables) {
    // A variable whose name is not known may be this one.
    if (!(environment.has(variable) || environment.has(undefined)) || !ports.has(usual)) continue;
    ports.delete(usual);
    const port = environment.get(variable);
    if (port !== undefined && /^\d+$/.test(port)) ports.add(`${port}/${protocol}`);
  }
  if (environment.get("DD_APM_ENABLED") === "false") ports.delete("8126/tcp");
  const words = items(get(container.node, "command")).map((it) => stringOf(it));
  for (const text of [...environment.values(), ...words]) {
    const port = /(?:^|[=\s/])0\.0\.0\.0:(\d{2,5})\b/.exec(text ?? "")?.[1];
    if (port !== undefined) ports.add(`${port}/tcp`);
  }
  return ports;
}

const securityImages =
  /falcon|crowdstrike|sysdig|falco(:|@|$|-)|twistlock|aqua(sec)?|defender|sentinelone|trendmicro|wazuh/i;
const observers =
  /fluent-?bit|fluentd|vector(:|@|$)|filebeat|node-exporter|cloudwatch-agent|otel|opentelemetry/i;

/** Whether an image is a security sensor, ships logs and metrics, or is unknown. */
export function purposeOf(image: string): "security" | "observer" | undefined {
  if (securityImages.test(image)) return "security";
  return observers.test(image) ? "observer" : undefined;
}

export const isDatadogAgent = (image: string): boolean => /(^|\/)datadog\/agent(:|@|$)/.test(image);
