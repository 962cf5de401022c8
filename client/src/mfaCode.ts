// The server asks for the code of an MFA device where a profile needs one.

import { window } from "vscode";
import { printable } from "../../server/src/core/text/printable";
import type { MfaCodeAnswer, MfaCodeParams } from "../../server/src/lsp/protocol/protocol";

/** Null where the box was dismissed: then what needed the code is cancelled. */
export async function askMfaCode({ device }: MfaCodeParams): Promise<MfaCodeAnswer> {
  const code = await window.showInputBox({
    title: "MFA Code",
    prompt: `The code that ${printable(device)} shows now`,
    placeHolder: "123456",
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (/^\d{6}$/.test(text.trim()) ? undefined : "A code has six digits."),
  });
  return { code: code?.trim() ?? null };
}
