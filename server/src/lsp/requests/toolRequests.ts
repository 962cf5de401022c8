// Answers the tools of an assistant in the editor: files of the workspace and open ones, the clusters that the user chose.

import { openResources } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import { withoutSecretParts } from "../../core/secrets/secretText";
import { validateInWorkspace } from "../../core/workspace/validateInWorkspace";
import { type EcsPort, isCancellation } from "../../ecs/port";
import { coverageLook } from "../../tools/coverageLook";
import { runTool } from "../../tools/runTool";
import { type CheckedResource, ToolError, type ToolPort } from "../../tools/toolPort";
import { onAsk, signalOf } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { failure, failureOf, isFailure } from "../base/failure";
import { candidatePaths, pathOfUri, uriOfPath } from "../base/uris";
import { deployTarget } from "../clusters/ecsTarget";
import { daemonOf } from "../preview/daemonPlacements";
import { previewSubject } from "../preview/preview";
import { requests } from "../protocol/customRequests";
import type { ClusterChoice, Failure } from "../protocol/protocol";
import type { ToolAnswer } from "../protocol/toolProtocol";
import { isBelow, isInsideFolders } from "../workspace/restrictedFiles";
import { pathsOf } from "../workspace/workspace";

export function registerTools(context: ServerContext): void {
  onAsk(context, requests.tool, async ({ name, input }, token): Promise<ToolAnswer> => {
    try {
      await context.ready();
      return { text: await runTool(String(name), Object(input), portOf(context), signalOf(token)) };
    } catch (error) {
      if (!isCancellation(error) && !(error instanceof ToolError)) throw error;
      return failure("tool", withoutSecretParts(error instanceof Error ? error.message : String(error)));
    }
  });
}

function portOf(context: ServerContext): ToolPort {
  const { index, clusters, settings } = context;
  const folders = () => pathsOf(index.folders());
  return {
    checkFile: async (path) => {
      const uri = await uriOf(context, path);
      return check(context, await resourcesOf(context, uri));
    },
    checkText: async (name, text) => {
      const uri = await uriOf(context, name);
      const file = uri.split("#")[0] ?? uri;
      return openResources(file, text).flatMap((document) => checkText(context, document));
    },
    cluster: async (choice) => {
      if (choice === undefined && clusters.chosen() === undefined) return undefined;
      const named = choice === undefined ? undefined : await clusterChoice(context, choice, settings.aws());
      return unlessFailure(await clusters.resolve(named, folders()));
    },
    daemon: async (taskDefinition, service) => {
      const subject = await previewSubject(context, {
        textDocument: { uri: await uriOf(context, taskDefinition) },
        ...(service !== undefined && { service: await uriOf(context, service) }),
      });
      const found = unlessFailure(subject);
      const documents = [found.taskDefinition, ...(found.service === undefined ? [] : [found.service])];
      return { daemon: daemonOf(found), documents, notes: [] };
    },
    coverage: async ({ clusters: named, daemons }, signal) => {
      const { cluster, target } = unlessFailure(deployTarget(context, undefined));
      let calls = 0;
      const look = {
        connect: async <T>(it: typeof target, use: (ecs: EcsPort) => Promise<T>) => {
          const ecs = await context.environment.connectEcs(it);
          try {
            return await use(ecs);
          } finally {
            calls += 1;
            ecs.close();
          }
        },
        target,
        describe: (error: unknown) => failureOf(error).error.message,
      };
      const request = { clusters: named.length === 0 ? [cluster] : named, daemons };
      return coverageLook(look, request, () => calls, signal);
    },
  };
}

function unlessFailure<T extends object>(answer: T | Failure): T {
  if (!isFailure(answer)) return answer;
  const { message, remedy = "" } = answer.error;
  throw new ToolError(`${message} ${remedy}`.trim());
}

/** The URI of an open document, or of a path inside of the workspace folders. */
async function uriOf({ documents, environment, index }: ServerContext, given: string): Promise<string> {
  if (documents.all(given).length > 0) return given;
  const folders = pathsOf(index.folders());
  const [file = "", ...more] = given.split("#");
  for (const path of candidatePaths(file, folders))
    if (await isInsideFolders(environment, path, folders))
      return [uriOfPath(path), ...more.map(encodeURIComponent)].join("#");
  throw new ToolError(`${given} is not in a folder of the workspace.`);
}

/** Those of a file; of a folder everything of ours below it. */
async function resourcesOf({ index }: ServerContext, uri: string): Promise<readonly Resource[]> {
  const own = index.all(uri);
  if (own.length > 0) return own;
  const folder = pathOfUri(uri);
  const below = index.workspace().documents.filter((it) => {
    const path = pathOfUri(it.source.file);
    return folder !== undefined && path !== undefined && isBelow(path, folder);
  });
  if (below.length > 0) return below;
  const loaded = await index.load(uri);
  return loaded === undefined ? [] : [loaded];
}

function check(context: ServerContext, all: readonly Resource[]): readonly CheckedResource[] {
  return all
    .filter((it) => it.kind !== undefined)
    .map((document) => ({
      file: shown(context, document.source.file),
      document,
      diagnostics: context.validate(document).diagnostics,
    }));
}

/** A text that is in no file: what is remembered of the file of its name stays as it is. */
function checkText(context: ServerContext, document: Resource): readonly CheckedResource[] {
  if (document.kind === undefined) return [];
  const { index } = context;
  const diagnostics = validateInWorkspace(document, index.workspace, { sender: index.senderOf(document) });
  return [{ file: shown(context, document.source.file), document, diagnostics }];
}

/** Relative to its workspace folder. */
function shown({ index }: ServerContext, uri: string): string {
  const path = pathOfUri(uri);
  if (path === undefined) return uri;
  const folder = pathsOf(index.folders()).find((it) => isBelow(path, it));
  return folder === undefined ? path : path.slice(folder.length).replace(/^[\\/]+/, "");
}

/** A file of the workspace, `local`, `aws`, or the name of a cluster in the account of the settings. */
async function clusterChoice(context: ServerContext, choice: string, aws: object): Promise<ClusterChoice> {
  if (choice === "local" || choice === "aws") return choice;
  if (/\.jsonc?$/i.test(choice)) return uriOf(context, choice);
  return { ...aws, kind: "aws", cluster: choice };
}
