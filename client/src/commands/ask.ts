// What a command has to know, taken from its call, else from what is at hand, else asked for.

import { CancellationError, commands, type TextDocument, Uri, window } from "vscode";
import { isHostFile } from "../../../server/src/core/resources/kinds/kindSigns";
import type { ClusterChoice, DocumentKind } from "../../../server/src/lsp/protocol/protocol";
import { readClusterChoice } from "../cluster/clusterChoice";
import { resolvePath } from "../cluster/clusterStore";
import { lookAt } from "../documentKind";
import { isFailure, showFailure } from "../failures";
import { notify } from "../notify";
import { isHosted, kindAtFirstSight } from "../relevance";
import { fileUri } from "../resourceUri";
import type { Session } from "../session";
import { type CallArguments, isAnsweredByCall, textOption } from "./callArguments";
import { commandId } from "./commandIds";
import { fileItem } from "./fileItem";
import { askOne } from "./wizard";

const jsonLanguages: readonly string[] = ["json", "jsonc"];
/** With these too, a command is about expressions as well. */
export const jsonAndQueryLanguages: readonly string[] = [...jsonLanguages, "ecs-query"];
/** A command that is about a resource of a template or Terraform file. */
export const hostLanguages: readonly string[] = ["yaml", "cloudformation", "terraform", "opentofu", "json"];
/** A snapshot or fleet file is what one deploys to, not what one deploys. */
const clusterKinds: readonly (DocumentKind | undefined)[] = ["clusterSnapshot", "fleet"];

/** The URI, as text, of the document a command is about: a task definition or service file, or one of `languages`. */
export async function askDocument(
  session: Session,
  call: CallArguments,
  languages: readonly string[] = jsonLanguages,
): Promise<string> {
  const named = call.uri ?? textOption(call, "uri");
  const isByProgram = isAnsweredByCall(call);
  if (named !== undefined) return isByProgram ? resolvePath(named) : oneResource(session, resolvePath(named));
  const active = documentAtHand(session, languages);
  if (active !== undefined) return oneResource(session, await resourceUnderCursor(session, active));
  const takesQueries = languages.includes("ecs-query");
  const files = await listFiles(session, [
    "taskDefinition",
    "service",
    "daemonTaskDefinition",
    "daemon",
    ...(takesQueries ? ["query" as const] : []),
  ]);
  if (files.length === 0) return offerNewDaemon();
  const title = takesQueries ? "Task definition, service or query file" : "Task definition or service file";
  const items = files.map(fileItem).sort(byLabel);
  const picked = await askOne(title, (page) => page.pick({ prompt: "Which file?", items }));
  return picked.uri.toString();
}

/** The files of the workspace that are of these kinds by their content, whatever they are called. */
async function listFiles({ server }: Session, kinds: readonly DocumentKind[]): Promise<readonly Uri[]> {
  const answer = await server.request("listDocuments", { kinds });
  // What is in a template or module is deployed with its own tool; a preview is of anything.
  const takesHosted = kinds.includes("query");
  if (!isFailure(answer))
    return answer.documents.flatMap(({ uri, host }) =>
      host === undefined || takesHosted ? [Uri.parse(uri)] : [],
    );
  showFailure(answer);
  throw new CancellationError();
}

/**
 * The document in front of the user: in the active editor, behind the active preview, or, where something else is active
 * (a truth table, say), the only one on view.
 */
export function documentAtHand(
  session: Session,
  languages: readonly string[] = jsonLanguages,
): string | undefined {
  const active = window.activeTextEditor?.document;
  if (active !== undefined) return isOurs(active, languages) ? active.uri.toString() : undefined;
  const previewed = session.previews.active?.uri;
  if (previewed !== undefined) return previewed;
  const onView = window.visibleTextEditors.map((it) => it.document).filter((it) => isOurs(it, languages));
  const [only, ...others] = new Set(onView.map((it) => it.uri.toString()));
  return others.length === 0 ? only : undefined;
}

/** In a file with several resources the one that the cursor is in; else the file. */
async function resourceUnderCursor({ server }: Session, uri: string): Promise<string> {
  const editor = window.activeTextEditor;
  if (editor === undefined || editor.document.uri.toString() !== uri || !isHosted(lookAt(editor.document)))
    return uri;
  const { line, character } = editor.selection.active;
  const answer = await server.request("documentKind", {
    textDocument: { uri },
    position: { line, character },
  });
  return isFailure(answer) ? uri : (answer.resource ?? uri);
}

/** Of a template or module with several resources the one that is picked; any other file as it is. */
async function oneResource({ server }: Session, uri: string): Promise<string> {
  const file = fileUri(uri);
  if (file !== uri || !isHostFile(file)) return uri;
  const answer = await server.request("listDocuments", { kinds: ["taskDefinition", "service"] });
  if (isFailure(answer)) return uri;
  const own = answer.documents.filter((it) => it.uri !== uri && fileUri(it.uri) === uri);
  if (own.length < 2) return uri;
  const items = own.map((it) => fileItem(Uri.parse(it.uri))).sort(byLabel);
  const picked = await askOne("Resource", (page) => page.pick({ prompt: "Which resource?", items }));
  return picked.uri.toString();
}

function isOurs(document: TextDocument, languages: readonly string[]): boolean {
  // A preview is of whatever has a placement, in any format.
  if (languages !== jsonLanguages && isHosted(lookAt(document))) return true;
  if (!languages.includes(document.languageId)) return false;
  const kind = kindAtFirstSight(lookAt(document));
  return kind !== undefined && !clusterKinds.includes(kind);
}

/** The cluster that the call names, else the chosen one; where there is none, the user chooses. */
export async function askCluster(session: Session, call: CallArguments): Promise<ClusterChoice> {
  const chosen = namedCluster(call) ?? session.clusters.current;
  if (chosen !== undefined) return chosen;
  await commands.executeCommand(commandId("selectCluster"));
  return given(session.clusters.current);
}

/** The cluster that the call names, its path resolved. */
export function namedCluster(call: CallArguments): ClusterChoice | undefined {
  const choice = readClusterChoice(call.options.cluster);
  return typeof choice === "string" && choice !== "local" ? resolvePath(choice) : choice;
}

/** The picked value; a dismissed box cancels the command without a word. */
export function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new CancellationError();
  return value;
}

export function byLabel(a: { readonly label: string }, b: { readonly label: string }): number {
  return a.label.localeCompare(b.label);
}

async function offerNewDaemon(): Promise<never> {
  const create = "New Daemon Service";
  const text = "No task definition or service file was found in the workspace.";
  void notify.information(text, create).then((picked) => {
    if (picked === create) void commands.executeCommand(commandId("newDaemon"));
  });
  throw new CancellationError();
}
