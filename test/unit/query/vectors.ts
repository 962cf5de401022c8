// The vectors of test/fixtures/query: expressions with what they come to, as data.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { QueryTarget } from "../../../server/src/core/query/target";
import { fixturesFolder } from "../../support/paths";

/** A container instance as a vector writes it. */
export interface VectorInstance {
  readonly attributes?: Readonly<Record<string, string | null>>;
  readonly agentConnected?: boolean;
  readonly agentVersion?: string;
  readonly ec2InstanceId?: string;
  /** ISO text. */
  readonly registeredAt?: string;
  readonly runningTasksCount?: number;
  readonly taskGroups?: readonly string[];
}

export function readVectors<Vector>(name: string): readonly Vector[] {
  return JSON.parse(readFileSync(join(fixturesFolder, "query", `${name}.json`), "utf8"));
}

/** A file whose first entry holds the instance that the other vectors are about. */
export function readVectorsAboutInstance<Vector>(
  name: string,
): readonly (Vector & { instance: VectorInstance })[] {
  const [first, ...vectors] = readVectors<Vector & { instance: VectorInstance }>(name);
  const instance = first?.instance ?? {};
  return vectors.map((it) => ({ ...it, instance: it.instance ?? instance }));
}

export function targetOf({ attributes = {}, registeredAt, ...fields }: VectorInstance): QueryTarget {
  const entries = Object.entries(attributes).map(([name, value]) => [name, value ?? undefined] as const);
  return {
    ...fields,
    attributes: new Map(entries),
    registeredAt: registeredAt === undefined ? undefined : Date.parse(registeredAt),
  };
}
