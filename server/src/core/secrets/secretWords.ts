// Secrets among the words of a command: the word after `--password`, after `curl -u`, after `mysql -p`.

import type { Span } from "../text/span";
import { isTellingName } from "./secretNames";
import { isLikelySecret, isPlaceholder } from "./secretValues";

interface Word extends Span {
  readonly value: string;
}

/** The words of a command line with quotes taken off; quotes that never end reach to the end. */
export function shellWords(text: string): readonly Word[] {
  return [...text.matchAll(/(?:"(?:\\.|[^"\\])*"?|'[^']*'?|\\.|[^\s"'\\])+/gs)].map((it) => ({
    start: it.index,
    end: it.index + it[0].length,
    value: it[0].replace(/"((?:\\.|[^"\\])*)"?|'([^']*)'?/gs, (_, double, single) => double ?? single ?? ""),
  }));
}

/** Programs by their short option for a password. */
const passwordFlags: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:mysql|mariadb)[\w-]*$|^sshpass$|^(?:docker|podman|buildah|skopeo|nerdctl|helm|oc|az|npm|crane|oras)$/,
    "-p",
  ],
  [/^mongo\w*$|^rabbitmqadmin$|^influx$|^clickhouse[\w-]*$/, "-p"],
  [/^(?:redis|valkey|keydb)-cli$/, "-a"],
  [/^(?:sqlcmd|bcp|mosquitto_(?:pub|sub))$/, "-P"],
  [/^ldap\w+$/, "-w"],
];
/** Programs whose `-u` takes a name and a password. */
const userPrograms = /^(?:curl|http|https|xh|wget|ab|siege|hey|elasticdump|nc)$/;
const userFlags = /^(?:-u|-U|--user|--proxy-user|--auth|-a|--basic)$/;

/** The positions of the words that are likely secrets as a whole. */
export function commandSecrets(words: readonly string[]): ReadonlySet<number> {
  const hidden = new Set<number>();
  let program = "";
  let hasUser = false;
  words.forEach((word, index) => {
    const base = word.slice(word.lastIndexOf("/") + 1);
    if (userPrograms.test(base) || passwordFlags.some(([it]) => it.test(base))) program = base;
    const next = words[index + 1];
    if (next !== undefined && isSecretAfter(word, next, { program, hasUser, before: words[index - 1] }))
      hidden.add(index + 1);
    hasUser ||= /^(?:-u|-U|--user(?:name)?|login)$/.test(word);
    if (isAttached(word, program)) hidden.add(index);
  });
  return hidden;
}

interface Command {
  readonly program: string;
  /** Whether an earlier word gives a user, or is `login`. */
  readonly hasUser: boolean;
  readonly before: string | undefined;
}

function isSecretAfter(word: string, next: string, { program, hasUser, before }: Command): boolean {
  if (isPlaceholder(next) || next === "") return false;
  const [, flag] = /^--?([A-Za-z][\w.-]*)$/.exec(word) ?? [];
  if (flag !== undefined && isTellingName(flag)) return !isFlag(next) && isLikelySecret(flag, next);
  const [, name] = /^["']?([A-Za-z][\w.-]*)["']?(?:[:=]|=>)$/.exec(word) ?? [];
  if (name !== undefined) return isLikelySecret(name, next) && !/^(?:bearer|basic|token)$/i.test(next);
  if (/^(?:bearer|basic)$/i.test(word)) return next.length >= 4 && !/^[a-z]+$/.test(next);
  if (userFlags.test(word) && userPrograms.test(program)) return hasPassword(next);
  if (passwordFlags.some(([it, short]) => it.test(program) && short === word)) return !isFlag(next);
  if (word === "-p" || word === "-P") return isUnknownPassword(next, hasUser);
  // `aws configure set aws_secret_access_key X`, `vault kv put api_key X`; not "Add 'splunk-token' and 'splunk-url'".
  return (
    next !== "and" && /^(?:set|put|add|create|requirepass)$/i.test(before ?? "") && isLikelySecret(word, next)
  );
}

const isFlag = (word: string): boolean => /^--?[A-Za-z][\w-]*$/.test(word) && !/\d/.test(word);

/** `u:X`; a colon alone and numbers, as in `docker run -u 1000:1000`, are none. */
function hasPassword(value: string): boolean {
  const [, password = ""] = /^[^:]*:(.+)$/s.exec(value) ?? [];
  return password !== "" && !isPlaceholder(password);
}

/** `-p` of an unknown program is a port as often as a password. */
function isUnknownPassword(value: string, hasUser: boolean): boolean {
  if (/^[\d:./-]+$|^(?:tcp|udp)$|^\/|^\w+:\d+$|=/.test(value) || isFlag(value)) return false;
  if (hasUser) return true;
  return value.length >= 8 && /[A-Z]/.test(value) && /[a-z]/.test(value) && /\d/.test(value);
}

/** `mysql -pX`, `curl -uname:X`, `curl --user=name:X` */
function isAttached(word: string, program: string): boolean {
  const [, user] = /^(?:-u|--user=|--proxy-user=)(.+)$/s.exec(word) ?? [];
  if (user !== undefined && userPrograms.test(program)) return hasPassword(user);
  const [, password] = /^-p(.+)$/s.exec(word) ?? [];
  return (
    password !== undefined &&
    /^(?:mysql|mariadb|sshpass)/.test(program) &&
    !isFlag(word) &&
    !isPlaceholder(password)
  );
}
