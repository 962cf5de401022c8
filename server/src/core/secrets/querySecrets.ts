// Secrets in expressions of the cluster query language, and in sentences about what they read.

import { notShown } from "./redact";
import { isAttributeSecret, withoutSecretParts } from "./secretText";

/** `attribute:token == X`, `token is X`, with the value in quotes or up to what ends it. */
const comparison =
  /(?<![\w.-])([\w./\\-]+) (==|!=|=~|!~|equals|not_equals|matches|not_matches) ('[^']*'|"[^"]*"|[^\s`,;)]*[^\s`,;):])/g;
const list = /(?<![\w.-])([\w./\\-]+) (in|!in|not_in) \[([^\]`]*)\]/g;
const reading = /(?<![\w.-])([\w./\\-]+) is (?!not set\b|a name without)([^;`]+?)(?=;| and |, and |\.?$)/g;

type IsSecret = (name: string, value: string) => boolean;

const bare = (value: string): string => value.replace(/^(['"])(.*)\1$/, "$2");

/** A text without the values of comparisons that are likely secrets; `isSecret` tells by the attribute's name. */
export function withoutComparedSecrets(text: string, isSecret: IsSecret = isAttributeSecret): string {
  const compared = text
    .replace(comparison, (whole, name: string, operator: string, value: string) =>
      isSecret(name, bare(value)) ? `${name} ${operator} ${notShown}` : whole,
    )
    .replace(list, (whole, name: string, operator: string, values: string) =>
      values.split(",").some((it) => isSecret(name, bare(it.trim())))
        ? `${name} ${operator} [${notShown}]`
        : whole,
    );
  return withoutSecretParts(compared);
}

/** The same for an expression, or for sentences about what attributes are: those values are left out, too. */
export function withoutQuerySecrets(text: string, isSecret: IsSecret = isAttributeSecret): string {
  const read = text.replace(reading, (whole, name: string, value: string) =>
    isSecret(name, value) ? `${name} is ${notShown}` : whole,
  );
  return withoutComparedSecrets(read, isSecret);
}
