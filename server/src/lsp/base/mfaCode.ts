// Where a profile needs the code of an MFA device, the person at the editor is asked for it.

import type { Connection } from "vscode-languageserver/node";
import { EcsError } from "../../ecs/port";
import { type MfaCodeAnswer, type MfaCodeParams, mfaCodeMethod } from "../protocol/accountProtocol";
import type { Environment } from "./environment";

/** The environment, with every connection to ECS asking the client. One that knows no such request has nobody to ask. */
export function askingForMfaCodes(environment: Environment, connection: Connection): Environment {
  const mfaCode = async (device: string): Promise<string> => {
    const params: MfaCodeParams = { device };
    let answer: MfaCodeAnswer | null;
    try {
      answer = await connection.sendRequest<MfaCodeAnswer | null>(mfaCodeMethod, params);
    } catch {
      throw new EcsError(
        "MfaCodeNeeded",
        `The profile needs the code of the MFA device ${device}, and this editor cannot ask for it.`,
        "Sign in with the AWS CLI first.",
      );
    }
    if (answer?.code) return answer.code;
    throw new EcsError("AbortError", "No MFA code was given.");
  };
  return { ...environment, connectEcs: (target) => environment.connectEcs(target, mfaCode) };
}
