// The report of a conversion as the JSON of `ecs-daemon convert`.

import { pathText } from "./convertedFiles";
import type { Conversion, Lost } from "./report";
import type { ServiceConversion } from "./toService";

export interface ConversionJson {
  /** Paths such as `containerDefinitions[0].image`, each once; see `pathsOf`. */
  readonly carried: readonly string[];
  readonly changed: readonly ChangedJson[];
  readonly lost: readonly LostJson[];
  readonly ask: readonly { readonly path: string; readonly question: string; readonly proposal: unknown }[];
  /** What is carried, with the file it is in and its name in the new file, where that is another one. */
  readonly carriedProperties: readonly CarriedJson[];
}

type InputFile = "taskDefinition" | "service" | "daemon";

interface LostJson {
  readonly path: string;
  readonly why: string;
  readonly file: InputFile;
}

interface ChangedJson extends LostJson {
  readonly from: unknown;
  /** `null`: nothing has to be written. */
  readonly to: unknown;
}

interface CarriedJson {
  readonly path: string;
  readonly file: InputFile;
  readonly to?: string;
}

type Reference = Pick<Lost, "file" | "path">;

/** Every property of the input is in exactly one of the lists. */
export function conversionJson(conversion: Conversion | ServiceConversion): ConversionJson {
  const { carried, changed, lost, ask } = conversion;
  const settings = "daemon" in conversion ? "service" : "daemon";
  const fileOf = ({ file }: Reference) => (file === "service" ? settings : file);
  const pathOf = pathsOf([...carried, ...changed, ...lost], settings);
  return {
    carried: carried.map(pathOf),
    changed: changed.map((it) => ({
      path: pathOf(it),
      from: it.before,
      to: it.after ?? null,
      why: it.why,
      file: fileOf(it),
    })),
    lost: lost.map((it) => ({ path: pathOf(it), why: it.why, file: fileOf(it) })),
    ask: ask.map(({ path, question, proposal }) => ({ path, question, proposal: proposal ?? null })),
    carriedProperties: carried.map((it) => ({ ...it, path: pathOf(it), file: fileOf(it) })),
  };
}

/** `tags` is a path where one of the two files has tags; where both have, those of the second are `service:tags`. */
function pathsOf(all: readonly Reference[], settings: string): (reference: Reference) => string {
  const ofDefinition = new Set(all.filter((it) => it.file === "taskDefinition").map((it) => it.path[0]));
  return ({ file, path }) => {
    const text = pathText(path);
    return file === "service" && ofDefinition.has(path[0]) ? `${settings}:${text}` : text;
  };
}
