// The files of managed daemons that a call names.

import { isForDaemons } from "../../core/resources/kinds/daemonMarks";
import type { DocumentKind } from "../../core/resources/kinds/kindSigns";
import { kinds } from "../../core/resources/kinds/registry";
import { openResource, type Resource, readAs } from "../../core/resources/resource";
import { positionAt } from "../../core/text/positions";
import { InputError } from "../command";
import { readTextFile } from "../files/textFiles";

/** A whole document of that kind; rejects with an InputError that says what the file is instead. */
export async function readManagedDocument(
  path: string,
  kind: Extract<DocumentKind, "daemonTaskDefinition" | "daemon" | "capacityProvider">,
): Promise<Resource> {
  const opened = openResource(path, await readTextFile(path));
  const [problem] = opened.source.problems;
  if (problem !== undefined) {
    const { line, character } = positionAt(opened.source.text, problem.span.start);
    throw new InputError(`${path}:${line + 1}:${character + 1} is not JSON: ${problem.message}`);
  }
  // Whoever names it as a daemon's has decided what its content leaves open.
  const isUndecided = kinds[kind].resembles !== undefined && kinds[kind].resembles === opened.kind;
  const isOfEither = isUndecided && opened.input !== undefined && isForDaemons(opened.input) === undefined;
  const document = isOfEither ? readAs(opened, kind) : opened;
  if (document.kind === kind) return document;
  const found = document.kind === undefined ? "nothing that is known here" : kinds[document.kind].noun;
  throw new InputError(`${path} is not ${kinds[kind].noun} but ${found}.`);
}
