// Helps with an expression that is typed into the preview panel, and writes it into a file when the user asks for that.

import { addConstraint } from "../../core/language/expressions/addConstraint";
import { expressionHelp } from "../../core/language/expressions/expressionHelp";
import { familyOf, serviceNamesOf } from "../../core/resources/documentNames";
import { isTaskDefinition } from "../../core/resources/kinds/registry";
import { applyChanges } from "../../core/simulation/clusterChanges";
import { readChanges } from "../../core/simulation/readChanges";
import { readTrial } from "../../core/simulation/trialConstraint";
import { onAsk } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { toLspEdit } from "../base/convert";
import { failure, isFailure } from "../base/failure";
import { readPreviewed, searchFolders } from "../preview/preview";
import { requests } from "../protocol/customRequests";
import type {
  AddConstraintAnswer,
  AddConstraintParams,
  ExpressionAnswer,
  ExpressionParams,
} from "../protocol/expressionProtocol";
import { undecided } from "../workspace/pairing";
import { pathsOf } from "../workspace/workspace";

export function registerExpression(context: ServerContext): void {
  onAsk(context, requests.expression, (params) => help(context, params));
  onAsk(context, requests.addConstraint, (params) => add(context, params));
}

/** Ten times what ECS takes: of more than that, this much is told to be too long. */
const mostCharacters = 20_000;

async function help(context: ServerContext, params: ExpressionParams): Promise<ExpressionAnswer> {
  const text = String(params.text ?? "").slice(0, mostCharacters);
  const { index, documents, settings, clusters } = context;
  await index.ready();
  const document = documents.get(params.textDocument.uri);
  const folders = document === undefined ? pathsOf(index.folders()) : searchFolders(context, document);
  const found = await clusters.resolve(params.cluster, folders);
  const { changes } = readChanges(params.changes);
  const all = index.workspace().documents;
  return expressionHelp(text, Math.min(Math.max(0, Math.trunc(Number(params.offset) || 0)), text.length), {
    cluster: isFailure(found)
      ? undefined
      : changes.length === 0
        ? found.cluster
        : applyChanges(found.cluster, changes).cluster,
    serviceNames: all.flatMap((it) => serviceNamesOf(it)?.service?.name ?? []),
    families: all.flatMap((it) => familyOf(it)?.name ?? []),
    severities: settings.severities(),
  });
}

/** The service's file is the place for it; without one, the task definition takes constraints too. */
async function add(context: ServerContext, params: AddConstraintParams): Promise<AddConstraintAnswer> {
  const trial = readTrial(params.trial);
  if (trial === undefined) return failure("cannot-add", "There is no expression to add.");
  const found = await readPreviewed(context, params);
  if (isFailure(found)) return found;
  const open = found.pairing === undefined ? undefined : undecided(found.pairing);
  if (open !== undefined) return open;
  const document = found.service ?? found.documents.find(isTaskDefinition);
  if (document === undefined)
    return failure(
      "cannot-add",
      "A query file has no placement constraints.",
      "Copy the expression instead.",
    );
  const edits = addConstraint(document, trial.expression, trial.replaces === true);
  if (typeof edits === "string") return failure("cannot-add", edits, "Copy the constraint instead.");
  return { uri: document.source.file, edits: edits.map((it) => toLspEdit(document, it)) };
}
