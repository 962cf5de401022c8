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
    message: "Early success criteria that are enabled need {member}. Add it.",
    why: "ECS has to know how many tasks have to be healthy, and when the old ones are removed.",
  },
  "zone-rebalancing-unsupported": {
    severity: "warning",
    title: "Availability Zone rebalancing of a service that cannot have it",
    message: "Availability Zone rebalancing does not work with {what}. Set DISABLED, or remove the other.",
    why: "To rebalance, ECS starts a task in another Availability Zone before it stops one; the guide names the services for which it does not.",
  },
} as const satisfies Record<string, CatalogueEntry>;
