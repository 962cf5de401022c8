// Reads clusters of accounts and of endpoints that the settings or a request name.

import { isLoopbackEndpoint } from "../../core/text/loopbackEndpoint";
import type { OnRead } from "../../ecs/port";
import type { Environment } from "../base/environment";
import { failureOf } from "../base/failure";
import { hostOf } from "../protocol/clusterState";
import type { ClusterChoice, Failure } from "../protocol/protocol";
import type { ResolvedCluster } from "./chosenCluster";

export type AwsChoice = Exclude<ClusterChoice, string>;

export interface AccountReader {
  /** Answers what was read a moment ago, else reads. `ratePercent`: the part of the rate of ECS that it may take. */
  read(choice: AwsChoice, ratePercent?: number, onRead?: OnRead): Promise<ResolvedCluster | Failure>;
  /** The next read asks ECS. */
  forget(): void;
}

/** An account is not asked again for every keystroke of a preview that follows the text. Milliseconds. */
const accountAge = { loopback: 1_000, remote: 30_000 } as const;

export function createAccountReader(environment: Environment): AccountReader {
  let last:
    | { readonly key: string; readonly at: number; readonly answer: Promise<ResolvedCluster | Failure> }
    | undefined;
  const ask = async (
    choice: AwsChoice,
    ratePercent: number | undefined,
    onRead: OnRead | undefined,
  ): Promise<ResolvedCluster | Failure> => {
    try {
      const port = await environment.connectEcs({ ...choice, ratePercent });
      try {
        const cluster = await port.readCluster(choice.cluster, undefined, onRead);
        return {
          cluster,
          label: labelOf(choice),
          kind: choice.endpointUrl === undefined ? "aws" : "endpoint",
          seen: { how: "read", at: Date.now() },
        };
      } finally {
        port.close();
      }
    } catch (error) {
      return failureOf(error);
    }
  };
  return {
    read: (choice, ratePercent, onRead) => {
      const key = JSON.stringify(choice);
      const age = isLoopbackEndpoint(choice.endpointUrl) ? accountAge.loopback : accountAge.remote;
      if (last?.key === key && Date.now() - last.at < age) return last.answer;
      last = { key, at: Date.now(), answer: ask(choice, ratePercent, onRead) };
      return last.answer;
    },
    forget: () => {
      last = undefined;
    },
  };
}

function labelOf({ cluster, profile, region, endpointUrl }: AwsChoice): string {
  const where = [profile, region, hostOf(endpointUrl)].filter((it) => it !== undefined);
  return where.length === 0 ? cluster : `${cluster} (${where.join(", ")})`;
}
