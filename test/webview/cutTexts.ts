// Texts of a page that end in the middle of a word, with nothing that says that there is more.

import type { Panel } from "./panelPage";

/** In the page: a text is cut off by the nearest box around it that hides what is wider, unless that ends it with an ellipsis. */
const findCutTexts = `
  (() => {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      if (text.data.trim() === "") continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const { right, width } = range.getBoundingClientRect();
      let box = text.parentElement;
      while (box && getComputedStyle(box).display === "inline") box = box.parentElement;
      let clipping = box;
      while (clipping && getComputedStyle(clipping).overflowX === "visible") clipping = clipping.parentElement;
      if (!clipping || width === 0 || !["hidden", "clip"].includes(getComputedStyle(clipping).overflowX)) continue;
      // What is as small as a point is for screen readers alone.
      const edge = clipping.getBoundingClientRect();
      if (edge.width <= 1 || right <= edge.right + 1) continue;
      const { display, textOverflow } = getComputedStyle(clipping);
      if (clipping !== box || textOverflow !== "ellipsis" || /flex|grid/.test(display)) found.push(text.data.trim());
    }
    return found;
  })()
`;

/** The texts that are cut off at their right side without an ellipsis. */
export function cutTextsOf({ page }: Panel): Promise<readonly string[]> {
  return page.evaluate(findCutTexts);
}
