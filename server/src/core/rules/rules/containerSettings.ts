// Ranges and lists of a container: health check, timeouts, restart policy, limits.

import { type ContainerView, taskDefinitionView } from "../../documents/taskDefinitionView";
import { get, isOpen, items, type JsonNode, keyOf, numberOf, stringOf } from "../../documents/tree";
import { fix, replaceNode } from "../edits";
import type { Report, Rule } from "../rule";
import { changeTo, related } from "./common";

export const containerSettings: Rule = {
  codes: [
    "health-check-range",
    "health-check-command",
    "timeout-too-short",
    "restart-period-range",
    "too-many-exit-codes",
    "too-many-credential-specs",
    "ulimit-soft-over-hard",
    "bad-extra-host",
    "security-option",
  ],
  check({ document }, report) {
    for (const container of taskDefinitionView(document)?.containers ?? []) {
      checkHealth(container, report);
      checkTimeouts(container, report);
      checkRestart(container, report);
      checkUlimits(container, report);
      checkTexts(container, report);
    }
  },
};

const healthRanges = [
  ["interval", 5, 300],
  ["timeout", 2, 60],
  ["retries", 1, 10],
  ["startPeriod", 0, 300],
] as const;

function checkHealth({ node }: ContainerView, report: Report): void {
  const check = get(node, "healthCheck");
  for (const [member, least, most] of healthRanges) {
    const valueNode = get(check, member);
    const value = numberOf(valueNode);
    if (!valueNode || value === undefined || (value >= least && value <= most)) continue;
    const inside = String(value < least ? least : most);
    report(
      "health-check-range",
      valueNode,
      { member, value, range: `${least} to ${most}` },
      {
        fixes: [fix(`Change to ${inside}`, false, replaceNode(valueNode, inside))],
      },
    );
  }
  const command = get(check, "command");
  const [first, ...rest] = items(command);
  if (command?.type === "array" && !first && !isOpen(command)) {
    const fixes = [
      fix('Change to ["CMD-SHELL", "exit 0"]', false, replaceNode(command, '["CMD-SHELL", "exit 0"]')),
    ];
    report("health-check-command", command, { advice: "This one is empty." }, { fixes });
  }
  const word = stringOf(first);
  if (command?.type !== "array" || !first || word === undefined || isOpen(command)) return;
  if (word === "CMD" || word === "CMD-SHELL" || word === "NONE") return;
  const suggestion = /^cmd[-_ ]?shell$/i.test(word) ? "CMD-SHELL" : /^cmd$/i.test(word) ? "CMD" : undefined;
  const added = rest.length === 0 ? "CMD-SHELL" : "CMD";
  const start = { start: first.offset, end: first.offset };
  report(
    "health-check-command",
    first,
    { advice: `Put ${suggestion ? `"${suggestion}"` : "one of them"} first.` },
    {
      fixes: [
        suggestion
          ? changeTo(first, suggestion)
          : fix(`Put "${added}" first`, false, { span: start, newText: `"${added}", ` }),
      ],
    },
  );
}

function checkTimeouts({ node, name }: ContainerView, report: Report): void {
  for (const kind of ["start", "stop"] as const) {
    const member = `${kind}Timeout`;
    const valueNode = get(node, member);
    const seconds = numberOf(valueNode);
    if (!valueNode || seconds === undefined || seconds >= 2) continue;
    report(
      "timeout-too-short",
      valueNode,
      { member, seconds, kind, name: name ?? "" },
      {
        fixes: [fix("Change to 2", false, replaceNode(valueNode, "2"))],
      },
    );
  }
}

function checkRestart({ node, name }: ContainerView, report: Report): void {
  const policy = get(node, "restartPolicy");
  const period = get(policy, "restartAttemptPeriod");
  const seconds = numberOf(period);
  if (period && seconds !== undefined && (seconds < 60 || seconds > 1800)) {
    const inside = seconds < 60 ? "60" : "1800";
    report(
      "restart-period-range",
      period,
      { seconds, name: name ?? "" },
      {
        fixes: [fix(`Change to ${inside}`, false, replaceNode(period, inside))],
      },
    );
  }
  const codes = get(policy, "ignoredExitCodes");
  const count = items(codes).length;
  if (codes && count > 50) report("too-many-exit-codes", keyOf(codes), { count });
  const specs = get(node, "credentialSpecs");
  const specCount = items(specs).length;
  if (specs && specCount > 1) report("too-many-credential-specs", keyOf(specs), { count: specCount });
}

function checkUlimits({ node }: ContainerView, report: Report): void {
  for (const limit of items(get(node, "ulimits"))) {
    const softNode = get(limit, "softLimit");
    const hardNode = get(limit, "hardLimit");
    const soft = numberOf(softNode);
    const hard = numberOf(hardNode);
    if (!softNode || !hardNode || soft === undefined || hard === undefined) continue;
    // -1 means unlimited.
    if (hard === -1 || (soft !== -1 && soft <= hard)) continue;
    report(
      "ulimit-soft-over-hard",
      softNode,
      { soft, hard, name: stringOf(get(limit, "name")) ?? "" },
      {
        related: related("The hard limit.", hardNode),
        fixes: [
          fix(`Lower softLimit to ${hard}`, true, replaceNode(softNode, String(hard))),
          fix(`Raise hardLimit to ${soft}`, false, replaceNode(hardNode, String(soft))),
        ],
      },
    );
  }
}

const ipAddress = /^(\d{1,3}(\.\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*|host-gateway)$/;
const securityOption = /^(no-new-privileges(:(true|false))?|apparmor[:=].+|label[:=].+|credentialspec:.+)$/;

function checkTexts({ node }: ContainerView, report: Report): void {
  for (const entry of items(get(node, "extraHosts"))) {
    reportUnlessLike(get(entry, "ipAddress"), ipAddress, (at, value) =>
      report("bad-extra-host", at, { value }),
    );
  }
  for (const option of items(get(node, "dockerSecurityOptions"))) {
    reportUnlessLike(option, securityOption, (at, value) => report("security-option", at, { value }));
  }
}

function reportUnlessLike(
  node: JsonNode | undefined,
  pattern: RegExp,
  say: (node: JsonNode, value: string) => void,
): void {
  const value = stringOf(node);
  if (node && value !== undefined && !pattern.test(value)) say(node, value);
}
