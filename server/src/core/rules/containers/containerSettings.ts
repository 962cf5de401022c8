// Ranges and lists of a container: health check, timeouts, restart policy, limits.

import { traitsOf } from "../../resources/kinds/registry";
import { type ContainerView, taskDefinitionView } from "../../resources/taskDefinitionView";
import { insertBefore, set } from "../../source/change";
import { get, isOpen, items, type JsonNode, keyOf, numberOf, stringOf } from "../../source/tree";
import { nearest } from "../../text/spelling";
import { fix } from "../fix";
import { property, title } from "../fixTitle";
import type { Report, Rule } from "../rule";
import { changeTo, makeRegister, related, removal, sureItems } from "../ruleHelpers";
import { defaultTimes, isTight } from "./healthTimes";

export const containerSettings: Rule = {
  codes: [
    "health-check-range",
    "health-check-command",
    "timeout-too-short",
    "restart-period-range",
    "too-many-exit-codes",
    "too-many-credential-specs",
    "credential-spec",
    "ulimit-soft-over-hard",
    "ulimit-twice",
    "bad-extra-host",
    "bad-dns-server",
    "security-option",
  ],
  check({ document }, report) {
    for (const container of taskDefinitionView(document)?.containers ?? []) {
      checkHealth(container, traitsOf(document).isManaged === true, report);
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

/**
 * The number in range that is nearest, or the first one from there on with which a daemon's check is not too tight: a fix
 * would otherwise bring the next diagnostic.
 */
function meantNumber(check: JsonNode | undefined, member: string, nearest: number, most: number): number {
  const times = { ...defaultTimes };
  for (const it of ["interval", "retries", "startPeriod"] as const)
    times[it] = numberOf(get(check, it)) ?? times[it];
  for (let number = nearest; number <= most; number += 1)
    if (!isTight({ ...times, [member]: number })) return number;
  return nearest;
}

function checkHealth({ node, name }: ContainerView, isManaged: boolean, report: Report): void {
  const check = get(node, "healthCheck");
  for (const [member, least, most] of healthRanges) {
    const valueNode = get(check, member);
    const value = numberOf(valueNode);
    if (!valueNode || value === undefined || (value >= least && value <= most)) continue;
    const bound = value < least ? least : most;
    const closest = isManaged ? meantNumber(check, member, bound, most) : bound;
    report(
      "health-check-range",
      valueNode,
      { member, value, range: `${least} to ${most}` },
      {
        fixes: [fix(`Change to ${closest}`, false, set(valueNode, closest))],
        // Only these words of ECS have been seen.
        ...(member === "retries" && value > most ? { server: tooManyRetries(most, name ?? "") } : {}),
      },
    );
  }
  const command = get(check, "command");
  const [first, ...rest] = items(command);
  if (command?.type === "array" && !first && !isOpen(command)) {
    const fixes = [fix('Change to ["CMD-SHELL", "exit 0"]', false, set(command, ["CMD-SHELL", "exit 0"]))];
    report("health-check-command", command, { advice: "This one is empty." }, { fixes });
  }
  const word = stringOf(first);
  if (command?.type !== "array" || !first || word === undefined || isOpen(command)) return;
  if (word === "CMD" || word === "CMD-SHELL" || word === "NONE") {
    checkWords(command, word, rest, report);
    return;
  }
  // `cmd /c` of Windows is a program.
  const isWindows = /^\//.test(stringOf(rest[0]) ?? "");
  const suggestion = /^cmd[-_ ]?shell$/i.test(word)
    ? "CMD-SHELL"
    : /^cmd$/i.test(word) && !isWindows
      ? "CMD"
      : undefined;
  const added = rest.length === 0 ? "CMD-SHELL" : "CMD";
  report(
    "health-check-command",
    first,
    { advice: `Put ${suggestion ? `"${suggestion}"` : "one of them"} first.` },
    {
      fixes: [
        suggestion
          ? changeTo(first, suggestion)
          : fix(`Put "${added}" first`, false, insertBefore(first, added)),
      ],
      // The program itself comes first in AWS's own samples, too: ECS documented CMD as the default once.
      ...(!suggestion && isProgram(word) && { severity: "hint" }),
    },
  );
}

/** CMD-SHELL passes one text to the shell, and only the first is read; CMD needs a program. */
function checkWords(command: JsonNode, word: string, rest: readonly JsonNode[], report: Report): void {
  const [first, second] = rest;
  if (word !== "NONE" && rest.length === 0) {
    report("health-check-command", command, { advice: "The command after it is missing." });
  } else if (word === "CMD" && first && !second && isCommandLine(stringOf(first) ?? "")) {
    const shell = set(command, ["CMD-SHELL", stringOf(first) ?? ""]);
    const advice = "After CMD each word is an item of its own; here the whole text would be the program.";
    report("health-check-command", first, { advice }, { fixes: [fix("Use CMD-SHELL", false, shell)] });
  } else if (word === "CMD-SHELL" && second) {
    const words = rest.map((it) => stringOf(it) ?? "");
    const whole = rest.every((it) => stringOf(it) !== undefined) ? words.join(" ") : undefined;
    report(
      "health-check-command",
      second,
      { advice: "CMD-SHELL takes the whole command as one text; what follows is ignored." },
      {
        fixes: [
          whole === undefined
            ? undefined
            : fix("Put the command into one text", false, set(command, ["CMD-SHELL", whole])),
        ],
      },
    );
  }
}

function tooManyRetries(most: number, name: string) {
  return {
    exception: "ClientException",
    message: `Health check retries must be less than or equal to the maximum allowed value ${most} for container '${name}'`,
  } as const;
}

const isProgram = (word: string) => word.includes("\\") || !/\s/.test(word.trim());

/** `curl -f http://localhost/`; a path of Windows may have spaces. */
const isCommandLine = (text: string) => /^[\w./-]+\s+\S/.test(text.trim()) && !text.includes("\\");

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
        fixes: [fix("Change to 2", false, set(valueNode, 2))],
      },
    );
  }
}

