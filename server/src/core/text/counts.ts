// Counts, amounts and articles: written one way in every message, title and cell.

/** A number with separators of thousands, as in `5,000`; a fraction keeps its digits. Ports and years are no counts. */
export function countText(count: number): string {
  const text = String(count);
  if (count > -1000 && count < 1000) return text;
  const whole = /^-?\d+/.exec(text)?.[0] ?? "";
  if (whole === "" || /e/.test(text)) return text;
  return `${whole.replace(/\B(?=(?:\d{3})+$)/g, ",")}${text.slice(whole.length)}`;
}

/** `1 task`, `5,000 tasks`; for another plural than with -s: `counted(2, "is", "are")`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** `1 container instance`, `5,000 container instances`. */
export function instanceCount(count: number): string {
  return counted(count, "container instance");
}

/** `1 CPU unit`, `1,024 CPU units`. */
export function cpuText(units: number): string {
  return counted(units, "CPU unit");
}

/** `1 MiB`, `7,816 MiB`. */
export function memoryText(mebibytes: number): string {
  return `${countText(mebibytes)} MiB`;
}

/** An amount of what tasks reserve: `1,024 CPU units`, `7,816 MiB`. */
export function amountText(resource: "cpu" | "memory", amount: number): string {
  return resource === "cpu" ? cpuText(amount) : memoryText(amount);
}

/** How long something took or is ago, in its largest usual unit: `80 seconds`, `3 hours`, `12 days`. Negative counts as 0. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) return counted(seconds, "second");
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return counted(minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 48 ? counted(hours, "hour") : counted(Math.round(hours / 24), "day");
}

/** The word with its article, by how it is spoken: `an ARM64`, `an X86_64`, `a LINUX`, `a UDP port`, `an 8-core`. */
export function withArticle(word: string): string {
  return `${startsWithVowel(word) ? "an" : "a"} ${word}`;
}

function startsWithVowel(word: string): boolean {
  const [first = ""] = word;
  if (/^\d/.test(word)) return /^(?:8|11(?!\d)|18(?!\d))/.test(word);
  // An abbreviation is spelled: an X86_64, an FSx volume, a UDP port. A word in capitals is read as it is written.
  if (spelled.test(word)) return /[AEFHILMNORSX]/.test(first);
  if (/^(?:uni|use|usu|uti|eu|one)/i.test(word)) return false;
  return /^(?:[aeiou]|hour|honest)/i.test(word);
}

/** Without a vowel that is spoken in it, or known to be spelled. */
const spelled =
  /^(?:[B-DF-HJ-NP-TV-Z]+(?![A-Za-z])|X\d|[A-Z]\d|UDP|IAM|ECS|EC2|ECR|EFS|EBS|FSx|ENI|GPU|CPU|URL|API|ARN)/;
