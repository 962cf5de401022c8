// What the readers of a Java pattern share: the place in the text, the flags, and the first failure.

export interface PatternReader {
  readonly text: string;
  at: number;
  flags: Flags;
  /** Something was translated in a way that is exact for printable ASCII only. */
  asciiOnly: boolean;
  depth: number;
  readonly groupNames: Set<string>;
  /** Reading stops at the first one. */
  failure: Failure | undefined;
}

export interface Flags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
}

export type Failure =
  | { readonly kind: "invalid"; readonly reason: string; readonly at: number }
  | { readonly kind: "unsupported"; readonly feature: string; readonly at: number };

/** Notes that Java rejects the pattern here. */
export function invalid(reader: PatternReader, reason: string): undefined {
  reader.failure ??= { kind: "invalid", reason, at: reader.at };
}

/** Notes that Java accepts what stands here and the engine cannot do the same. */
export function unsupported(reader: PatternReader, feature: string): undefined {
  reader.failure ??= { kind: "unsupported", feature, at: reader.at };
}
