// Runs the built command line as a process, as a user does.

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { AnyAnswer } from "./localEndpoint";
import { projectRoot } from "./paths";

export const builtFolder = process.env.DIST_DIR ?? join(projectRoot, "dist");
const program = join(builtFolder, "cli.js");

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output read as JSON; throws where it is none. */
  json(): AnyAnswer;
}

/** An environment without any AWS configuration: what the machine has must not get in. */
export function plainEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|NODE_TEST_CONTEXT$)/.test(name));
  return {
    ...Object.fromEntries(kept),
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    ...more,
  };
}

export interface RunOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs `ecs-daemon WORDS` to its end. */
export function runCli(words: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
  return launchCli(words, options).result;
}

export interface LaunchedCli {
  readonly process: ChildProcess;
  readonly result: Promise<CommandResult>;
}

/** Starts `ecs-daemon WORDS` and collects what it says. */
export function launchCli(words: readonly string[], options: RunOptions = {}): LaunchedCli {
  const child = start(words, options);
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  const result = ended(child).then((code) => ({ code, ...output, json: () => JSON.parse(output.stdout) }));
  return { process: child, result };
}

export interface RunningCli {
  readonly process: ChildProcess;
  /** The first line of standard output. */
  readonly firstLine: string;
  readonly ended: Promise<number | null>;
}

/** Starts `ecs-daemon WORDS`, which prints a line when it is ready, and ends it after the test. */
export async function startCli(
  test: TestContext,
  words: readonly string[],
  options: RunOptions = {},
): Promise<RunningCli> {
  const child = start(words, options);
  const end = ended(child);
  test.after(async () => {
    child.kill("SIGKILL");
    await end;
  });
  let text = "";
  const firstLine = await new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")));
    });
    child.stderr?.resume();
    child.once("close", () => reject(new Error(`It ended before it was ready: ${words.join(" ")}`)));
  });
  return { process: child, firstLine, ended: end };
}

function start(words: readonly string[], { cwd = projectRoot, environment }: RunOptions): ChildProcess {
  return spawn(process.execPath, [program, ...words], {
    cwd,
    env: plainEnvironment(environment),
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code));
  });
}
