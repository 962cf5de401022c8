// Puts the JSON on the clipboard that a resource of a template or Terraform file describes; what is not known is asked for.

import { env } from "vscode";
import type { ResourceInputAnswer } from "../../../server/src/lsp/protocol/protocol";
import { isFailure, shown } from "../failures";
import { notify } from "../notify";
import type { Session } from "../session";
import { askDocument, hostLanguages } from "./ask";
import { type CallArguments, isRecord } from "./callArguments";
import { askOne } from "./wizard";

/** Options: `values`, by the names that the file has for them. Returns the JSON as text and what it was made with. */
export async function copyAsTaskDefinition(
  session: Session,
  call: CallArguments,
): Promise<ResourceInputAnswer> {
  const uri = await askDocument(session, call, hostLanguages);
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(isRecord(call.options.values) ? call.options.values : {}))
    if (typeof value === "string") values[name] = value;
  for (;;) {
    const answer = await session.server.request("resourceInput", { textDocument: { uri }, values });
    if (isFailure(answer)) return shown(answer);
    const name = answer.unknown.find((it) => values[it] === undefined);
    if (name === undefined) return copy(answer);
    values[name] = await askValue(name, answer.resource);
  }
}

function askValue(name: string, resource: string): Promise<string> {
  return askOne(`Values of ${resource}`, (page) =>
    page.text({ prompt: `Value of ${name}`, placeHolder: "The value at deployment" }),
  );
}

async function copy(answer: Exclude<ResourceInputAnswer, { readonly error: unknown }>) {
  await env.clipboard.writeText(answer.json);
  const what = answer.kind === "service" ? "service" : "task definition";
  const left = answer.unknown.length === 0 ? "" : ` Without ${answer.unknown.join(", ")}.`;
  const defaults = answer.defaults.map((it) => `${it.name}, ${it.value}`).join("; ");
  const made = defaults === "" ? "" : ` With the defaults of ${defaults}.`;
  void notify.information(`The JSON of the ${what} ${answer.resource} is on the clipboard.${left}${made}`);
  return answer;
}
