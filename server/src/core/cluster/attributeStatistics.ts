// Which attributes and values a cluster's instances really have, so that an expression can be completed and checked
// against them.

import type { Cluster } from "./containerInstance";

/** Attribute name → value → number of instances; a name-only attribute counts under the value "". */
export type AttributeStatistics = ReadonlyMap<string, ReadonlyMap<string, number>>;

const known = new WeakMap<Cluster, AttributeStatistics>();

/** Counts once per cluster: the same cluster object gives the same map. */
export function attributeStatistics(cluster: Cluster): AttributeStatistics {
  const found = known.get(cluster);
  if (found !== undefined) return found;
  const counted = count(cluster);
  known.set(cluster, counted);
  return counted;
}

function count(cluster: Cluster): AttributeStatistics {
  const statistics = new Map<string, Map<string, number>>();
  for (const instance of cluster.instances) {
    for (const [name, value = ""] of instance.attributes) {
      const values = statistics.get(name) ?? new Map<string, number>();
      if (values.size === 0) statistics.set(name, values);
      values.set(value, (values.get(value) ?? 0) + 1);
    }
  }
  return statistics;
}
