// The keys that lead from one part of the panel to another.

/** F6 goes to the next part, with Shift to the one before; `/` to the filter, where nothing is typed. */
export function listenForParts(parts: readonly HTMLElement[], focusFilter: () => void): void {
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !isTyping(event.target)) focusFilter();
    else if (event.key === "F6") focusPart(parts, event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || "value" in target);
}

function focusPart(parts: readonly HTMLElement[], by: number): void {
  const at = parts.findIndex((it) => it.contains(document.activeElement));
  const part = parts[(Math.max(0, at) + by + parts.length) % parts.length];
  const stop =
    part?.querySelector<HTMLElement>("[role=treegrid]") ??
    part?.querySelector<HTMLElement>("button:enabled, [tabindex='0'], input, select");
  stop?.focus();
}
