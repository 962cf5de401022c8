// Container instance ids in running text.

/** Ids of ECS are 32 digits: eight of them tell the instances of a cluster apart. Other ids stay what they are. */
export function shortId(id: string): string {
  return /^[0-9a-f]{32}$/.test(id) ? `${id.slice(0, 8)}…` : id;
}
