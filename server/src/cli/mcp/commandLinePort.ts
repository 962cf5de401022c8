// The files and the account that the tools of `ecs-daemon mcp` read: files below the given folders, the account of the
// call's options.

import { realpathSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { daemonServiceOf } from "../../core/language/previewSubject";
import type { Resource } from "../../core/resources/resource";
import { counted } from "../../core/text/counts";
import { validateInWorkspace } from "../../core/workspace/validateInWorkspace";
import type { CoverageReport } from "../../ecs/coverage/fleetReport";
import type { Connect } from "../../ecs/coverage/lookAtFleet";
import { EcsError, type EcsTarget } from "../../ecs/port";
import { coverageLook } from "../../tools/coverageLook";
import { type CheckedResource, type CoverageRequest, ToolError, type ToolPort } from "../../tools/toolPort";
import type { OptionValues } from "../command";
import { requireExpressions } from "../commands/preview";
import { collectDocuments } from "../files/documentFiles";
import { forgetModules, openTextOf, splitResource } from "../files/hostFiles";
import { createSenderLookup } from "../files/senderFiles";
import { confineReads } from "../files/textFiles";
import { createWorkspaceReader } from "../files/workspaceFiles";
import { readCluster } from "../input/clusterOption";
import { readDaemonPair } from "../input/daemonPair";
import { targetOf, withEcs } from "../input/target";
import { describeError } from "../output/remedyText";
import type { Terminal } from "../output/terminal";

export interface PortOptions {
  /** Absolute paths of folders: nothing outside of them is read. The first one is that of relative paths. */
  readonly roots: readonly string[];
  /** Target options of the command line. */
  readonly target: OptionValues;
  readonly terminal: Terminal;
}

/** Calls to ECS of one look, whatever the model asks for. */
const mostCalls = 2_000;
/** A port that reads everything anew; one for each call of a tool. */
export function commandLinePort({ roots, target, terminal }: PortOptions): ToolPort {
  const real = roots.map(realPath);
  const isInside = (path: string) => real.some((root) => isBelow(realPath(resolve(path)), root));
  confineReads(isInside);
  forgetModules();
  const [base = "."] = roots;
  const pathOf = (given: string): string => {
    const path = resolve(base, given);
    if (isInside(splitResource(path).path)) return path;
    throw new ToolError(`${given} is outside the folders that may be read: ${roots.join(", ")}.`);
  };
  const shown = (path: string): string => {
    const short = relative(base, resolve(path));
    return short.startsWith("..") || isAbsolute(short) ? path : short;
  };
  const account = targetOf(target, terminal);
  const hasAccount = Object.values(account).some((it) => it !== undefined);
  return {
    checkFile: async (path) => check(await collectDocuments([pathOf(path)], terminal), shown),
    checkText: async (name, text) => check(openTextOf(pathOf(name), text), shown),
    cluster: async (choice) => {
      if (choice === undefined) return undefined;
      const isName = hasAccount && !/\.jsonc?$/i.test(choice);
      const named = isName ? choice : pathOf(choice);
      return { cluster: await readCluster({ ...target, cluster: named }, terminal), label: choice };
    },
    daemon: async (taskDefinition, service) => {
      const pair = await readDaemonPair(pathOf(taskDefinition), {
        ...(service !== undefined && { service: pathOf(service) }),
      });
      const daemon = daemonServiceOf(pair);
      requireExpressions(daemon, pair);
      const documents = [pair.taskDefinition, ...(pair.service === undefined ? [] : [pair.service])];
      return { daemon, documents, notes: notesOf(pair, shown) };
    },
    coverage: async (request, signal) => {
      if (hasAccount) return coverageOf(account, request, terminal, signal);
      throw new ToolError(
        "No account is selected. The user has to start the server with --profile, --region or --endpoint-url.",
      );
    },
  };
}

function coverageOf(
  target: EcsTarget,
  request: CoverageRequest,
  terminal: Terminal,
  signal: AbortSignal | undefined,
): Promise<CoverageReport> {
  let calls = 0;
  const onCall = () => {
    calls += 1;
    if (calls > mostCalls) throw new EcsError("CallLimit", `More than ${mostCalls} calls are needed.`);
  };
  const connect: Connect = (it, use) => withEcs(it, terminal, use, onCall);
  return coverageLook({ connect, target, describe: describeError }, request, () => calls, signal);
}

function check(all: readonly Resource[], shown: (path: string) => string): readonly CheckedResource[] {
  const documents = all.filter((it) => it.kind !== undefined);
  const senderOf = createSenderLookup();
  const workspaceOf = createWorkspaceReader(documents);
  return documents.map((document) => ({
    file: shown(document.source.file),
    document,
    diagnostics: validateInWorkspace(document, () => workspaceOf(document), { sender: senderOf(document) }),
  }));
}

function notesOf(
  { found, candidates, service }: Awaited<ReturnType<typeof readDaemonPair>>,
  shown: (path: string) => string,
): readonly string[] {
  if (found !== undefined) return [`The service is that of ${found}.`];
  if (candidates.length === 0)
    return service === undefined ? ["No service file: a new service, on every instance."] : [];
  const files = candidates.map((it) => shown(it.source.file)).join(", ");
  return [
    `${counted(candidates.length, "service file")} may be meant: ${files}. Without 'service' no service file counts.`,
  ];
}

/** With every link followed; of a file that does not exist, that of its folder. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : resolve(realPath(folder), relative(folder, path));
  }
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
