// The extension's commands, called as a key binding or a task calls them, with the types of their results.

import { commands, extensions } from "vscode";
import type {
  AddLocalInstancesAnswer,
  AwsCliAnswer,
  CompareAnswer,
  DeleteAttributesAnswer,
  DeleteServiceAnswer,
  DeployAnswer,
  Failure,
  ManagedDeleteAnswer,
  ManagedDeployAnswer,
  ManagedVerifyAnswer,
  PreviewAnswer,
  PutAttributesAnswer,
  StartLocalAnswer,
} from "../../../server/src/lsp/protocol/protocol";

interface Answers {
  readonly previewPlacement: PreviewAnswer;
  readonly registerTaskDefinition: DeployAnswer;
  readonly createService: DeployAnswer;
  readonly verifyService: DeployAnswer;
  readonly deploy: DeployAnswer;
  readonly deleteService: DeleteServiceAnswer;
  readonly putAttributes: PutAttributesAnswer;
  readonly deleteAttributes: DeleteAttributesAnswer;
  readonly captureCluster:
    | { readonly file: string; readonly instances: number; readonly tasks: number }
    | Failure;
  readonly compareWithAws: CompareAnswer;
  readonly copyAsAwsCli: AwsCliAnswer;
  readonly selectCluster: { readonly cluster: unknown };
  readonly startLocalCluster: StartLocalAnswer;
  readonly startLocalFromFleet: StartLocalAnswer;
  readonly stopLocalCluster: { readonly stopped: boolean };
  readonly addLocalInstances: AddLocalInstancesAnswer;
}
/** The same commands about a managed daemon answer something else. */
interface ManagedAnswers {
  readonly deployManaged: ManagedDeployAnswer;
  readonly verifyManaged: ManagedVerifyAnswer;
  readonly deleteManaged: ManagedDeleteAnswer;
}
const commandOfManaged: Readonly<Record<keyof ManagedAnswers, string>> = {
  deployManaged: "deploy",
  verifyManaged: "verifyService",
  deleteManaged: "deleteService",
};
type AllAnswers = Answers & ManagedAnswers;
type Name = keyof AllAnswers;

/** Calls a command and answers its result, be it a failure. */
export async function call<Command extends Name>(
  command: Command,
  ...values: readonly unknown[]
): Promise<AllAnswers[Command]> {
  const name = command in commandOfManaged ? commandOfManaged[command as keyof ManagedAnswers] : command;
  return commands.executeCommand<AllAnswers[Command]>(`ecsDaemon.${name}`, ...values);
}

/** Calls a command that must succeed. */
export async function done<Command extends Name>(
  command: Command,
  ...values: readonly unknown[]
): Promise<Exclude<AllAnswers[Command], Failure>> {
  const answer = await call(command, ...values);
  if (isFailure(answer)) throw new Error(`${command}: ${answer.error.code}: ${answer.error.message}`);
  return answer as Exclude<AllAnswers[Command], Failure>;
}

export function isFailure(answer: unknown): answer is Failure {
  return typeof answer === "object" && answer !== null && "error" in answer;
}

/** The extension under test, installed as a package or loaded for development. */
export function theExtension() {
  const found = extensions.getExtension("ecs-daemon.ecs-daemon");
  if (found === undefined) throw new Error("The extension is not installed.");
  return found;
}
