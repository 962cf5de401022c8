// Reads a cluster from the text of a file, whichever of the two kinds it is.

import { parseJsonDocuments, saveTheAnswer } from "../source/json/jsonDocuments";
import { asList, asObject, member } from "../text/plainValue";
import { fleetClusterFromValue } from "./fleet";
import { type ReadCluster, snapshotFromValue, withSyntaxProblems } from "./snapshot";

export interface ReadClusterText extends ReadCluster {
  readonly kind: "clusterSnapshot" | "fleet";
}

/**
 * Reads a snapshot or a fleet. The content decides which (`containerInstances` or `groups`), and where it does not, the
 * name: `*.ecs-fleet.json` is a fleet. Without a name of its own the cluster is called as the file. Never throws.
 */
export function readClusterText(fileName: string, text: string): ReadClusterText {
  const base = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  const name = base.replace(/(\.ecs-(fleet|cluster))?\.jsonc?$/i, "");
  const isNamedFleet = /\.ecs-fleet\.jsonc?$/i.test(base);
  const { values, problems } = parseJsonDocuments(text, isNamedFleet ? "" : saveTheAnswer);
  const first = asObject(values[0]);
  const fleetLike = asList(member(first, "groups")) !== undefined;
  const snapshotLike =
    ["containerInstances", "containerInstance", "detail"].some((it) => member(first, it) !== undefined) ||
    asList(values[0]) !== undefined;
  if (fleetLike || (!snapshotLike && isNamedFleet)) {
    return { kind: "fleet", ...withSyntaxProblems(fleetClusterFromValue(values[0], name), values, problems) };
  }
  const read = snapshotFromValue(values.length === 1 ? values[0] : values, name);
  return { kind: "clusterSnapshot", ...withSyntaxProblems(read, values, problems) };
}
