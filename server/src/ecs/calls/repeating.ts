// Which calls may be repeated where their answer was lost.

import { EcsError } from "../port";

/** False for commands of the SDK that do something more where they are carried out twice. */
export function mayBeRepeated(command: unknown, input: object): boolean {
  // An update of a daemon replaces instances each time.
  const once = [
    "RegisterTaskDefinitionCommand",
    "RegisterDaemonTaskDefinitionCommand",
    "UpdateDaemonCommand",
  ];
  if (once.includes(String(command))) return false;
  return !(command === "UpdateServiceCommand" && "forceNewDeployment" in input && input.forceNewDeployment);
}

/** Whether an operation of ECS changes anything: for one that reads, a lost answer is nothing to look after. */
export const changes = (operation: string): boolean => !/^(?:Describe|List|Get)/.test(operation);

/** Whether ECS may have carried out a call although nothing, or nothing readable, came back. */
export function isLostAnswer(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof EcsError) return false;
  const code = "code" in error ? error.code : undefined;
  if (code === "ECONNRESET" || code === "EPIPE" || code === "ETIMEDOUT") return true;
  if (error.name === "TimeoutError" || error.name === "SyntaxError") return true;
  const { $metadata: answer } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return (answer?.httpStatusCode ?? 0) >= 500;
}
