// The task type `ecs-daemon`: validates the files of a folder with the command line, for a build or before a commit.

import {
  type Disposable,
  type ExtensionContext,
  ShellExecution,
  Task,
  type TaskDefinition,
  TaskGroup,
  TaskScope,
  tasks,
  type WorkspaceFolder,
  workspace,
} from "vscode";

const type = "ecs-daemon";
const matcher = "$ecs-daemon";

/** Offers one task for each workspace folder, and completes those of `tasks.json`. */
export function registerValidateTask({ extension }: ExtensionContext): Disposable {
  const version: unknown = extension.packageJSON.version;
  const usual = ["npx", "--yes", `ecs-daemon@${version}`];
  return tasks.registerTaskProvider(type, {
    provideTasks: () =>
      (workspace.workspaceFolders ?? []).map((it) => taskOf({ type, task: "validate" }, it, usual)),
    resolveTask: ({ definition, scope }) => {
      const folder = typeof scope === "object" ? scope : workspace.workspaceFolders?.[0];
      return definition.task === "validate" ? taskOf(definition, folder, usual) : undefined;
    },
  });
}

function taskOf(
  definition: TaskDefinition,
  folder: WorkspaceFolder | undefined,
  usual: readonly string[],
): Task {
  const [program = "", ...words] = textsOf(definition.command, usual);
  const args = [...words, "validate", ...textsOf(definition.paths, ["."]), "--format", "lines"];
  const task = new Task(
    definition,
    folder ?? TaskScope.Workspace,
    "validate",
    "ECS Daemon",
    new ShellExecution(program, args),
    matcher,
  );
  task.group = TaskGroup.Test;
  task.detail = "Validate the Amazon ECS files of the folder";
  return task;
}

/** What a person wrote in `tasks.json`. */
function textsOf(value: unknown, usual: readonly string[]): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return usual;
  return value.map(String);
}
