// Building DOM without markup: text is always text.

import { printableLines } from "../../../server/src/core/text/printable";

export interface ElementOptions {
  readonly class?: string;
  readonly text?: string;
  readonly title?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: () => void;
}

/** One element with its children; `undefined` children are left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  options: ElementOptions = {},
  children: readonly (Node | string | undefined)[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (options.class !== undefined) made.className = options.class;
  if (options.text !== undefined) made.textContent = printableLines(options.text);
  if (options.title !== undefined) made.title = printableLines(options.title);
  for (const [name, value] of Object.entries(options.attributes ?? {})) made.setAttribute(name, value);
  if (options.onClick !== undefined) made.addEventListener("click", options.onClick);
  made.append(
    ...children
      .filter((it) => it !== undefined)
      .map((it) => (typeof it === "string" ? printableLines(it) : it)),
  );
  return made;
}

/** An element of a picture. */
export function svgElement(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** A message of the server: what stands between backquotes is code. */
export function richText(text: string): readonly Node[] {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) =>
      index % 2 === 1 ? element("code", { text: part }) : document.createTextNode(printableLines(part)),
    );
}

/** A push button that looks like VS Code's own. */
export function button(
  text: string,
  onClick: () => void,
  kind: "primary" | "secondary" | "link" = "secondary",
): HTMLButtonElement {
  return element("button", { class: `button ${kind}`, text, onClick, attributes: { type: "button" } });
}

/** Sets text only where it differs, so that a screen reader is not told the same again. */
export function setText(target: HTMLElement, text: string): void {
  const shown = printableLines(text);
  if (target.textContent !== shown) target.textContent = shown;
}

/** Puts `children` in place of the old ones, leaving those that stay where they are: they keep focus and scroll. */
export function setChildren(parent: Element, children: readonly Node[]): void {
  const wanted = new Set(children);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let cursor = parent.firstChild;
  for (const child of children) {
    if (child === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(child, cursor);
  }
}
