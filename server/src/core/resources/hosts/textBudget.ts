// How much one resource may make of texts and lists that refer to each other: ten times the same name in each of ten locals are
// more characters than any machine has.

/** Parts of texts, names included. What ECS takes of one task definition (64 KiB) has far fewer. */
const mostParts = 40_000;
const mostCharacters = 4 << 20;

export class TextBudget {
  private parts = mostParts;
  private characters = mostCharacters;

  /** Whether so many parts more may be looked at. */
  take(count = 1): boolean {
    this.parts -= count;
    return this.parts >= 0;
  }

  /** The texts as one; `undefined` where one of them is not known, or all of them are too long. */
  join(texts: readonly (string | undefined)[], between: string): string | undefined {
    let length = 0;
    for (const it of texts) {
      if (it === undefined) return undefined;
      length += it.length + between.length;
    }
    this.characters -= length;
    return this.characters < 0 ? undefined : texts.join(between);
  }
}
