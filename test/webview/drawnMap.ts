// What the fleet map has drawn. Cells that look the same are one path, in which each begins with its only `M`.

import type { Page } from "playwright-core";

/** How many cells are drawn so: `stop`, `keep.outdated`, `matching`; all but the outlines where nothing is said. */
export async function drawnCells(page: Page, look?: string): Promise<number> {
  const paths = page.locator(`.map .cells path${look === undefined ? ":not(.matching)" : `.${look}`}`);
  const drawn = await paths.evaluateAll((found) => found.map((it) => it.getAttribute("d") ?? ""));
  return drawn.reduce((sum, it) => sum + it.split("M").length - 1, 0);
}

/** Moves the mouse to the one cell that looks so. */
export async function pointAtCell(page: Page, look: string): Promise<void> {
  const box = await page.locator(`.map .cells path.${look}`).boundingBox();
  if (box === null) throw new Error(`No cell is drawn as ${look}.`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

/** Walks with the arrow keys to the first cell of which this is said. */
export async function walkToCell(page: Page, words: string): Promise<void> {
  const list = page.getByRole("listbox", { name: "Fleet map" });
  await list.focus();
  await page.keyboard.press("Home");
  const last = await list.locator(".cell").getAttribute("aria-setsize");
  for (let left = Number(last); !(await cellOfKeyboard(page)).label.includes(words); left -= 1) {
    if (left === 0) throw new Error(`No cell says ${words}.`);
    await page.keyboard.press("ArrowRight");
  }
}

/** What a screen reader says of the cell that the keyboard is on. */
export async function cellOfKeyboard(page: Page): Promise<{ readonly id: string; readonly label: string }> {
  const id = await page.getByRole("listbox", { name: "Fleet map" }).getAttribute("aria-activedescendant");
  const cell = page.locator(`#${id}`);
  return {
    id: (await cell.getAttribute("data-id")) ?? "",
    label: (await cell.getAttribute("aria-label")) ?? "",
  };
}
