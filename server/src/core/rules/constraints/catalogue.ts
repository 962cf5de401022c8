// Diagnostics about placement constraints, apart from what is wrong inside their expressions.

import { type CatalogueEntry, client, invalid } from "../catalogueEntry";

export const constraintDiagnostics = {
  "distinct-instance-in-task-definition": {
    severity: "error",
    title: "distinctInstance in a task definition",
    message:
      "A task definition knows only constraints of the type memberOf. Move distinctInstance to the service, or remove it (a daemon runs once per instance anyway).",
    why: "Whether two tasks share an instance is a question of the service.",
    server: client("constraint.type 'distinctInstance' is not supported."),
  },
  "distinct-instance-expression": {
    severity: "error",
    title: "distinctInstance with an expression",
    message:
      "A constraint of the type distinctInstance has no expression, not even an empty one. Remove 'expression'.",
    why: "It only means that no two tasks of the service share an instance.",
    server: invalid("distinctInstance expression should not be specified."),
  },
  "distinct-instance-on-daemon": {
    severity: "hint",
    title: "distinctInstance has no effect on a daemon",
    message:
      "A DAEMON service runs one task per instance anyway, so distinctInstance changes nothing. Remove it.",
    why: "The DAEMON strategy never starts two tasks on one instance.",
  },
  "constraint-without-type": {
    severity: "error",
    title: "Constraint without a type",
    message: 'A placement constraint needs a \'type\'. Add "type": "memberOf".',
    why: "The type determines whether there is an expression.",
  },
  "constraint-without-expression": {
    severity: "error",
    title: "memberOf without an expression",
    message: "A constraint of the type memberOf needs an 'expression'. Add it.",
    why: "The expression selects the container instances.",
  },
  "constraint-excludes-platform": {
    severity: "warning",
    title: "Constraint that the task's platform excludes",
    message: "The task runs on {platform} only (runtimePlatform), and this constraint excludes it.",
    why: "An instance has to be of the task's operating system and CPU architecture and to meet the constraints.",
  },
  "constraints-contradict": {
    severity: "warning",
    title: "Constraints that cannot both be true",
    message: "This and {where}, '{other}', cannot both be true, so no container instance matches.",
    why: "All constraints have to be true at once, those of the task definition and those of the service together.",
  },
  "too-many-constraints": {
    severity: "error",
    title: "More than 10 placement constraints",
    message:
      "There are {count} placement constraints{where}, and ECS accepts at most 10 for a task. Join them with and.",
    why: "Constraints of the task definition and of the service count together.",
  },
} as const satisfies Record<string, CatalogueEntry>;
