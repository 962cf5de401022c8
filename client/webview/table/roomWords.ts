// What a task takes of an instance, and what it leaves there. No DOM here.

import { amountText, cpuText, memoryText } from "../../../server/src/core/text/counts";
import type { PreviewResult } from "../../../server/src/lsp/protocol/protocol";

/** CPU units and MiB. */
interface Size {
  readonly cpu: number;
  readonly memory: number;
}

/** What one task reserves; `undefined` where that depends on a value that is not known. */
export type Asked = PreviewResult["asks"];

/**
 * "100 CPU units and 512 MiB each; at least 412 MiB stay free", of instances with so little left: of what fewer more such
 * tasks would have room in.
 */
export function leavesAtLeast(asked: Asked, left: Size): string | undefined {
  const stays = asked === undefined ? undefined : remainder(asked, left);
  if (asked === undefined || stays === undefined) return undefined;
  const takes = sizes(asked);
  if (takes === "") return undefined;
  const isCpu = asked.cpu * stays.memory > asked.memory * stays.cpu || asked.memory === 0;
  const filter = isCpu ? "cpu" : "memory";
  const least = stays[filter];
  return `${takes} each; at least ${amountText(filter, least)} ${least === 1 ? "stays" : "stay"} free`;
}

/** "1,948 CPU units and 7,304 MiB stay free" once the task runs there; `undefined` where nobody knows. */
export function leaves(asked: Asked, left: Size): string | undefined {
  const stays = asked === undefined ? undefined : remainder(asked, left);
  return stays === undefined ? undefined : `${bothSizes(stays)} stay free`;
}

/** `undefined`: the task takes more than there is, so the numbers are not those that decided. */
function remainder(asked: Size, left: Size): Size | undefined {
  const stays = { cpu: left.cpu - asked.cpu, memory: left.memory - asked.memory };
  return stays.cpu < 0 || stays.memory < 0 ? undefined : stays;
}

const bothSizes = ({ cpu, memory }: Size) => `${cpuText(cpu)} and ${memoryText(memory)}`;

/** A size of 0 is not named. */
function sizes({ cpu, memory }: Size): string {
  return [...(cpu > 0 ? [cpuText(cpu)] : []), ...(memory > 0 ? [memoryText(memory)] : [])].join(" and ");
}
