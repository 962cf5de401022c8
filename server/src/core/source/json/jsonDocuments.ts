// Turns the text of a cluster file into values. A snapshot may be several AWS CLI answers one after the other, and
// may have 46 MB, so that the engine's own parser does the work and anything slower runs only where it fails.

import { getNodeValue, type ParseError, parseTree, visit } from "jsonc-parser";
import type { ReadProblem } from "../readProblem";

export interface JsonDocuments {
  /** One value per document of the text; empty where nothing could be read. */
  readonly values: readonly unknown[];
  readonly problems: readonly ReadProblem[];
}

/** Comments and trailing commas are accepted in hand-written files only, and those are small. */
const commentedLimit = 2_000_000;

/** What to do about a snapshot that is no JSON. */
export const saveTheAnswer = "Write the whole answer of the AWS CLI, with --output json, to the file.";

/**
 * Parses one or several JSON documents. Never throws; a document that cannot be read becomes a problem, whose message
 * ends with the advice.
 */
export function parseJsonDocuments(text: string, advice = ""): JsonDocuments {
  const body = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  if (body.trim() === "") return { values: [], problems: [syntaxProblem("The file is empty.", 0)] };
  const whole = parseJson(body);
  if (whole.ok) return { values: [whole.value], problems: [] };
  const pieces = splitDocuments(body);
  if (pieces.length > 1) return parsePieces(body, pieces, advice);
  const commented = parseCommented(body);
  if (commented !== undefined) return { values: [commented.value], problems: [] };
  return { values: [], problems: [describeSyntaxError(body, body, 0, advice)] };
}

/** Text with more broken documents than this is no snapshot. */
const mostBrokenPieces = 10;
/** Pages have 100 instances: a cluster has some fifty of them. What comes after this many is taken as one document. */
const mostPieces = 10_000;

interface Piece {
  readonly start: number;
  readonly text: string;
}

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}

function parsePieces(body: string, pieces: readonly Piece[], advice: string): JsonDocuments {
  const values: unknown[] = [];
  const problems: ReadProblem[] = [];
  for (const piece of pieces) {
    const parsed = parseJson(piece.text);
    if (parsed.ok) values.push(parsed.value);
    else problems.push(describeSyntaxError(body, piece.text, piece.start, advice));
    if (problems.length === mostBrokenPieces) {
      problems.push(syntaxProblem("Nothing after this place is read.", piece.start));
      break;
    }
  }
  return { values, problems };
}

/** Cuts the text after every bracket that closes a top-level one; strings are skipped, nothing is checked. */
function splitDocuments(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (character === 0x22) index = endOfString(text, index);
    else if (character === 0x7b || character === 0x5b) depth += 1;
    else if (character === 0x7d || character === 0x5d) {
      depth -= 1;
      if (depth > 0) continue;
      depth = 0;
      pieces.push({ start, text: text.slice(start, index + 1) });
      start = index + 1;
      if (pieces.length === mostPieces) break;
    }
  }
  const rest = text.slice(start);
  return rest.trim() === "" ? pieces : [...pieces, { start, text: rest }];
}

/** The index of the closing quote, or the last index of the text where there is none. */
function endOfString(text: string, opening: number): number {
  for (let index = opening + 1; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (character === 0x5c) index += 1;
    else if (character === 0x22) return index;
  }
  return text.length - 1;
}

function parseCommented(text: string): { readonly value: unknown } | undefined {
  if (text.length > commentedLimit) return undefined;
  try {
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: false });
    return root === undefined || errors.length > 0 ? undefined : { value: getNodeValue(root) as unknown };
  } catch {
    // The commented parser recurses: text nested too deeply for it is no cluster file.
    return undefined;
  }
}

function describeSyntaxError(body: string, piece: string, base: number, advice: string): ReadProblem {
  const offset = Math.min(body.length, base + firstError(piece));
  if (body.slice(offset).trim() === "") {
    return syntaxProblem(`The JSON ends before it is complete. ${advice}`.trim(), body.length);
  }
  const before = body.slice(0, offset);
  const line = before.split("\n").length;
  const column = offset - before.lastIndexOf("\n");
  return syntaxProblem(`This is not JSON from line ${line}, column ${column} on. ${advice}`.trim(), offset);
}

/** The engine's parser does not always say where it stopped; this one does. */
function firstError(text: string): number {
  let first = text.length;
  try {
    visit(
      text,
      {
        onError: (_code, offset) => {
          first = Math.min(first, offset);
        },
      },
      { disallowComments: true },
    );
  } catch {
    // It recurses: in text nested too deeply for it, the first error found before is all there is to say.
  }
  return first;
}

function syntaxProblem(message: string, offset: number): ReadProblem {
  return { severity: "error", message, path: "", offset };
}
