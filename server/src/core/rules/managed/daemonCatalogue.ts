// Diagnostics about managed daemons: the inputs of CreateDaemon and UpdateDaemon.

import type { CatalogueEntry } from "../catalogueEntry";

export const managedDaemonDiagnostics = {
  "service-member-in-daemon": {
    severity: "error",
    title: "Property of services in a daemon",
    message: "A managed daemon has no '{member}': {instead}.",
    why: "Managed daemons are not services; the AWS CLI refuses the properties of services.",
  },
  "create-only-in-update": {
    severity: "error",
    title: "Property that only CreateDaemon has",
    message: "UpdateDaemon has no '{member}'. {advice}",
    why: "The AWS CLI refuses properties that the operation does not have.",
  },
  "update-only-in-create": {
    severity: "error",
    title: "Property that only UpdateDaemon has",
    message:
      "CreateDaemon has no '{member}'; a daemon to update is named by it alone. Remove it, or 'daemonName'.",
    why: "The AWS CLI refuses properties that the operation does not have.",
  },
  "filled-by-deploy": {
    severity: "information",
    title: "Daemon whose ARNs are left to the deployment",
    message:
      "Task definition, cluster and capacity providers are not given: a deployment has to fill them in. The AWS CLI refuses the file as it is.",
    why: "ARNs have the account and the Region in them, which a file often cannot know.",
  },
  "bad-daemon-name": {
    severity: "error",
    title: "Daemon name not allowed",
    message:
      "The daemon name '{name}' is not allowed. Use up to 255 letters, digits, underscores and hyphens.",
    why: "The name becomes part of the daemon's ARN. The text of ECS is unknown.",
  },
  "not-an-arn": {
    severity: "warning",
    title: "Name in the place of an ARN",
    message: "'{value}' is not an ARN. {advice}",
    why: "The API requires ARNs here; whether ECS accepts names is not documented. FARGATE and FARGATE_SPOT have no instances that a daemon could run on.",
  },
  "wrong-arn": {
    severity: "error",
    title: "ARN of another kind of resource",
    message: "'{value}' is not the ARN of a {expected}{because}.",
    why: "Daemons refer to daemon task definitions, clusters and capacity providers, each with ARNs of its own.",
  },
  "no-capacity-provider": {
    severity: "error",
    title: "Daemon without a capacity provider",
    message: "'capacityProviderArns' is empty. Name at least one Managed Instances capacity provider.",
    why: "A daemon runs on the instances of its capacity providers. The text of ECS is unknown.",
  },
  "duplicate-capacity-provider": {
    severity: "warning",
    title: "Capacity provider named twice",
    message: "The capacity provider '{name}' is named twice.",
    why: "A daemon runs once on each instance, however often its capacity provider is named.",
  },
  "capacity-provider-kind": {
    severity: "warning",
    title: "Capacity provider without managed instances",
    message: "The capacity provider '{name}' {problem}: managed daemons do not run there.",
    why: "Managed daemons run on Managed Instances capacity providers of the same cluster only.",
  },
  "drain-percent-range": {
    severity: "error",
    title: "Share of instances out of range",
    message: "'drainPercent' is {value}; the guide allows 1 to 100.",
    why: "The API allows 0 to 100 and the guide 1 to 100; what ECS does with less than 1 is unknown.",
  },
  "drain-percent-high": {
    severity: "warning",
    title: "Many instances drained at once",
    message: "'drainPercent' is {value}: {what} is drained and replaced at the same time.",
    why: "Every deployment of a daemon replaces the instances of its capacity providers, this share of them at a time.",
  },
  "bake-time-range": {
    severity: "error",
    title: "Bake time out of range",
    message: "'bakeTimeInMinutes' is {value}; it is a whole number from 0 to 1440.",
    why: "A deployment watches alarms for up to a day before it counts as successful. The text of ECS is unknown.",
  },
  "alarms-not-enabled": {
    severity: "warning",
    title: "Alarms that are not watched",
    message: 'The alarms are named and not watched: "enable" is false or missing.',
    why: "The default of 'enable' is false.",
  },
  "alarms-without-names": {
    severity: "warning",
    title: "Alarms without names",
    message: "Alarms are enabled and none is named in 'alarmNames'.",
    why: "Without names there is nothing to watch.",
  },
  "bake-without-alarms": {
    severity: "hint",
    title: "Bake time without alarms",
    message: "During the bake time ECS watches alarms; without any it only waits.",
    why: "The bake time follows after all instances have been replaced.",
  },
  "update-loses-settings": {
    severity: "warning",
    title: "Update that takes settings back",
    message: "The update does not have {members}, which {source} sets: ECS takes {them} back to the default.",
    why: "An update without a setting does not keep it: ECS sets it to its default.",
  },
  "non-critical-security": {
    severity: "hint",
    title: "Criticality that is unusual for the image",
    message: "{what}",
    why: "A critical daemon keeps an instance without it from becoming active; a non-critical one leaves the instance without it.",
  },
  "unknown-daemon-definition": {
    severity: "hint",
    title: "Daemon task definition that is not in the workspace",
    message: "No file of the workspace has the daemon task definition '{family}'.",
    why: "What the daemon runs can then not be checked together with it.",
  },
  "unknown-daemon-revision": {
    severity: "hint",
    title: "Daemon with an older revision",
    message: "The daemon names revision {revision} of '{family}'; {where} has revision {latest}.",
    why: "A number in 'daemonTaskDefinitionArn' stays with its revision when a newer one is registered.",
  },
  "same-provider-twice": {
    severity: "information",
    title: "One definition twice on a capacity provider",
    message: "The daemon '{other}' runs the same daemon task definition on '{provider}'.",
    why: "Each daemon has a task of its own on every instance.",
  },
  "service-on-managed-instances": {
    severity: "warning",
    title: "DAEMON service on Managed Instances",
    message:
      "'{name}' is a Managed Instances capacity provider: DAEMON services do not run there. Convert the service to a managed daemon.",
    why: "On Managed Instances a managed daemon runs one task on every instance; services with the scheduling strategy DAEMON are for EC2 container instances.",
  },
  "hidden-from-daemons": {
    severity: "hint",
    title: "Task whose processes a daemon does not see",
    message: 'Without "pidMode": "host" the daemon \'{daemon}\' may not see the processes of this task.',
    why: "According to the guide, a daemon with the PID mode 'shared' shares a namespace with tasks whose mode is 'host'; whether it sees other tasks is not documented.",
  },
  "logs-hidden-from-daemons": {
    severity: "hint",
    title: "Logs that a daemon's log volume does not have",
    message:
      "{container} does not log with json-file: the log volume of the daemon '{daemon}' does not have its logs.",
    why: "A log driver volume has a folder for each container whose log driver is json-file.",
  },
} as const satisfies Record<string, CatalogueEntry>;
