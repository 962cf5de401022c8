// Values of the properties of an App Mesh proxy, which the network plugin reads when a task starts.

import { type TaskDefinitionView, taskDefinitionView } from "../../resources/taskDefinitionView";
import { at, get, items, type JsonNode, stringOf } from "../../source/tree";
import { nearest } from "../../text/spelling";
import type { Report, Rule } from "../rule";
import { changeTo, given, related } from "../ruleHelpers";

const port = /^(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/;
const id = /^\d{1,10}$/;
const address =
  /^(?:(?:\d|1?\d\d|2[0-4]\d|25[0-5])(?:\.|(?=$|\/))){4}(?:\/(?:\d|[12]\d|3[0-2]))?$|^[0-9a-f.]*:[0-9a-f:.]*(?:\/\d+)?$/i;

interface Form {
  readonly item: RegExp;
  readonly isList?: true;
  readonly mayBeEmpty?: true;
  readonly advice: string;
}

/** Source: API model, ProxyConfiguration. */
const forms: Readonly<Record<string, Form>> = {
  ProxyIngressPort: { item: port, advice: "It is one port." },
  ProxyEgressPort: { item: port, advice: "It is one port." },
  AppPorts: { item: port, isList: true, advice: "It is a list of ports, separated by commas." },
  EgressIgnoredPorts: {
    item: port,
    isList: true,
    mayBeEmpty: true,
    advice: "It is a list of ports, separated by commas.",
  },
  EgressIgnoredIPs: {
    item: address,
    isList: true,
    mayBeEmpty: true,
    advice: "It is a list of IP addresses or CIDR blocks, separated by commas.",
  },
  IgnoredUID: { item: id, mayBeEmpty: true, advice: "It is the number of a user." },
  IgnoredGID: { item: id, mayBeEmpty: true, advice: "It is the number of a group." },
};

export const proxyValues: Rule = {
  codes: ["proxy-property-value", "proxy-user"],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    const configuration = given(task?.input, "proxyConfiguration");
    if (!task || configuration?.type !== "object") return;
    const list = items(get(configuration, "properties"));
    const names = new Set(list.map((it) => stringOf(get(it, "name"))));
    for (const entry of list) checkProperty(entry, names, report);
    checkUser(task, configuration, list, report);
  },
};

function checkProperty(entry: JsonNode, names: ReadonlySet<string | undefined>, report: Report): void {
  const nameNode = get(entry, "name");
  const name = stringOf(nameNode);
  const node = get(entry, "value");
  const value = stringOf(node);
  if (!nameNode || name === undefined) return;
  const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
  if (form === undefined) {
    const meant = nearest(name, Object.keys(forms));
    // That the right one is missing has been reported.
    if (meant && meant !== "EgressIgnoredPorts" && !names.has(meant)) return;
    const advice = meant ? `Did you mean '${meant}'?` : "The proxy does not have it.";
    const fixes = [changeTo(nameNode, meant)];
    report("proxy-property-value", nameNode, { value: name, property: "property", advice }, { fixes });
    return;
  }
  if (!node || value === undefined || /[<>{}[\]%$@]|^[A-Z_]+$/.test(value)) return;
  if (value.trim() === "" && form.mayBeEmpty) return;
  const parts = (form.isList ? value.split(",") : [value]).map((it) => it.trim());
  if (parts.every((it) => form.item.test(it))) return;
  report("proxy-property-value", node, { value, property: name, advice: form.advice });
}

/** Traffic of the proxy's own user is left alone: that of another one would go round in a circle. */
function checkUser(
  task: TaskDefinitionView,
  configuration: JsonNode,
  list: readonly JsonNode[],
  report: Report,
): void {
  const found = (name: string) =>
    get(
      list.find((it) => stringOf(get(it, "name")) === name),
      "value",
    );
  const ignored = found("IgnoredUID");
  const group = found("IgnoredGID");
  const container = task.containers.find((it) => it.name === stringOf(get(configuration, "containerName")));
  const userNode = at(container?.node, "user");
  const uid = /^(\d+)(?::\w+)?$/.exec(stringOf(userNode) ?? "")?.[1];
  const isGroup = group !== undefined && stringOf(group) !== "";
  if (!ignored || isGroup || uid === undefined || !id.test(stringOf(ignored) ?? "")) return;
  if (Number(uid) === Number(stringOf(ignored))) return;
  const params = { uid, ignored: stringOf(ignored) ?? "", container: container?.name ?? "" };
  const extras = {
    related: related("The user of the container.", userNode),
    fixes: [changeTo(ignored, uid, false)],
  };
  report("proxy-user", ignored, params, extras);
}
