// workspace/executeCommand: what a client without the panel of the extension is shown as a file.

import {
  type ExecuteCommandParams,
  ExecuteCommandRequest,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowDocumentRequest,
  ShowMessageNotification,
} from "vscode-languageserver/node";
import { type ShownTextCommand, shownTextCommands } from "../base/capabilities";
import type { ServerContext } from "../base/context";
import { isFailure } from "../base/failure";
import { uriOfPath } from "../base/uris";
import { previewText } from "../preview/previewText";
import type { Failure } from "../protocol/protocol";
import { previewPlacementCommand } from "../protocol/protocol";
import { showTruthTableCommand } from "../protocol/truthTableProtocol";
import { truthTable } from "./truthTable";

type Arguments = { readonly textDocument: { readonly uri: string } };

interface ShownText {
  /** The name of the file. */
  readonly file: string;
  make(context: ServerContext, params: Arguments): Promise<{ readonly markdown: string } | Failure>;
}

const texts: Readonly<Record<ShownTextCommand, ShownText>> = {
  [showTruthTableCommand]: { file: "truth-table.md", make: truthTable },
  [previewPlacementCommand]: { file: "preview.md", make: previewText },
};

export function registerShownTexts(context: ServerContext): void {
  const { answers, fence } = context;
  answers.set(ExecuteCommandRequest.method, ({ command, arguments: words }: ExecuteCommandParams) => {
    const [uri, options] = words ?? [];
    const name = shownTextCommands.find((it) => it === command);
    const text = name === undefined ? undefined : texts[name];
    if (text === undefined || typeof uri !== "string")
      return new ResponseError(LSPErrorCodes.RequestFailed, `There is no command '${command}'.`);
    return fence.wait(command, null, () => show(context, text, { ...options, textDocument: { uri } }));
  });
}

/** Answers the text, whatever the client makes of the file. */
async function show(
  context: ServerContext,
  { file, make }: ShownText,
  params: Arguments,
): Promise<string | null> {
  const answer = await make(context, params);
  const { connection, environment, client } = context;
  if (isFailure(answer)) {
    void connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Error,
      message: answer.error.message,
    });
    return null;
  }
  if (client().showsDocuments) {
    const path = await environment.writeTemporary(file, answer.markdown);
    await connection.sendRequest(ShowDocumentRequest.type, { uri: uriOfPath(path), takeFocus: true });
  }
  return answer.markdown;
}
