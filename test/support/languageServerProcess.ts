// The process of the language server that a browser VS Code started for its extension.

import { execFileSync } from "node:child_process";
import { dirname, join, sep } from "node:path";
import type { Editor } from "./editor";

/** The ids of the language server processes of this editor alone. */
export function languageServerProcesses(editor: Pick<Editor, "workspace">): readonly number[] {
  const extensions = join(dirname(editor.workspace), "extensions") + sep;
  const script = join("dist", "server.js");
  return execFileSync("ps", ["-A", "-ww", "-o", "pid=,args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(extensions) && line.includes(script))
    .map((line) => Number.parseInt(line, 10));
}
