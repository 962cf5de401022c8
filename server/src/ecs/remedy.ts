// What helps against a failure, as data: each door says it in its own words, and offers what it can do itself.

export type Remedy =
  /** The same words for every door. */
  | { readonly kind: "text"; readonly text: string }
  /** The session of the profile is renewed by `aws sso login`. */
  | { readonly kind: "signIn"; readonly profile: string; readonly isCertain: boolean }
  /** No credentials were found: another profile, or a first sign-in. */
  | { readonly kind: "chooseProfile" }
  | { readonly kind: "chooseRegion" }
  /** Nothing answers on this machine: start the local endpoint, or correct the address. */
  | { readonly kind: "startLocal" }
  | { readonly kind: "findCluster" }
  /** Doing the same again goes on from what was reached; `later`: ECS needs a pause first. */
  | { readonly kind: "repeat"; readonly later: boolean };

/** The words of a door for every kind of remedy. */
export type RemedyWords = {
  readonly [Kind in Remedy["kind"]]: (remedy: Extract<Remedy, { readonly kind: Kind }>) => string;
};

/** The remedy in the words of a door; empty where there is none. */
export function remedyText(remedy: Remedy | undefined, words: RemedyWords): string {
  if (remedy === undefined) return "";
  const say = words[remedy.kind] as (remedy: Remedy) => string;
  return say(remedy);
}

/** Message and remedy of whatever was thrown, in the words of a door. */
export function describeError(error: unknown, words: RemedyWords): string {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = remedyText(remedyOf(error), words);
  return remedy === "" ? message : `${message} ${remedy}`;
}

/** Message and remedy of whatever was thrown, the remedy only where it has the same words for every door. */
export function describeForAnyDoor(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = remedyOf(error);
  return remedy?.kind === "text" ? `${message} ${remedy.text}` : message;
}

export function remedyOf(error: unknown): Remedy | undefined {
  return error instanceof Error && "remedy" in error ? (error.remedy as Remedy | undefined) : undefined;
}
