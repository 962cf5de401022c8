// Commands of the preview panel's tab that ask something first.

import type { Session } from "../session";
import { type CallArguments, textOption } from "./callArguments";
import { askOne } from "./wizard";

const comparisons = [
  { against: "saved", label: "Last save" },
  { against: "head", label: "Git HEAD" },
  { against: "deployed", label: "What is deployed" },
  { against: "nothing", label: "Nothing" },
] as const;

const formats = [
  { format: "markdown", label: "Markdown" },
  { format: "csv", label: "CSV" },
  { format: "json", label: "JSON" },
] as const;

/** Option `against`: `saved`, `head`, `deployed` or `nothing`. */
export async function comparePreview({ previews }: Session, call: CallArguments): Promise<void> {
  const named = comparisons.find((it) => it.against === textOption(call, "against"));
  const ask = () =>
    askOne("Compare Preview With", (page) => page.pick({ prompt: "Compare with what?", items: comparisons }));
  const { against } = named ?? (await ask());
  await previews.perform({ command: "compare", against });
}

/** Option `format`: `markdown`, `csv` or `json`. Copies the container instances that are shown. */
export async function copyPreview({ previews }: Session, call: CallArguments): Promise<void> {
  const named = formats.find((it) => it.format === textOption(call, "format"));
  const ask = () =>
    askOne("Copy Preview As", (page) => page.pick({ prompt: "In which format?", items: formats }));
  const { format } = named ?? (await ask());
  await previews.perform({ command: "copy", format });
}
