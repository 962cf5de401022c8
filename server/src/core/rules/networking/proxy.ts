// The App Mesh proxy of a task.

import { taskDefinitionView } from "../../resources/taskDefinitionView";
import { append } from "../../source/change";
import { get, isOpen, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import { nearest } from "../../text/spelling";
import { fix } from "../fix";
import type { Report, Rule } from "../rule";
import { advise, changeTo, given, placeOfMissing } from "../ruleHelpers";

export const proxy: Rule = {
  codes: ["proxy-network-mode", "proxy-container", "proxy-properties"],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    const configuration = given(task?.input, "proxyConfiguration");
    if (!task || configuration?.type !== "object") return;
    const mode = get(task.input, "networkMode");
    if (mode ? ["bridge", "host", "none"].includes(task.networkMode ?? "") : !isOpen(task.input)) {
      report("proxy-network-mode", keyOf(configuration), { mode: task.networkMode ?? "the default, bridge" });
    }
    const nameNode = get(configuration, "containerName");
    const name = stringOf(nameNode);
    if (nameNode && name !== undefined && task.containerNames?.has(name) === false) {
      const suggestion = nearest(name, task.containerNames);
      const advice = advise(suggestion, "Use the name of a container of this task definition.");
      report("proxy-container", nameNode, { name, advice }, { fixes: [changeTo(nameNode, suggestion)] });
    }
    const type = get(configuration, "type");
    if (!type || stringOf(type) === "APPMESH") checkProperties(configuration, report);
  },
};

/** Each with ECS's own name for it and a usual value. */
const needed = [
  ["ProxyIngressPort", "Ingress port", "15000"],
  ["ProxyEgressPort", "Egress port", "15001"],
  ["AppPorts", "App ports", "8080"],
  ["EgressIgnoredIPs", "Egress ignored IPs", "169.254.170.2,169.254.169.254"],
] as const;

function checkProperties(configuration: JsonNode, report: Report): void {
  const list = given(configuration, "properties");
  if (isOpen(configuration) || isOpen(list)) return;
  const names = items(list).map((it) => stringOf(get(it, "name")));
  if (names.includes(undefined)) return;
  const missing: (readonly [name: string, words: string, value: string])[] = needed.filter(
    ([it]) => !names.includes(it),
  );
  if (!names.includes("IgnoredUID") && !names.includes("IgnoredGID")) {
    missing.push(["IgnoredUID", "Ignored UID or ignored GID", "1337"]);
  }
  const [first] = missing;
  if (!first) return;
  const property = missing
    .map(([name]) => (name === "IgnoredUID" ? "IgnoredUID or IgnoredGID" : name))
    .join(", ");
  const place = list ? keyOf(list) : placeOfMissing(configuration);
  const properties = missing.map(([name, , value]) => ({ name, value }));
  report(
    "proxy-properties",
    place,
    { property },
    {
      fixes: [list ? fix(`Add ${property}`, false, append(list, ...properties)) : undefined],
      server: { exception: "ClientException", message: `${first[1]} not found` },
    },
  );
}
