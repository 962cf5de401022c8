// Values of log options that Docker refuses when the container starts.

import { RE2JS } from "re2js";
import { taskDefinitionView } from "../../resources/taskDefinitionView";
import type { Node } from "../../source/node";
import { get, members, stringOf } from "../../source/tree";
import { nearest } from "../../text/spelling";
import type { Report, Rule } from "../rule";
import { changeTo, given } from "../ruleHelpers";

interface Form {
  readonly pattern: RegExp;
  readonly advice: string;
  /** Where the option has few values: what a misspelled one may have meant. */
  readonly values?: readonly string[];
}

const oneOf = (...values: readonly string[]): Form => ({
  pattern: new RegExp(`^(${values.join("|")})$`),
  advice: `Use ${values.slice(0, -1).join(", ")} or ${values.at(-1)}.`,
  values,
});

/** What Go's strconv.ParseBool takes. */
const flag: Form = {
  pattern: /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/,
  advice: 'Use "true" or "false".',
  values: ["true", "false"],
};
const count: Form = { pattern: /^[1-9]\d*$/, advice: "Use a whole number of at least 1." };
const size: Form = {
  pattern: /^(-1|\d+(\.\d+)?\s*([kmgtp]i?b?|b)?)$/i,
  advice: 'Use a number with k, m or g, such as "10m".',
};

const facilities = [
  ..."kern user mail daemon auth syslog lpr news uucp cron authpriv ftp".split(" "),
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((it) => `local${it}`),
];

/** Source: Docker's documentation of each driver, and that of FireLens. */
const forms: Readonly<Record<string, Readonly<Record<string, Form>>>> = {
  "json-file": { "max-size": size, "max-file": count, compress: flag },
  syslog: {
    "syslog-address": {
      pattern: /^(udp|tcp|tcp\+tls|unix|unixgram):\/\/./,
      advice: "Begin it with udp://, tcp://, tcp+tls://, unix:// or unixgram://.",
    },
    "syslog-facility": {
      pattern: new RegExp(`^(${facilities.join("|")}|1?\\d|2[0-3])$`),
      advice: "Use a facility of syslog, such as daemon or local0.",
      values: facilities,
    },
    "syslog-format": oneOf("rfc3164", "rfc5424", "rfc5424micro"),
    "syslog-tls-skip-verify": flag,
  },
  gelf: {
    "gelf-address": {
      pattern: /^(udp|tcp):\/\/.+:./,
      advice: "Write udp://HOST:PORT or tcp://HOST:PORT.",
    },
    "gelf-compression-type": oneOf("gzip", "zlib", "none"),
    "gelf-compression-level": { pattern: /^(-1|\d)$/, advice: "Use a number from -1 to 9." },
  },
  splunk: {
    "splunk-url": { pattern: /^https?:\/\/[^/?#]+\/?$/, advice: "Write https://HOST:PORT, without a path." },
    "splunk-format": oneOf("inline", "json", "raw"),
    "splunk-insecureskipverify": flag,
    "splunk-verify-connection": flag,
    "splunk-gzip": flag,
  },
  awsfirelens: {
    "log-driver-buffer-limit": {
      pattern: /^(\d{1,8}|[1-5]\d{8})$/,
      advice: "Use a whole number of up to 536870912.",
    },
  },
  fluentd: {
    "fluentd-address": {
      pattern: /^(?!\w+:\/\/)|^(tcp|tls|unix):\/\/./,
      advice: "Write HOST:PORT, or begin it with tcp://, tls:// or unix://.",
    },
    "fluentd-async": flag,
    "fluentd-sub-second-precision": flag,
  },
};

export const logOptionValues: Rule = {
  codes: ["log-option-value"],
  check({ document }, report) {
    for (const { node } of taskDefinitionView(document)?.containers ?? []) {
      const configuration = given(node, "logConfiguration");
      const driver = stringOf(get(configuration, "logDriver")) ?? "";
      const own = Object.hasOwn(forms, driver) ? forms[driver] : undefined;
      for (const { name, value: place } of members(given(configuration, "options"))) {
        if (driver === "awslogs") checkPattern(name, place, report);
        const form = own && Object.hasOwn(own, name) ? own[name] : undefined;
        const value = stringOf(place);
        // A placeholder of another tool may stand for anything.
        if (!form || value === undefined || form.pattern.test(value) || /[<>{}[\]%$@]|^[A-Z_]+$/.test(value))
          continue;
        const suggestion = form.values && nearest(value, form.values);
        const fixes = [changeTo(place, suggestion, false)];
        report("log-option-value", place, { value, option: name, advice: form.advice }, { fixes });
      }
    }
  },
};

/**
 * Docker compiles the pattern as a regular expression of Go, which is RE2's, after it has put one in the place of each
 * directive of a time. Source: moby, daemon/logger/awslogs, parseMultilineOptions.
 */
function checkPattern(option: string, place: Node, report: Report): void {
  const value = stringOf(place);
  if (!value || !(option === "awslogs-multiline-pattern" || option === "awslogs-datetime-format")) return;
  const isTime = option === "awslogs-datetime-format";
  if (isRegularExpression(isTime ? value.replace(/%./g, "0") : value)) return;
  const advice = isTime
    ? "Between directives such as %Y it is a regular expression, and this one cannot be read."
    : "It has to be a regular expression of Go, which has no look-around and no references back.";
  report("log-option-value", place, { value, option, advice });
}

function isRegularExpression(text: string): boolean {
  try {
    RE2JS.compile(text);
    return true;
  } catch {
    return false;
  }
}
