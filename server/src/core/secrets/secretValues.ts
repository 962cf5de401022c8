// Values that are secrets by their own form, and values that are none whatever their name is.

import { isStandIn, placeholderEnd } from "../text/placeholders";
import { isSureName, isTellingName } from "./secretNames";

/** Formats that nothing else has. */
const knownKey =
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY[A-Z ]*-----(?:[\s\S]{0,20000}?-----END [A-Z ]*PRIVATE KEY[A-Z ]*-----)?|\bgh[pousr]_\w{36}/;

/** Formats of web services; a sure sign for hiding, not for a warning. */
const otherFormats: readonly RegExp[] = [
  /\bgithub_pat_\w{20,}|\bgh[pousr]_\w{16,}|\bgl(?:pat|dt|rt|ptt)-[\w-]{8,}/,
  /\bxox[abeoprs]-[\w-]+|\bxapp-[\w-]{8,}|hooks\.slack\.com\/services\/[\w/]+/,
  /\bAIza[\w-]{30,}|\bya29\.[\w-]{10,}/,
  /\b[sr]k_(?:live|test)_\w+|\bwhsec_\w{8,}|\bsk-(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{20,}/,
  /\bnpm_[A-Za-z0-9]{20,}\b|\bpypi-[\w-]{16,}|\bdckr_pat_[\w-]{8,}|\bSG\.[\w-]{10,}\.[\w-]{10,}/,
  /\bhv[sb]\.[\w-]{16,}|\bdo[opr]_v1_\w{16,}|\bNRAK-\w{16,}|\bshp(?:at|ca|pa|ss)_\w{16,}|\bkey-[0-9a-f]{32}\b/,
  /\beyJ[\w-]{8,}\.eyJ[\w-]*(?:\.[\w-]*)?/,
];

/** A secret access key of AWS has 40 characters of base64. A hash in hexadecimal has no capitals. */
const awsSecret =
  /(?<![A-Za-z0-9/+=])(?=[^\s]{0,39}\d)(?=(?:[^A-Z\s]{0,39}[A-Z]){4})(?=(?:[^a-z\s]{0,39}[a-z]){4})[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/;

/** All parts of a text that have the form of a secret. */
export const secretForms: readonly RegExp[] = [knownKey, awsSecret, ...otherFormats].map(
  (it) => new RegExp(it.source, "g"),
);

/** What may be read by everybody, even if its name is a secret's. */
const publicValue =
  /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-ssh-\S+) |^-----BEGIN (?:[A-Z ]*PUBLIC KEY|CERTIFICATE)|^pk_(?:live|test)_\w+$|^pub[0-9a-f]{32}$/;

/** Settings with a secret's name (a lifetime, a switch), and what is in the place of one: in samples, and hidden. */
const noSecret =
  /^(true|false|null|none|yes|no|on|off|\d{1,4}|\d+(ms|s|m|h|d)|change[-_ ]?(me|it)|replace[-_ ]?(me|this)|x{3,}|\*+|\.{3}|…|~?\(not|todo|dummy|example|placeholder|(my|your)[-_ ][a-z_ -]{1,40}|[A-Z]+_(GOES_)?HERE)$/i;

const url = /^(?:https?|s3|file|ssm|tcp|unix):\/\/?/i;
const namedReference = /^(?:arn:|ssm:|s3:|alias\/|vault:|secretsmanager:|resolve:|valueFrom\b)/;
const path = /^(?:[A-Za-z]:)?[.~]{0,2}(?:[\\/][\w.@ -]+)+[\\/]?$/;

/** An ARN, an address or a path: where something is, not what it is. A password in an address is found by its form. */
function isReference(value: string): boolean {
  return namedReference.test(value) || url.test(value) || isPath(value);
}

function isPath(value: string): boolean {
  if (!path.test(value) || awsSecret.test(value)) return false;
  const parts = value.split(/[\\/]/).filter((it) => it !== "");
  if (parts.length === 1 && value.startsWith("/")) return /^[a-z._-]+$/.test(parts[0] ?? "");
  return !parts.some((it) => /\d/.test(it) && /[A-Z]/.test(it) && /[a-z]/.test(it));
}

/** Whether the text is nothing but placeholders, which somebody fills in later: `${TOKEN}`, `{{ token }}`, `<token>`. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  // The rest of a command substitution may be cut off at a space.
  if (/^(?:\$\(|`)/.test(text)) return true;
  if (/^(?:\$[A-Z_][A-Z0-9_]*|\$[a-z_]+|\$\{[^{}]*\}|<[^<>]*>|\[[A-Za-z _-]+\])$/.test(text)) return true;
  let at = 0;
  while (at < text.length) {
    // A dollar and letters may be the beginning of a password.
    const end = /^\$\w/.test(text.slice(at, at + 2))
      ? undefined
      : placeholderEnd(text, at, { limit: text.length, inString: true });
    if (end === undefined) return false;
    at = end;
  }
  return text !== "";
}

/** Whether this value of this name is likely a secret. Hiding needs no certainty: what is hidden is still in the file. */
export function isLikelySecret(name: string, value: string): boolean {
  const text = value.trim();
  // A key without a word before it may be any name, unless its value looks like no word.
  const isKey = /^key$/i.test(name) && /^(?=.*\d)(?=.*[A-Za-z])\S{12,}$/.test(text);
  if (!isKey && !isTellingName(name)) return false;
  if (text === "" || noSecret.test(text) || publicValue.test(text) || isPlaceholder(text)) return false;
  if (isStandIn(text) && !/\d/.test(text)) return false;
  if (/tokens$/i.test(name) && /^\d+$/.test(text)) return false;
  return !isReference(text);
}

const standIn =
  /^(|changeme|change_me|change-me|xxx+|\*+|todo|none|null|dummy|example|test|true|false|\d{1,4}|(my|your|some)[-_ ].*|.*(placeholder|replace).*)$/i;

/** Words of samples: `exampleApiKey`, `dummy-token`, `EXAMPLEKEY`. A value with many digits is no sample of a sentence. */
function isSample(value: string): boolean {
  if (/\d{4}/.test(value)) return false;
  const words = value.split(/(?<=[a-z])(?=[A-Z])|[^A-Za-z]+/);
  return words.some((it) => /^(?:example|sample|dummy|fake)|example$/i.test(it));
}

/** Whether it is sure enough for a warning: a known format, or a sure name with a value that is no reference. */
export function isSurelySecret(name: string, value: string): boolean {
  if (knownKey.test(value)) return true;
  if (!isSureName(name) || standIn.test(value) || isStandIn(value) || value.length < 6) return false;
  if (awsSecret.test(value)) return true;
  if (isSample(value)) return false;
  return !/^(?:arn:|https?:|\/|ssm:|s3:)/.test(value) && !publicValue.test(value);
}

/**
 * Whether a text in the place of a reference (`valueFrom`) is one: an ARN or the name of a parameter. A token that
 * somebody pasted there is not.
 */
export function isSecretReference(value: string): boolean {
  if (value.startsWith("arn:") || isPlaceholder(value)) return true;
  const named = value.replace(/\$\{[^{}]*\}|\{\{[^{}]*\}\}|<[^<>]*>|\$\w+/g, "x");
  if (!/^[A-Za-z0-9_.\-/]+$/.test(named)) return false;
  return !secretForms.some((it) => named.search(it) >= 0) && !named.split("/").some(isRandom);
}

/** Digits in the middle of letters of both cases, or as long and hexadecimal as a key: people name nothing like that. */
function isRandom(word: string): boolean {
  if (/^[0-9a-f]{32,}$/i.test(word)) return true;
  if (word.length < 8 || !(/[A-Z]/.test(word) && /[a-z]/.test(word) && /\d/.test(word))) return false;
  const plain = word.replace(/k8s|s3|ec2|v\d+/gi, "");
  return /\d[a-z]/.test(plain) || /(?:^|[^A-Za-z0-9])[A-Za-z]{1,2}\d/.test(plain);
}
