// Diagnostics about how a service is deployed: strategies, alarms, what is rebalanced between zones.

import type { CatalogueEntry } from "../catalogueEntry";

export const serviceDeploymentDiagnostics = {
  "advanced-configuration-missing": {
    severity: "error",
    title: "Traffic shift without a second target group",
    message:
      "With the deployment strategy {strategy} every load balancer needs 'advancedConfiguration'. Add it, or use the strategy ROLLING.",
    why: "ECS starts the new tasks in the alternate target group, and shifts traffic by changing the listener rule.",
  },
  "alternate-target-group-missing": {
    severity: "warning",
    title: "Traffic shift without an alternate target group",
    message:
      "With the deployment strategy {strategy} 'advancedConfiguration' needs 'alternateTargetGroupArn'. Add it.",
    why: "The new tasks are registered with the alternate target group until the traffic is theirs.",
  },
  "same-target-group": {
    severity: "warning",
    title: "Alternate target group that is the first one",
    message: "The alternate target group is the one of the load balancer entry. Name another one.",
    why: "Traffic is shifted from one target group to the other; old and new tasks in one group share the traffic at once.",
  },
  "deployment-alarm-name": {
    severity: "warning",
    title: "ARN of an alarm in the place of its name",
    message: "'alarmNames' lists names of CloudWatch alarms, and '{arn}' is an ARN. Write the name alone.",
    why: "ECS looks alarms up by name; an alarm that is not found fails nothing, or fails the deployment at once.",
  },
  "service-role-arn": {
    severity: "error",
    title: "Not the ARN of a role",
    message:
      "'{arn}' is not a valid ARN of an IAM role{because}. It looks like arn:aws:iam::ACCOUNT:role/NAME.",
    why: "ECS uses the role on behalf of the service; here it takes no name, and no other kind of resource.",
  },
  "namespace-arn": {
    severity: "error",
    title: "Not the ARN of a namespace",
    message:
      "'{arn}' is not a valid ARN of a namespace of Cloud Map{because}. It looks like arn:aws:servicediscovery:REGION:ACCOUNT:namespace/ns-ID; the name of the namespace will do, too.",
    why: "The services of Service Connect find each other in a namespace.",
  },
  "service-connect-tls-arn": {
    severity: "error",
    title: "Not the ARN that TLS of Service Connect takes",
    message: "'{arn}' is not a valid ARN of a {wanted}{because}. It looks like {example}.",
    why: "The certificates of Service Connect come from AWS Private CA, and a key of AWS KMS encrypts them.",
  },
  "service-connect-name-twice": {
    severity: "warning",
    title: "Two Service Connect services with one name",
    message: "Another entry of 'services' is called '{name}', too. Give them different names.",
    why: "The name of a service is unique within its namespace of Cloud Map.",
  },
  "deployment-alarms-controller": {
    severity: "error",
    title: "Deployment alarms with another deployment controller",
    message: "Deployment alarms work with the controller ECS, not with {controller}. Remove 'alarms'.",
    why: "Other controllers watch deployments themselves.",
  },
  "deployment-alarms-empty": {
    severity: "warning",
    title: "Deployment alarms without an alarm",
    message: "The deployment watches alarms, and 'alarmNames' is empty. Name one, or remove 'alarms'.",
    why: "Without an alarm no deployment fails because of one.",
  },
  "early-success-incomplete": {
    severity: "error",
    title: "Incomplete early success criteria",
    message: "Early success criteria that are enabled need {member}. Add {it}.",
    why: "ECS has to know how many tasks have to be healthy, and when the old ones are removed.",
  },
  "zone-rebalancing-unsupported": {
    severity: "warning",
    title: "Availability Zone rebalancing of a service that cannot have it",
    message: "Availability Zone rebalancing does not work with {what}. Set DISABLED, or remove the other.",
    why: "To rebalance, ECS starts a task in another Availability Zone before it stops one; the guide names the services for which it does not.",
  },
} as const satisfies Record<string, CatalogueEntry>;
