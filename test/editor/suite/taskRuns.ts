// A task of the extension's type as it stands in tasks.json, really run.

import assert from "node:assert/strict";
import { join } from "node:path";
import { tasks, Uri, workspace } from "vscode";
import { eventually, type Suite } from "./runner";

/** The command line as `npm run build` writes it. */
const commandLine = join(__dirname, "..", "..", "..", "..", "dist", "cli.js");

export function taskTests({ test }: Suite): void {
  test("a task of tasks.json runs the command that it names, and ends with its exit code", async () => {
    const folder = workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const file = Uri.joinPath(folder, ".vscode", "tasks.json");
    const command = [process.execPath, commandLine];
    const written = { type: "ecs-daemon", task: "validate", command, label: "broken", paths: ["broken"] };
    await workspace.fs.writeFile(
      file,
      new TextEncoder().encode(JSON.stringify({ version: "2.0.0", tasks: [written] })),
    );
    try {
      assert.equal(await exitCodeOf("broken"), 1);
    } finally {
      await workspace.fs.delete(Uri.joinPath(folder, ".vscode"), { recursive: true });
    }
  });
}

/** Runs the task with that name as soon as VS Code has read it. */
async function exitCodeOf(label: string): Promise<number | undefined> {
  const found = await eventually(`the task ${label} is read`, async () =>
    (await tasks.fetchTasks({ type: "ecs-daemon" })).find((it) => it.name === label),
  );
  const ended = new Promise<number | undefined>((resolve) => {
    const listening = tasks.onDidEndTaskProcess((event) => {
      if (event.execution.task.name !== label) return;
      listening.dispose();
      resolve(event.exitCode);
    });
  });
  await tasks.executeTask(found);
  return ended;
}
