/**
 * A file's name after as many of its folders as tell it from the other files: `agent.json`, or `west/agent.json` next to
 * `east/agent.json`.
 * @param path a path or URI with slashes
 * @param others those that it is shown with; the file itself may be among them
 */
export function distinctName(path: string, others: readonly string[]): string {
  const parts = path.split("/");
  for (let from = parts.length - 1; from > 0; from--) {
    const name = parts.slice(from).join("/");
    if (!others.some((it) => it !== path && `/${it}`.endsWith(`/${name}`))) return name;
  }
  return path;
}
