// The IAM policy that allows to read a cluster and to preview on it: the same as in docs/iam.md.

export const readPolicy = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: [
        "ecs:ListClusters",
        "ecs:DescribeClusters",
        "ecs:ListContainerInstances",
        "ecs:DescribeContainerInstances",
        "ecs:ListServices",
        "ecs:DescribeServices",
        "ecs:DescribeTaskDefinition",
        "ecs:ListTasks",
        "ecs:DescribeTasks",
        "ecs:ListDaemons",
        "ecs:DescribeDaemon",
      ],
      Resource: "*",
    },
  ],
};
