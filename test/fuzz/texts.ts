// Texts for fuzzing: any text at all, pieces that have broken programs before, and real files after a few edits.

import fc, { type Arbitrary } from "fast-check";
import type { CorpusFile } from "./corpus";

const controls = [
  "\u0000",
  "\ud800",
  "\udfff",
  "\ufeff",
  "\r",
  "\r\n",
  "\n",
  "\u2028",
  "\u0085",
  "\u001b[31m",
];
const jsonParts =
  '" \' \\ \\" \\u \\ud800 { } [ ] ( ) , : // /* */ null true {} [] "" 1e999 -1e-999 -0 99999999999999999999 0x10 NaN';
const templates = ["{{ x }}", "{{", "}}", "{% if x %}", "${A}", "$A", "<a>", "<", "${", '{{ f "x" }}'];
const broken = ["//\r", '"\\\n', '"\r', "/*/", '"\\\r\n"'];
const members = [
  '"__proto__": {"a": 1}, ',
  '"constructor": "x", ',
  '"toString": null, ',
  '"containerDefinitions": [{"name": "a", "image": "a", "memory": 9}], ',
  '"placementConstraints": [{"type": "memberOf", "expression": "',
  '"serviceName": "a", ',
  '"taskDefinition": {',
  '"name": "__proto__", ',
  '"groups": [',
  '"containerInstances": [',
  '"count": 99999999, ',
];
const queryParts =
  "attribute: attribute:__proto__ task:group agentVersion registeredAt '(a+)+$' [[:alpha:]] (?=a) \\Q {1000} =~ !~ == ! not(";

/** What has broken programs before, and the words that steer our own readers. */
export const hostilePieces: readonly string[] = [
  ...controls,
  ...jsonParts.split(" "),
  ...templates,
  ...broken,
  ...members,
  ...queryParts.split(" "),
  " and ",
  " or ",
  " in [",
  " exists",
];

const piece = fc.constantFrom(...hostilePieces);

/** Those of fast-check's strings are listed at each start, which takes longer than many checks. */
const codePoint = fc.oneof(fc.nat(0x7f), fc.nat(0x10ffff));

/** Any UTF-16 text, halves of surrogate pairs included, and towers of one piece. */
export const anyText: Arbitrary<string> = fc.oneof(
  fc.array(codePoint, { maxLength: 60 }).map((it) => String.fromCodePoint(...it)),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((it) => String.fromCharCode(...it)),
  fc.uint8Array({ maxLength: 200 }).map((it) => Buffer.from(it).toString("utf8")),
  fc.array(piece, { maxLength: 30 }).map((it) => it.join("")),
  fc
    .tuple(fc.array(piece, { maxLength: 3 }), piece, fc.constantFrom(3, 250, 3000))
    .map(([first, again, times]) => first.join("") + again.repeat(times)),
);

/** Places are millionths of a text, so that an edit means something in every file. */
const place = fc.nat(1_000_000);
const length = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 400 }));

type Edit =
  | { readonly kind: "cut" | "drop" | "double"; readonly at: number; readonly length: number }
  | { readonly kind: "insert"; readonly at: number; readonly text: string }
  | {
      readonly kind: "splice";
      readonly at: number;
      readonly file: number;
      readonly from: number;
      readonly length: number;
    };

const edit: Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant("insert" as const), at: place, text: piece }),
  fc.record({ kind: fc.constantFrom("drop" as const, "double" as const, "cut" as const), at: place, length }),
  fc.record({ kind: fc.constant("splice" as const), at: place, file: fc.nat(), from: place, length }),
);

function edited(text: string, edits: readonly Edit[], files: readonly CorpusFile[]): string {
  return edits.reduce((now, it) => editedOnce(now, it, files), text);
}

function editedOnce(text: string, it: Edit, files: readonly CorpusFile[]): string {
  const at = Math.floor((it.at / 1_000_000) * text.length);
  switch (it.kind) {
    case "cut":
      return text.slice(0, at);
    case "insert":
      return text.slice(0, at) + it.text + text.slice(at);
    case "drop":
      return text.slice(0, at) + text.slice(at + it.length);
    case "double":
      return text.slice(0, at + it.length) + text.slice(at);
    case "splice": {
      const other = files[it.file % files.length]?.text ?? "";
      const from = Math.floor((it.from / 1_000_000) * other.length);
      return text.slice(0, at) + other.slice(from, from + it.length) + text.slice(at);
    }
  }
}

export interface NamedText {
  readonly name: string;
  readonly text: string;
  readonly [member: string]: string;
}

/** A real file after some edits, under its own name and with any line ends. */
export function editedFile(files: readonly CorpusFile[]): Arbitrary<NamedText> {
  return fc
    .record({
      file: fc.nat(files.length - 1),
      edits: fc.array(edit, { maxLength: 5 }),
      lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
    })
    .map(({ file, edits, lineEnd }) => {
      const { name = "", text = "" } = files[file] ?? {};
      return { name, text: edited(text, edits, files).replaceAll("\n", lineEnd) };
    });
}
