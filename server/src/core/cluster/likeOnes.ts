// One object for many that are equal, found without making anything: a large cluster has thousands of instances and few
// kinds of them.

/** With so many of one hash, or in all, hardly two are equal: the rest is not shared. */
const mostOfHash = 8;
const mostOfAll = 1000;

/** The object of that hash that is like the one in question, else a new one. */
export type LikeOnes<T> = (hash: number, isLike: (it: T) => boolean, make: () => T) => T;

export function likeOnes<T>(): LikeOnes<T> {
  const byHash = new Map<number, T[]>();
  let count = 0;
  return (hash, isLike, make) => {
    const known = byHash.get(hash);
    if (known !== undefined) for (const it of known) if (isLike(it)) return it;
    const fresh = make();
    if (count === mostOfAll || (known !== undefined && known.length === mostOfHash)) return fresh;
    count += 1;
    if (known === undefined) byHash.set(hash, [fresh]);
    else known.push(fresh);
    return fresh;
  };
}

/** The hash with a text more. Where texts differ it is at the ends or in the middle: zones, sizes, addresses. */
export function mixed(hash: number, text: string): number {
  const { length } = text;
  const ends = text.charCodeAt(0) * 961 + text.charCodeAt(length >> 1) * 31 + text.charCodeAt(length - 1);
  return (Math.imul(hash, 31) + ends * 31 + length) | 0;
}
