// Inputs that Amazon ECS was seen to refuse. Most were published by cdk-preflight (Apache-2.0), the others in issue threads.

export type Input = Readonly<Record<string, unknown>>;

/** The words that were seen, `…` for a part that was not quoted, and the input of an operation that causes them. */
export type Causes = readonly (readonly [words: string, input: Input])[];

export const role = "arn:aws:iam::123456789012:role/r";

/** Whether an answer has the words: all of them, or the parts that were quoted, in their order. */
export function hasWords(answer: string, words: string): boolean {
  const parts = words.split("…");
  if (parts.length === 1) return answer === words;
  let from = 0;
  for (const part of parts) {
    const at = answer.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}
