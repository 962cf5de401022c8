// Runs the real AWS CLI, every version that is installed, against an endpoint of this machine.

import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

export interface AwsCli {
  readonly program: string;
  /** `aws-cli/2.9.19` */
  readonly version: string;
}

/** No account, no profile, no pager: nothing of the machine's own configuration gets in. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  return {
    ...Object.fromEntries(kept),
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
  };
}

function versionOf(program: string): string | undefined {
  try {
    const text = execFileSync(program, ["--version"], { encoding: "utf8", env: cleanEnvironment() });
    return /aws-cli\/[\d.]+/.exec(text)?.[0];
  } catch {
    return undefined;
  }
}

/** One program for each version on PATH and in /usr/bin (where Debian puts version 2). Throws if there is none. */
export function findAwsClis(): readonly AwsCli[] {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin"];
  const programs = new Set(folders.map((it) => join(it, "aws")).filter((it) => existsSync(it)));
  const byVersion = new Map<string, AwsCli>();
  for (const program of programs) {
    const version = versionOf(program);
    if (version !== undefined && !byVersion.has(version)) byVersion.set(version, { program, version });
  }
  if (byVersion.size === 0) {
    throw new Error("There is no AWS CLI. Install it: apt-get install awscli, or pip install awscli.");
  }
  return [...byVersion.values()];
}

export interface CliResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `aws ecs ARGUMENTS --endpoint-url URL`. */
export function runAwsEcs(cli: AwsCli, url: string, arguments_: readonly string[]): Promise<CliResult> {
  const all = ["ecs", ...arguments_, "--endpoint-url", url, "--output", "json"];
  return new Promise((resolve) => {
    execFile(cli.program, all, { encoding: "utf8", env: cleanEnvironment() }, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ status, stdout, stderr });
    });
  });
}

/** The JSON that the command prints; throws with its complaint if it fails. */
export async function awsEcs<T>(cli: AwsCli, url: string, ...arguments_: readonly string[]): Promise<T> {
  const { status, stdout, stderr } = await runAwsEcs(cli, url, arguments_);
  if (status !== 0) throw new Error(`aws ecs ${arguments_[0]} exited with ${status}: ${stderr.trim()}`);
  return JSON.parse(stdout) as T;
}