function checkRestart({ node, name }: ContainerView, report: Report): void {
  const policy = get(node, "restartPolicy");
  const period = get(policy, "restartAttemptPeriod");
  const seconds = numberOf(period);
  if (period && seconds !== undefined && (seconds < 60 || seconds > 1800)) {
    const closest = seconds < 60 ? 60 : 1800;
    report(
      "restart-period-range",
      period,
      { seconds, name: name ?? "" },
      {
        fixes: [fix(`Change to ${closest}`, false, set(period, closest))],
      },
    );
  }
  const codes = get(policy, "ignoredExitCodes");
  const count = sureItems(codes).length;
  if (codes && count > 50) report("too-many-exit-codes", keyOf(codes), { count });
  const specs = get(node, "credentialSpecs");
  const specCount = sureItems(specs).length;
  for (const spec of items(specs)) {
    reportUnlessLike(spec, /^credentialspec(domainless)?:/, (at, value) =>
      report(
        "credential-spec",
        at,
        { value },
        { fixes: [value.startsWith("arn:") ? changeTo(at, `credentialspec:${value}`, false) : undefined] },
      ),
    );
  }
  if (specs && specCount > 1) report("too-many-credential-specs", keyOf(specs), { count: specCount });
}

function checkUlimits({ node }: ContainerView, report: Report): void {
  const names = makeRegister();
  for (const limit of items(get(node, "ulimits"))) {
    const nameNode = get(limit, "name");
    const name = stringOf(nameNode);
    const earlier = nameNode && name !== undefined ? names.note(name, nameNode) : undefined;
    if (nameNode && name !== undefined && earlier) {
      const extras = { related: related("The first one.", earlier), fixes: [removal(limit)] };
      report("ulimit-twice", nameNode, { name }, extras);
    }
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
      { soft: soft === -1 ? "-1 (unlimited)" : soft, hard, name: name ?? "" },
      {
        related: related("The hard limit.", hardNode),
        fixes: [
          fix(title`Lower ${property("softLimit")} to ${hard}`, true, set(softNode, hard)),
          fix(title`Raise ${property("hardLimit")} to ${soft}`, false, set(hardNode, soft)),
        ],
      },
    );
  }
}

const octet = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const ipv4 = `${octet}(\\.${octet}){3}`;
const ipv6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\\w+)?";
const ipAddress = new RegExp(`^(${ipv4}|${ipv6})$`);
const hostAddress = new RegExp(`^(${ipv4}|${ipv6}|host-gateway)$`);
const securityOption = /^(no-new-privileges(:(true|false))?|apparmor[:=].+|label[:=].+|credentialspec:.+)$/;

function checkTexts({ node }: ContainerView, report: Report): void {
  for (const entry of items(get(node, "extraHosts"))) {
    reportUnlessLike(get(entry, "ipAddress"), hostAddress, (at, value) =>
      report("bad-extra-host", at, { value }, { fixes: [removal(entry)] }),
    );
  }
  for (const server of items(get(node, "dnsServers"))) {
    reportUnlessLike(server, ipAddress, (at, value) =>
      report("bad-dns-server", at, { value }, { fixes: [removal(at)] }),
    );
  }
  for (const option of items(get(node, "dockerSecurityOptions"))) {
    reportUnlessLike(option, securityOption, (at, value) =>
      report(
        "security-option",
        at,
        { value },
        { fixes: [changeTo(at, nearest(value, ["no-new-privileges"])), removal(at)] },
      ),
    );
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
