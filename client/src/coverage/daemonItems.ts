import { countText } from "../../../server/src/core/text/counts";

/** Daemon services to choose one from that lacks room: the largest gap first, those without a gap by their names. */
export function daemonItems(
  services: readonly { readonly name: string; readonly running: number; readonly desired: number }[],
): readonly { readonly label: string; readonly description: string }[] {
  const gapOf = ({ running, desired }: (typeof services)[number]) => Math.max(0, desired - running);
  return [...services]
    .sort((left, right) => gapOf(right) - gapOf(left) || (left.name < right.name ? -1 : 1))
    .map(({ name, running, desired }) => ({
      label: name,
      description: `${countText(running)} of ${countText(desired)} running`,
    }));
}
