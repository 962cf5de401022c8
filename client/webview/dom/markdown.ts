// The little Markdown that the server's explanations have, as elements: paragraphs, lists, code, bold. Text stays text.

import { element } from "./dom";

/** Paragraphs and lists of a text, in order. */
export function markdown(text: string): readonly HTMLElement[] {
  return text
    .split("\n\n")
    .filter((it) => it.trim() !== "")
    .map((block) =>
      block.startsWith("- ")
        ? element(
            "ul",
            {},
            block.split("\n").map((it) => element("li", {}, inline(it.slice("- ".length)))),
          )
        : element("p", {}, inline(block)),
    );
}

/** A fence may be longer than one backquote, and what is escaped is itself. */
const marks = /(`+)(.+?)\1(?!`)|\*\*(.+?)\*\*|\\([\\`*[\]<>&])/g;

function inline(text: string): readonly Node[] {
  const nodes: Node[] = [];
  let end = 0;
  const plain = (until: number) => {
    if (until > end) nodes.push(document.createTextNode(text.slice(end, until)));
  };
  for (const found of text.matchAll(marks)) {
    const [whole, fence, code, bold, escaped] = found;
    plain(found.index);
    end = found.index + whole.length;
    if (code !== undefined) nodes.push(element("code", { text: fence === "`" ? code : code.trim() }));
    else if (bold !== undefined) nodes.push(element("strong", {}, [...inline(bold)]));
    else nodes.push(document.createTextNode(escaped ?? ""));
  }
  plain(text.length);
  return nodes;
}
