// The chosen cluster of this workspace: a choice made by command, remembered, else what the settings name.

import { type Event, EventEmitter, type ExtensionContext, Uri, workspace } from "vscode";
import { shownEndpoint } from "../../../server/src/core/text/loopbackEndpoint";
import type { ClusterChoice, Failure } from "../../../server/src/lsp/protocol/protocol";
import { showFailure } from "../failures";
import { notify } from "../notify";
import { storedTexts } from "../storedValues";
import {
  type ClusterSettings,
  clusterOfSettings,
  endpointToApprove,
  readStoredChoice,
  type StoredChoice,
  storedChoice,
} from "./clusterChoice";

export interface ClusterStore {
  readonly current: ClusterChoice | undefined;
  /** `undefined` forgets the choice: the settings count again. */
  choose(choice: ClusterChoice | undefined): Promise<void>;
  readonly onDidChange: Event<ClusterChoice | undefined>;
}

const stateKey = "ecsDaemon.cluster";
/** Endpoints of the workspace's settings that the user agreed to. */
const approvedKey = "ecsDaemon.approvedEndpoints";

export function createClusterStore(context: ExtensionContext): ClusterStore {
  const changed = new EventEmitter<ClusterChoice | undefined>();
  let warned = false;
  const stored = (): StoredChoice => {
    const found = readStoredChoice(context.workspaceState.get(stateKey));
    if ("unknownVersion" in found && !warned) {
      warned = true;
      showFailure(otherVersion(found.unknownVersion));
    }
    return found;
  };
  const current = () => {
    const found = stored();
    return ("choice" in found ? found.choice : undefined) ?? agreed(ofSettings());
  };
  const asked = new Set<string>();
  const agreed = (choice: ClusterChoice | undefined) => {
    const approved = storedTexts(context.workspaceState.get(approvedKey));
    const endpoint = endpointToApprove(choice, endpointOfWorkspace(), approved);
    if (endpoint === undefined) return choice;
    if (!asked.has(endpoint)) {
      asked.add(endpoint);
      void askForEndpoint(endpoint).then(async (isAgreed) => {
        if (!isAgreed) return;
        await context.workspaceState.update(approvedKey, [...approved, endpoint]);
        changed.fire(current());
      });
    }
    return undefined;
  };
  context.subscriptions.push(
    changed,
    workspace.onDidChangeConfiguration(async (event) => {
      if (!event.affectsConfiguration("ecsDaemon.cluster") && !event.affectsConfiguration("ecsDaemon.aws"))
        return;
      // Whoever edits the setting wants it to hold, whatever was picked before.
      // What another version stored is left for it.
      if (event.affectsConfiguration("ecsDaemon.cluster") && "choice" in stored())
        await context.workspaceState.update(stateKey, undefined);
      changed.fire(current());
    }),
    workspace.onDidGrantWorkspaceTrust(() => changed.fire(current())),
  );
  return {
    get current() {
      return current();
    },
    choose: async (choice) => {
      await context.workspaceState.update(stateKey, choice === undefined ? undefined : storedChoice(choice));
      changed.fire(current());
    },
    onDidChange: changed.event,
  };
}

/** The settings that describe a cluster, as the user set them. */
export function readClusterSettings(): ClusterSettings {
  const settings = workspace.getConfiguration("ecsDaemon");
  return {
    cluster: settings.get("cluster", ""),
    aws: {
      cluster: settings.get("aws.cluster", "default"),
      profile: settings.get("aws.profile", ""),
      region: settings.get("aws.region", ""),
      endpointUrl: settings.get("aws.endpointUrl", ""),
    },
  };
}

/** A path as text that any process understands: a relative one starts at the first workspace folder. */
export function resolvePath(path: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]+:/.test(path)) return path;
  const folder = workspace.workspaceFolders?.[0];
  const isAbsolute = path.startsWith("/") || path.startsWith("\\\\") || /^[A-Za-z]:[/\\]/.test(path);
  if (isAbsolute || folder === undefined) return Uri.file(path).toString();
  return Uri.joinPath(folder.uri, path).toString();
}

function ofSettings(): ClusterChoice | undefined {
  return clusterOfSettings(readClusterSettings(), workspace.isTrusted, resolvePath);
}

/** What the workspace itself names, not the user's own settings. */
function endpointOfWorkspace(): string | undefined {
  const found = workspace.getConfiguration("ecsDaemon").inspect<string>("aws.endpointUrl");
  return found?.workspaceFolderValue ?? found?.workspaceValue;
}

const useEndpoint = "Use This Endpoint";

async function askForEndpoint(endpoint: string): Promise<boolean> {
  const answer = await notify.warning(
    `The settings of this workspace send requests signed with your AWS credentials to ${shownEndpoint(endpoint)}.`,
    useEndpoint,
    "Don't Use",
  );
  return answer === useEndpoint;
}

function otherVersion(version: string): Failure {
  return {
    error: {
      code: "no-cluster",
      message: `The cluster of this workspace was chosen with another version of ECS Daemon, whose form ${version} this one cannot read.`,
      remedy: "Until a cluster is selected, the settings count.",
    },
  };
}
