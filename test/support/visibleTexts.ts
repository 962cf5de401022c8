// The texts of the project that people may see: sentences among the strings of the code, the manifest, and the pages.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./paths";
import { validationFixtures } from "./validationFixtures";

export interface VisibleText {
  /** Relative to the project, with the line. */
  readonly place: string;
  readonly text: string;
}

/** Pages for users. Those for developers, and the history, are not among them. */
const pages = [
  "README.md",
  "docs/iam.md",
  "docs/diagnostics.md",
  ...listed("docs/diagnostics"),
  ...listed("docs/walkthrough"),
];

export function visibleTexts(): readonly VisibleText[] {
  return [
    ...manifestTexts(),
    ...codeTexts(),
    ...pages.filter((it) => it.endsWith(".md")).flatMap(pageTexts),
    ...finishedTexts(),
  ];
}

/** Messages with their values, and titles of fixes: what the fixtures of the rules expect. */
export function finishedTexts(): readonly (VisibleText & { readonly isTitle: boolean })[] {
  return validationFixtures.flatMap(({ name, source }) =>
    source.split("\n").flatMap((line, index) => {
      const [, message, title] =
        /^\s*\/\/\s*(?:\^+|\[\d+,\d+\))(?:…\d+)?\s\w+\[[\w-]+\] (.+)$|^--- after (?:\(safe\) )?(.+)$/.exec(
          line,
        ) ?? [];
      const text = message ?? title;
      return text === undefined
        ? []
        : [{ place: `${name}:${index + 1}`, text, isTitle: message === undefined }];
    }),
  );
}

function listed(folder: string): readonly string[] {
  return readdirSync(join(projectRoot, folder)).map((it) => `${folder}/${it}`);
}

function read(path: string): string {
  return readFileSync(join(projectRoot, path), "utf8");
}

function manifestTexts(): readonly VisibleText[] {
  const texts: VisibleText[] = [];
  const visit = (value: unknown, path: string) => {
    if (typeof value === "string" && isSentence(value))
      texts.push({ place: `package.json ${path}`, text: value });
    else if (typeof value === "object" && value !== null)
      for (const [name, it] of Object.entries(value)) if (name !== "when") visit(it, `${path}/${name}`);
  };
  const { contributes, description } = JSON.parse(read("package.json")) as Record<string, unknown>;
  visit({ contributes, description }, "");
  return texts;
}

function codeTexts(): readonly VisibleText[] {
  return ["client", "server/src"].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true })
      .map((it) => `${folder}/${String(it)}`)
      .filter((it) => it.endsWith(".ts"))
      .flatMap((file) =>
        literalsOf(read(file))
          .filter(({ text }) => isSentence(text))
          .map(({ text, line }) => ({ place: `${file}:${line}`, text })),
      ),
  );
}

/** Without what is code, which names things as they are named. */
function pageTexts(path: string): readonly VisibleText[] {
  const lines = read(path)
    .replace(/^```[\s\S]*?^```/gm, (it) => it.replace(/[^\n]/g, ""))
    .split("\n");
  return lines.flatMap((text, index) => (text === "" ? [] : [{ place: `${path}:${index + 1}`, text }]));
}

/** Words with a space between them; what is one word is mostly a name. */
function isSentence(text: string): boolean {
  return /[A-Za-z][a-z]* [a-z]/.test(text);
}

/** The string and template literals of a source text; what is put into a template is a `…`, and a literal of its own. */
export function literalsOf(source: string): readonly { readonly text: string; readonly line: number }[] {
  const found: { text: string; line: number }[] = [];
  /** Depths of braces at which a template goes on, innermost last. */
  const open: { depth: number; text: string; line: number }[] = [];
  let depth = 0;
  let line = 1;
  let at = 0;
  const template = (begun: { text: string; line: number }) => {
    for (; at < source.length; at += 1) {
      const character = source[at];
      if (character === "\n") line += 1;
      if (character === "\\") {
        begun.text += source.slice(at, at + 2);
        at += 1;
      } else if (character === "`") {
        at += 1;
        found.push(begun);
        return;
      } else if (character === "$" && source[at + 1] === "{") {
        at += 2;
        begun.text += "…";
        open.push({ depth, ...begun });
        return;
      } else begun.text += character;
    }
  };
  while (at < source.length) {
    const rest = source.slice(at, at + 2);
    const character = source[at];
    if (character === "\n") line += 1;
    if (rest === "//") {
      at = endOf(source, "\n", at);
    } else if (rest === "/*") {
      const end = endOf(source, "*/", at) + 2;
      line += source.slice(at, end).split("\n").length - 1;
      at = end;
    } else if (character === '"' || character === "'") {
      const literal = new RegExp(`${character}(?:[^${character}\\\\\\n]|\\\\.)*${character}`, "y");
      literal.lastIndex = at;
      const text = literal.exec(source)?.[0] ?? character;
      found.push({ text: text.slice(1, -1), line });
      at += text.length;
    } else if (character === "`") {
      at += 1;
      template({ text: "", line });
    } else if (character === "/" && /[(,=:[!&|?{};\n]\s*$/.test(source.slice(Math.max(0, at - 20), at))) {
      const literal = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//y;
      literal.lastIndex = at;
      at += literal.exec(source)?.[0].length ?? 1;
    } else if (character === "}" && open.at(-1)?.depth === depth) {
      const begun = open.pop();
      at += 1;
      if (begun !== undefined) template({ text: begun.text, line: begun.line });
    } else {
      if (character === "{") depth += 1;
      if (character === "}") depth -= 1;
      at += 1;
    }
  }
  return found;
}

function endOf(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from);
  return end < 0 ? source.length : end;
}
