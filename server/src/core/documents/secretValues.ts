// Tells values that look like secrets from others: a warning must be sure of it, hiding one from a screen need not be.

import { isStandIn } from "../text/placeholders";

const telling =
  /(^|[_-])(PASSWORD|PASSWD|SECRET|SECRET_?KEY|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)$/i;
const standIn =
  /^(|changeme|change_me|change-me|xxx+|\*+|todo|none|null|dummy|example|test|true|false|\d{1,4}|(my|your|some)[-_ ].*|.*(placeholder|replace).*)$/i;
/** What these builders put into web pages is meant to be read by everybody. */
const publicName = /^(NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|REACT_APP|VUE_APP|GATSBY|VITE|PUBLIC)_/;
const reference = /^(arn:|https?:|\/|ssm:|s3:)/;

/** Known formats of keys, or a telling name beside a value that is neither a reference nor a stand-in. */
export function looksSecret(name: string, value: string): boolean {
  if (knownKey.test(value)) return true;
  if (publicName.test(name)) return false;
  return (
    telling.test(name) &&
    !standIn.test(value) &&
    !isStandIn(value) &&
    !reference.test(value) &&
    value.length >= 6
  );
}

const knownKey = /\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bgh[pousr]_\w{36}/;
/** More formats: tokens of web services, and addresses with a password before the host. */
const otherKey =
  /\bxox[abeoprs]-\w|\bAIza[\w-]{30}|\b[sr]k_live_\w|\bglpat-\w|\beyJ[\w-]{8,}\.eyJ|:\/\/[^\s/:@]{0,100}:[^\s/@]+@/;
const tellingPart =
  /pass(word|wd|phrase|code)|(^|[_.-])pass?$|pwd|secret|token|credential|api_?-?key|_key$|-key$|^key$|private|signature|salt|(^|[_-])auth$|dsn$|connection_?string/i;

/** Settings beside secrets (a lifetime, a switch), and what samples have in the place of one. */
const surelyNone =
  /^(true|false|null|none|\d{1,4}|change[-_ ]?me|replace[-_ ]?(me|this)|x{3,}|\*+|todo|dummy|example|placeholder|(my|your)[-_ ][a-z_ -]{1,40})$/i;

/**
 * What is not printed: whatever `looksSecret` says, and everything that is only likely to be one. A reference to a secret
 * is none.
 */
export function mayBeSecret(name: string, value: string): boolean {
  if (value === "" || looksSecret(name, value) || otherKey.test(value)) return value !== "";
  return tellingPart.test(name) && !reference.test(value) && !surelyNone.test(value);
}

/** Whether a text, such as a word of a command, gives a likely secret after a name: `--password=x`, `TOKEN=x`. */
export function holdsSecret(text: string): boolean {
  if (knownKey.test(text) || otherKey.test(text)) return true;
  for (const [, name = "", value = ""] of text.matchAll(/([\w.-]{1,100})=(?!=)([^\s"']+)/g))
    if (mayBeSecret(name, value)) return true;
  return false;
}
