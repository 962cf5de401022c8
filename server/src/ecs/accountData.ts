// Takes out of a text what names an account and what is in it, so that the text can be shown to others.

/** ARNs, account numbers and ids of resources are replaced by what they are. */
export function withoutAccountData(text: string): string {
  return text
    .replace(/\barn:[\w-]+:[^\s"',;)\]]+/g, "ARN")
    .replace(/\b\d{12}\b/g, "ACCOUNT")
    .replace(/\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b/g, "ID")
    .replace(/\b(i|ami|vpc|subnet|eni|sg|vol|lt|fs|op)-[0-9a-f]{8,17}\b/g, "$1-ID");
}

/**
 * A snapshot as JSON text with 000000000000 in the place of every account: in ARNs, in the hosts of ECR images, and
 * wherever else the number of an account that one of its ARNs names stands.
 */
export function maskAccounts(snapshot: string): string {
  const accounts = new Set(
    [...snapshot.matchAll(/\barn:[\w-]+:[\w-]+:[\w-]*:(\d{12})\b|\b(\d{12})\.dkr\.ecr[.-]/g)].flatMap(
      (it) => it[1] ?? it[2] ?? [],
    ),
  );
  if (accounts.size === 0) return snapshot;
  return snapshot.replace(new RegExp(`(?<!\\d)(?:${[...accounts].join("|")})(?!\\d)`, "g"), "000000000000");
}
