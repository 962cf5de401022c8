// The kinds of documents that are ours.

const documentKinds = [
  "taskDefinition",
  "service",
  "clusterSnapshot",
  "fleet",
  "query",
  "daemonTaskDefinition",
  "daemon",
  "capacityProvider",
] as const;
export type DocumentKind = (typeof documentKinds)[number];
