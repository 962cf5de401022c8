// How many calls ECS grants an account in a Region, as the request throttling page of the Amazon ECS API reference
// publishes it: token buckets that groups of operations share.

interface RequestBucket {
  /** Calls at once. */
  readonly burst: number;
  /** Calls per second in the long run. */
  readonly rate: number;
}

export const requestBuckets = {
  clusterRead: { burst: 50, rate: 20 },
  clusterModify: { burst: 20, rate: 1 },
  resourceRead: { burst: 100, rate: 20 },
  resourceModify: { burst: 100, rate: 40 },
  serviceRead: { burst: 100, rate: 20 },
  serviceModify: { burst: 50, rate: 5 },
  serviceDeploymentRead: { burst: 50, rate: 20 },
  serviceRevisionRead: { burst: 50, rate: 20 },
  definitionRead: { burst: 50, rate: 20 },
  definitionModify: { burst: 20, rate: 1 },
  capacityProviderRead: { burst: 50, rate: 20 },
  taskProtection: { burst: 200, rate: 80 },
  tags: { burst: 20, rate: 10 },
} as const satisfies Readonly<Record<string, RequestBucket>>;
export type RequestBucketName = keyof typeof requestBuckets;

/** The bucket of each operation that the page has one for. */
export const bucketOfOperation = {
  CreateCluster: "clusterModify",
  CreateService: "serviceModify",
  DeleteAttributes: "resourceModify",
  DeleteCluster: "clusterModify",
  DeleteService: "serviceModify",
  DeregisterContainerInstance: "resourceModify",
  DeregisterTaskDefinition: "definitionModify",
  DescribeCapacityProviders: "capacityProviderRead",
  DescribeClusters: "clusterRead",
  DescribeContainerInstances: "resourceRead",
  DescribeServiceDeployments: "serviceDeploymentRead",
  DescribeServiceRevisions: "serviceRevisionRead",
  DescribeServices: "serviceRead",
  DescribeTaskDefinition: "definitionRead",
  DescribeTasks: "resourceRead",
  GetTaskProtection: "taskProtection",
  ListAttributes: "resourceRead",
  ListClusters: "clusterRead",
  ListContainerInstances: "resourceRead",
  ListServiceDeployments: "serviceDeploymentRead",
  ListServices: "serviceRead",
  ListTagsForResource: "tags",
  ListTaskDefinitionFamilies: "definitionRead",
  ListTaskDefinitions: "definitionRead",
  ListTasks: "resourceRead",
  PutAttributes: "resourceModify",
  RegisterContainerInstance: "resourceModify",
  RegisterTaskDefinition: "definitionModify",
  RunTask: "resourceModify",
  StartTask: "resourceModify",
  StopTask: "resourceModify",
  TagResource: "tags",
  UntagResource: "tags",
  UpdateCluster: "clusterModify",
  UpdateClusterSettings: "clusterModify",
  UpdateContainerInstancesState: "resourceModify",
  UpdateService: "serviceModify",
  UpdateTaskProtection: "taskProtection",
} as const satisfies Readonly<Record<string, RequestBucketName>>;
