// Asks which service goes with a task definition, or which task definition with a service, and remembers the answer for
// the workspace: lens, hint, preview, deployment, verification and copied commands all count with it.

import type { QuickPickItem } from "vscode";
import type {
  DeployStepName,
  PairingAnswer,
  TextDocumentReference,
} from "../../../server/src/lsp/protocol/protocol";
import { resolvePath } from "../cluster/clusterStore";
import { isFailure, shown } from "../failures";
import { parsedFileUri } from "../resourceUri";
import type { Session } from "../session";
import { askDocument } from "./ask";
import { type CallArguments, isAnsweredByCall, textOption } from "./callArguments";
import { fileItem } from "./fileItem";
import { askOne } from "./wizard";

type Pairing = Exclude<PairingAnswer, { readonly error: unknown }>;

interface Item extends QuickPickItem {
  /** Stores the answer. */
  readonly choose: () => Promise<void>;
}

/**
 * Options: `service` (a service file, or `null` for a new service, on every instance), `taskDefinition` (for a service
 * file); with one of them nothing is asked. Returns what a preview of the document is of from now on.
 */
export async function chooseService(session: Session, call: CallArguments): Promise<PairingAnswer> {
  const uri = await askDocument(session, call);
  const service = serviceOption(call);
  const taskDefinition = textOption(call, "taskDefinition");
  if (service !== undefined) await session.pairs.choose({ taskDefinition: uri, service });
  else if (taskDefinition !== undefined)
    await session.pairs.choose({ taskDefinition: resolvePath(taskDefinition), service: uri });
  else {
    const pairing = await session.server.request("pairing", { textDocument: { uri } });
    if (isFailure(pairing)) return shown(pairing);
    await ask(session, uri, pairing);
  }
  return session.server.request("pairing", { textDocument: { uri } });
}

/**
 * Asks before a preview or deployment of a document where several files could be meant. A call with options is never
 * asked: the server answers it with a failure that names them, or with a preview that lists them.
 */
export async function decidePairing(
  session: Session,
  call: CallArguments,
  uri: string,
  steps: readonly DeployStepName[] = ["register", "createService", "verify"],
): Promise<void> {
  if (uri === "" || isAnsweredByCall(call)) return;
  const pairing = await session.server.request("pairing", { textDocument: { uri } });
  if (isFailure(pairing) || pairing.by !== "undecided") return;
  // To register a task definition needs no service, to create or verify a service no file of its task definition.
  const isNeeded =
    pairing.of === "service" ? steps.includes("register") : steps.some((it) => it !== "register");
  if (isNeeded) await ask(session, uri, pairing);
}

/** The option `service`: a path or URI of a service file as a URI, `null` for a new service; `undefined` without it. */
function serviceOption(call: CallArguments): string | null | undefined {
  if (call.options.service === null) return null;
  const service = textOption(call, "service");
  return service === undefined ? undefined : resolvePath(service);
}

/** The service of a call for a request: named by an option, else what the workspace decides. */
export function serviceReference(call: CallArguments): Pick<TextDocumentReference, "service"> {
  const service = serviceOption(call);
  return service === undefined ? {} : { service };
}

async function ask(session: Session, uri: string, pairing: Pairing): Promise<void> {
  const isService = pairing.of === "service";
  const items = isService ? definitionItems(session, uri, pairing) : serviceItems(session, uri, pairing);
  const title = isService ? "Task Definition of the Service" : "Service of the Task Definition";
  const prompt = isService
    ? "Which task definition does the service run?"
    : "Which service should the preview and the deployment use?";
  const picked = await askOne(title, (page) => page.pick({ prompt, items }));
  await picked.choose();
}

function serviceItems({ pairs }: Session, taskDefinition: string, pairing: Pairing): readonly Item[] {
  const files = pairing.candidates.map(({ uri, name }) => ({
    ...itemOf(uri),
    detail: `Service ${name}`,
    choose: () => pairs.choose({ taskDefinition, service: uri }),
  }));
  const fresh: Item = {
    label: `$(add) New service ${pairing.newService}, on every instance`,
    choose: () => pairs.choose({ taskDefinition, service: null }),
  };
  return [...files, fresh, ...automaticItem(pairs, taskDefinition, pairing)];
}

function definitionItems({ pairs }: Session, service: string, pairing: Pairing): readonly Item[] {
  const files = pairing.candidates.map(({ uri }) => ({
    ...itemOf(uri),
    choose: () => pairs.choose({ taskDefinition: uri, service }),
  }));
  return [...files, ...automaticItem(pairs, service, pairing)];
}

function automaticItem(pairs: Session["pairs"], uri: string, { by }: Pairing): readonly Item[] {
  if (by !== "chosen") return [];
  return [
    {
      label: "$(discard) Automatic",
      description: "clear the selection; ask where there are several",
      choose: () => pairs.forget(uri),
    },
  ];
}

function itemOf(uri: string): Pick<Item, "label" | "description"> {
  const { label, description } = fileItem(parsedFileUri(uri));
  return { label, description };
}
