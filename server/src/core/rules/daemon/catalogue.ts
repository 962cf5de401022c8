// Diagnostics about what the DAEMON scheduling strategy forbids or makes pointless.

import { type CatalogueEntry, invalid } from "../catalogueEntry";

export const daemonDiagnostics = {
  "hand-made-daemon": {
    severity: "hint",
    title: "Daemon made by hand",
    message:
      "A desired count of {count} with 'distinctInstance' means one task on every container instance. The scheduling strategy DAEMON does that by itself.",
    why: "A DAEMON service follows the cluster: it starts a task on each new instance, and is stable with as many tasks as there are instances.",
  },
  "daemon-desired-count": {
    severity: "error",
    title: "desiredCount on a DAEMON service",
    message:
      "A DAEMON service has no 'desiredCount': it runs one task on every matching container instance. Remove it.",
    why: "The number of tasks follows from the cluster; even 0 is refused.",
    server: invalid(
      "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again",
    ),
  },
  "daemon-placement-strategy": {
    severity: "error",
    title: "Placement strategy on a DAEMON service",
    message:
      "A DAEMON service has no placement strategy: every matching container instance gets a task. Remove it.",
    why: "A strategy chooses among instances; a daemon runs on all that match its constraints.",
    server: invalid(
      "The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again",
    ),
  },
  "daemon-maximum-percent": {
    severity: "error",
    title: "maximumPercent above 100 on a DAEMON service",
    message: "'maximumPercent' is {percent}; a DAEMON service allows at most 100. Set it to 100.",
    why: "Never more than one task of a daemon runs on an instance, so an update cannot start the new one first.",
    server: invalid(
      "The daemon scheduling strategy does not support values above 100 for maximumPercent on a deployment configuration. Change the maximumPercent value to 100, and try again",
    ),
  },
  "daemon-minimum-percent": {
    severity: "warning",
    title: "minimumHealthyPercent that slows down or blocks a daemon's update",
    message:
      "'minimumHealthyPercent' is {percent}, which is rounded up: {share}. Use 0, unless the cluster is always larger.",
    why: "An update stops the task of an instance before it starts the new one, and may stop no more than the percentage leaves.",
  },
  "daemon-minimum-not-sent": {
    severity: "warning",
    title: "Minimum of 100 percent that Terraform does not send",
    message:
      "The AWS provider does not send 'minimumHealthyPercent' of 100 for a DAEMON service: the default of ECS, 0, applies. Remove it, or use a lower value.",
    why: "The provider takes 100 for its own default and leaves it out, so an update may stop the tasks of all instances at once.",
  },
  "daemon-capacity-provider": {
    severity: "error",
    title: "Capacity provider strategy on a DAEMON service",
    message:
      'A DAEMON service cannot use a capacity provider strategy. Write "launchType": "EC2" instead, which also overrides a default strategy of the cluster.',
    why: "A daemon takes every container instance of the cluster, whichever capacity provider brought it.",
    server: invalid(
      "Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.",
    ),
  },
  "daemon-zone-rebalancing": {
    severity: "error",
    title: "Availability Zone rebalancing of a DAEMON service",
    message:
      "A DAEMON service cannot be rebalanced between Availability Zones. Set 'availabilityZoneRebalancing' to DISABLED.",
    why: "A daemon's tasks stay where its instances are.",
    server: invalid(
      "The service couldn't be created because Availability Zone Rebalancing does not support DAEMON as scheduling strategy. Update scheduling strategy and try again.",
    ),
  },
  "daemon-launch-type": {
    severity: "error",
    title: "Launch type without daemons",
    message: "DAEMON services do not run on {launchType}. {advice}.",
    why: "Fargate has no container instances; Managed Instances have managed daemons, a product of its own.",
  },
  "daemon-counts-itself": {
    severity: "hint",
    title: "Upper bound of tasks that counts the daemon's own",
    message:
      "'{clause}' counts the daemon's own task too: when it starts, the instance can stop matching, and ECS stops it again. Admit the instances that run it already: or {group}.",
    why: "A daemon's constraints are evaluated again while its tasks run, and a task whose instance no longer matches is stopped.",
  },
  "daemon-asks-for-itself": {
    severity: "warning",
    title: "Constraint on the daemon's own task",
    message: "'{clause}' depends on the daemon's own task: {outcome}. Name another service, or remove it.",
    why: "A task counts from its start. A daemon's constraints are evaluated before it starts, and again while its tasks run.",
  },
  "daemon-external": {
    severity: "warning",
    title: "Daemon on external instances",
    message:
      "AWS does not document clearly whether DAEMON services run on external instances (ECS Anywhere). Try it before you rely on it.",
    why: "Statements contradict each other: users report it unsupported, newer tools offer it.",
  },
  "daemon-controller": {
    severity: "error",
    title: "Deployment controller without daemons",
    message:
      "The deployment controller {controller} does not work with DAEMON services. Use ECS, or remove it.",
    why: "CodeDeploy and external controllers run two sets of tasks side by side, which a daemon cannot.",
  },
  "daemon-ebs-volumes": {
    severity: "error",
    title: "EBS volumes of a DAEMON service",
    message: "EBS volumes are for REPLICA services only. Remove 'volumeConfigurations'.",
    why: "The API documents volume configurations for the REPLICA strategy only.",
  },
} as const satisfies Record<string, CatalogueEntry>;
