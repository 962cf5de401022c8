// Diagnostics about logging.

import { type CatalogueEntry, client } from "../catalogueEntry";

export const loggingDiagnostics = {
  "log-options-missing": {
    severity: "error",
    title: "Log option missing",
    message: "The log driver {driver} needs more options: {option}. Add them to 'options'.",
    why: "Without it the driver does not know where the logs go.",
    server: client("Log driver {driver} requires options: {option}"),
  },
  "log-option-unknown": {
    severity: "error",
    title: "Unknown option of awslogs",
    message: "'{option}' is not a valid option of the log driver awslogs. {advice}",
    why: "ECS checks the options of awslogs before it passes them on.",
    server: client("Log driver awslogs disallows options: {option}"),
  },
  "log-group-creation": {
    severity: "error",
    title: "awslogs-create-group can only be true",
    message: "'awslogs-create-group' is '{value}'; it can only be \"true\". Remove it to create no group.",
    why: "ECS takes the option to switch creation on; not creating is what happens without it.",
    server: client(
      "Log driver awslogs option 'awslogs-create-group' should only be set to 'true', else omit option.",
    ),
  },
  "log-multiline-twice": {
    severity: "error",
    title: "Two ways to find multi-line messages",
    message: "'awslogs-datetime-format' and 'awslogs-multiline-pattern' exclude each other. Remove one.",
    why: "Both define where a message begins.",
  },
  "log-mode": {
    severity: "error",
    title: "Unknown delivery mode of logs",
    message: '\'{value}\' is not a valid delivery mode. Use "blocking" or "non-blocking".',
    why: "blocking makes the container wait for a slow log service, non-blocking loses messages instead.",
  },
  "log-buffer-blocking": {
    severity: "warning",
    title: "Buffer of a mode without one",
    message:
      '\'max-buffer-size\' only works with "mode": "non-blocking", and this is blocking. Remove it, or change the mode.',
    why: "Docker does not start a container whose log options contradict each other.",
  },
  "log-stream-prefix": {
    severity: "warning",
    title: "Stream prefix not allowed",
    message: "'{prefix}' cannot begin the name of a log stream: no colon and no star may be in it.",
    why: "The log driver creates the stream PREFIX/CONTAINER/TASK, and CloudWatch Logs refuses such a name.",
  },
  "log-buffer-size": {
    severity: "error",
    title: "Buffer size not understood",
    message: "'{value}' is not a valid buffer size. Write a number with k, m or g, such as \"25m\".",
    why: "Docker reads the size as a number with a unit.",
  },
  "log-region": {
    severity: "warning",
    title: "Not a Region",
    message: "'{region}' is not a valid Region of AWS. Did you mean '{suggestion}'?",
    why: "The log driver looks up CloudWatch Logs in this Region; the task cannot start where there is none.",
  },
  "log-group-name": {
    severity: "warning",
    title: "Log group name not allowed",
    message:
      "'{group}' is not a valid name of a log group. Use up to 512 letters, digits and the characters . - _ / #.",
    why: "CloudWatch Logs has no log group with another name.",
  },
  "log-option-foreign": {
    severity: "warning",
    title: "Option that the log driver does not have",
    message: "'{option}' is not a valid option of the log driver {driver}. {advice}",
    why: "Docker does not start a container with a log option that its driver does not know.",
  },
  "log-option-value": {
    severity: "warning",
    title: "Value that the log driver refuses",
    message: "'{value}' is not a valid value of the option '{option}'. {advice}",
    why: "ECS passes the options on as they are; Docker reads them when the container starts, and fails there.",
  },
  "firelens-reserved-path": {
    severity: "warning",
    title: "Configuration file in the place of FireLens's own",
    message: "FireLens writes its own configuration to '{path}'. Use another path.",
    why: "ECS reserves the path: what the image has there is replaced, and includes itself.",
  },
  "firelens-two-routers": {
    severity: "warning",
    title: "Two router containers",
    message: "Another container already routes the logs of this task. Keep one 'firelensConfiguration'.",
    why: "FireLens sends the logs of all containers of a task to one router.",
  },
  "firelens-router-missing": {
    severity: "error",
    title: "awsfirelens without a router container",
    message:
      "The log driver awsfirelens needs a container with 'firelensConfiguration' in the task, and there is none. Add one.",
    why: "The driver hands the logs to a Fluent Bit or Fluentd container in the same task.",
    server: client(
      "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.",
    ),
  },
  "firelens-driver-missing": {
    severity: "error",
    title: "Router container without awsfirelens",
    message:
      "This container routes logs, but no container uses the log driver awsfirelens. Use it in one, or remove 'firelensConfiguration'.",
    why: "A router that gets no logs is a mistake, and ECS treats it as one.",
    server: client(
      "When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.",
    ),
  },
  "firelens-options": {
    severity: "error",
    title: "FireLens option not understood",
    message: "'{value}' is not a valid value of the FireLens option '{option}'. Use {allowed}.",
    why: "FireLens knows enable-ecs-log-metadata (true, false) and config-file-type (s3, file) with config-file-value.",
  },
  "firelens-option-unknown": {
    severity: "warning",
    title: "Unknown FireLens option",
    message: "FireLens has no option '{option}' and ignores it. {advice}",
    why: "FireLens knows enable-ecs-log-metadata, config-file-type and config-file-value. Options of an output, such as Name or region, are options of the log driver of the container that logs.",
  },
  "firelens-config-arn": {
    severity: "error",
    title: "Configuration in S3 is not an ARN",
    message: "'{value}' is not a valid ARN of an S3 object. Write it as arn:aws:s3:::bucket/path.conf.",
    why: "With config-file-type s3 the value is the full ARN of the file.",
    server: client("Invalid arn syntax."),
  },
  "firelens-config-file": {
    severity: "error",
    title: "FireLens config file incomplete",
    message: "'config-file-type' and 'config-file-value' belong together, and '{option}' is missing. Add it.",
    why: "The type is the kind of place, the value the file in it.",
  },
} as const satisfies Record<string, CatalogueEntry>;
