// Files of a virtual workspace have URIs of their own scheme. The language server knows files alone: on the way to it
// each such URI becomes that of a file in a folder which no machine has, and on the way back itself again.

const folder = "file:///ecs-daemon-virtual/";

/** A message with `schemes` replaced in every text that is a URI. */
export function toServer(message: unknown, schemes: readonly string[]): unknown {
  return mapped(message, (text) => {
    const [, scheme, authority = "", rest = ""] = /^([a-z][\w+.-]*):\/\/([^/?#]*)(.*)$/is.exec(text) ?? [];
    if (scheme === undefined || !schemes.includes(scheme)) return text;
    return `${folder}${scheme}/${encodeURIComponent(authority)}${rest}`;
  });
}

/** A message of the server with the URIs of the client. */
export function toClient(message: unknown): unknown {
  return mapped(message, (text) => {
    if (!text.startsWith(folder)) return text;
    const [, scheme = "", authority = "", rest = ""] =
      /^([^/]*)\/([^/?#]*)(.*)$/s.exec(text.slice(folder.length)) ?? [];
    return `${scheme}://${decodeURIComponent(decodeURIComponent(authority))}${rest}`;
  });
}

/** A copy with every text changed, names of properties included: a map may be by URI. */
function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((it) => mapped(it, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [change(name), mapped(it, change)]));
}
