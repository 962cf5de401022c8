/**
 * What an expression of the cluster query language can ask about one container instance.
 * An absent property means that nobody knows (a snapshot without tasks cannot tell its task groups).
 */
export interface QueryTarget {
  /** Attribute name → value; a name-only attribute (a capability) has the value `undefined`. */
  readonly attributes: ReadonlyMap<string, string | undefined>;
  /** Attributes that the source writes so that they cannot be read: `all` of them but those above, or the values of some. */
  readonly unreadableAttributes?: "all" | ReadonlySet<string> | undefined;
  readonly agentConnected?: boolean | undefined;
  /** As the agent reports it: `1.97.1`. */
  readonly agentVersion?: string | undefined;
  readonly ec2InstanceId?: string | undefined;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly registeredAt?: number | undefined;
  readonly runningTasksCount?: number | undefined;
  /** Groups of the tasks on the instance: `service:NAME`, `family:NAME` or a name given to RunTask. */
  readonly taskGroups?: readonly string[] | undefined;
}

/** The three values of the language: `unknown` where the target lacks what a clause asks for, never a guess. */
export type Truth = true | false | "unknown";
