// Texts on which a regular expression that can read one text in many ways takes for ever: what leads to a repetition, the
// repeated part many times, and a character that no part of it takes.

interface Part {
  readonly kind: "characters" | "group" | "nothing";
  /** Of characters: the class or the character as it is written. */
  readonly written: string;
  readonly ways: readonly (readonly Part[])[];
  readonly least: number;
  readonly isRepeated: boolean;
}

/** Regular expressions as they are written in a program. */
export function patternLiterals(program: string): readonly RegExp[] {
  const literal =
    /(?<=[(,=:[!&|?{};\n]\s*|return\s+)\/((?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([a-z]*)/g;
  return [...program.matchAll(literal)].flatMap(([, source = "", flags]) => {
    try {
      return [new RegExp(source, flags)];
    } catch {
      return [];
    }
  });
}

/** Each a beginning and what is repeated behind it. */
export function pumpsOf({ source, flags }: RegExp): readonly (readonly [beginning: string, pump: string])[] {
  const found: (readonly [string, string])[] = [];
  collect(new PatternReader(source).ways(), flags.replace(/[gy]/g, ""), "", found);
  return found;
}

const alphabet = [..."a0_ -.:/\"'{}[]()<>$%=,\\*#@!?&|;^~`+AZé\t\n\r"];

function collect(
  ways: readonly (readonly Part[])[],
  flags: string,
  beginning: string,
  found: (readonly [string, string])[],
): void {
  for (const way of ways) {
    let before = beginning;
    for (const part of way) {
      if (part.isRepeated) for (const pump of pumpsIn(part, flags)) found.push([before, pump]);
      collect(part.ways, flags, before, found);
      before += sampleOf(part, flags).repeat(Math.min(part.least, 50));
    }
  }
}

/** A repeated part in several spellings: those that another part of the repetition takes, too, are among them. */
function pumpsIn(part: Part, flags: string): ReadonlySet<string> {
  if (part.kind === "characters") return new Set(charactersOf(part, flags));
  const pumps = new Set<string>();
  for (const way of part.ways) {
    let spellings = [""];
    for (const it of way) {
      const own = it.kind === "characters" ? charactersOf(it, flags).slice(0, 8) : [sampleOf(it, flags)];
      const times = Math.min(50, Math.max(it.least, it.isRepeated && way.length === 1 ? 1 : it.least));
      spellings = spellings.flatMap((text) => own.map((one) => text + one.repeat(times))).slice(0, 200);
    }
    for (const it of spellings) if (it !== "") pumps.add(it);
  }
  return pumps;
}

function charactersOf({ written }: Part, flags: string): readonly string[] {
  if (written.length === 1 && written !== ".") return [written];
  const pattern = new RegExp(`^${written}$`, flags);
  return alphabet.filter((it) => pattern.test(it));
}

function sampleOf(part: Part, flags: string): string {
  if (part.kind === "characters") return charactersOf(part, flags)[0] ?? "a";
  const [first = []] = part.ways;
  return first.map((it) => sampleOf(it, flags).repeat(Math.min(it.least, 50))).join("");
}

class PatternReader {
  private at = 0;

  constructor(private readonly source: string) {}

  ways(): readonly (readonly Part[])[] {
    const found: Part[][] = [[]];
    while (this.at < this.source.length && this.source[this.at] !== ")") {
      if (this.source[this.at] === "|") {
        this.at += 1;
        found.push([]);
      } else found.at(-1)?.push(this.repeated(this.part()));
    }
    return found;
  }

  private part(): Omit<Part, "least" | "isRepeated"> {
    const nothing = { kind: "nothing", written: "", ways: [] } as const;
    const opening = this.take(/\((?:\?(?:[:=!]|<[=!]|<\w+>))?/y);
    if (opening !== "") {
      const ways = this.ways();
      this.at += 1;
      return /[=!]$/.test(opening) ? nothing : { kind: "group", written: "", ways };
    }
    if (this.take(/[\^$]|\\[bB]|\\[1-9]|\\k<\w+>/y) !== "") return nothing;
    const written = this.take(/\[(?:\\.|[^\]\\])*\]|\\u\{\w+\}|\\u\w{4}|\\x\w\w|\\[pP]\{[^}]*\}|\\.|[\s\S]/y);
    return { kind: "characters", written: /^[{}/]$/.test(written) ? `\\${written}` : written, ways: [] };
  }

  private repeated(part: Omit<Part, "least" | "isRepeated">): Part {
    const sign = this.take(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/y);
    const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}/.exec(sign) ?? [];
    const isRepeated = /^[*+]/.test(sign) || (comma === "," && (most === "" || Number(most) > 20));
    return { ...part, least: Number(least ?? (/^[*?]/.test(sign) ? 0 : 1)), isRepeated };
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ""] = pattern.exec(this.source) ?? [];
    this.at += found.length;
    return found;
  }
}
