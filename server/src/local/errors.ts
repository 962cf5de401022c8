// The errors that ECS answers, with its exception names and, where they are known, its words (ecs server texts are
// facts; where ECS's text is unknown the text here is ours).

/** An answer with HTTP status 400 (or 500 for ServerException) and `__type` = `name`. */
export class EcsException extends Error {
  constructor(
    override readonly name: string,
    message: string,
    readonly status: number = 400,
    /** Further members of the answer, such as `resourceIds`. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export const clientException = (message: string) => new EcsException("ClientException", message);
export const invalidParameter = (message: string) => new EcsException("InvalidParameterException", message);
export const serializationException = (message: string) =>
  new EcsException("SerializationException", message);
export const clusterNotFound = () => new EcsException("ClusterNotFoundException", "Cluster not found.");
export const clusterInactive = () =>
  new EcsException("ClusterNotFoundException", "The referenced cluster was inactive.");
export const serviceNotFound = () => new EcsException("ServiceNotFoundException", "Service not found.");
export const serviceNotActive = () =>
  new EcsException("ServiceNotActiveException", "Service was not ACTIVE.");
/** The words are those of the API model's documentation. */
export const daemonNotFound = () =>
  new EcsException(
    "DaemonNotFoundException",
    "The specified daemon wasn't found. You can view your available daemons with ListDaemons. Amazon ECS daemons are cluster specific and Region specific.",
  );
export const daemonNotActive = () =>
  new EcsException(
    "DaemonNotActiveException",
    "The specified daemon isn't active. You can't update a daemon that's inactive. If you have previously deleted a daemon, you can re-create it with CreateDaemon.",
  );
export const unsupportedFeature = (message: string) =>
  new EcsException("UnsupportedFeatureException", message);
/** `place` is where the tasks were to run, such as `launch type FARGATE`. */
export const containerInstancesOnly = (place: string) =>
  unsupportedFeature(
    `The local endpoint cannot run tasks on ${place}: it has container instances only. Use launch type EC2 or EXTERNAL, or a capacity provider of an Auto Scaling group or of Managed Instances.`,
  );
export const throttled = () => new EcsException("ThrottlingException", "Rate exceeded");
/** As IAM refuses a call; `target` is the header that names the operation. */
export const accessDenied = (target: string) => {
  const action = `ecs:${target.slice(target.indexOf(".") + 1)}`;
  return new EcsException(
    "AccessDeniedException",
    `User: arn:aws:iam::123456789012:user/local is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
  );
};
