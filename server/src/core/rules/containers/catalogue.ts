// Diagnostics about containers: names, images, health checks, dependencies, timeouts.

import { type CatalogueEntry, client } from "../catalogueEntry";

export const containerDiagnostics = {
  "no-containers": {
    severity: "error",
    title: "No container",
    message: "The task definition has no container. Add one to 'containerDefinitions'.",
    why: "A task runs at least one container.",
  },
  "too-many-containers": {
    severity: "error",
    title: "More than 10 containers",
    message:
      "There are {count} containers and ECS accepts at most 10 in a task definition. Remove some, or split the task.",
    why: "10 containers is the limit of a task definition.",
    server: client("Too many containers."),
  },
  "no-essential-container": {
    severity: "error",
    title: "No essential container",
    message:
      'No container of this task definition is essential. Remove "essential": false from at least one.',
    why: "A task lives as long as its essential containers; without one ECS cannot decide when it ends.",
    server: client("Task definition doesn't have any essential container"),
  },
  "duplicate-container-name": {
    severity: "error",
    title: "Two containers with one name",
    message:
      "Another container of this task definition is already called '{name}'. Give this one a name of its own.",
    why: "Links, dependencies, volumesFrom and load balancers refer to containers by name.",
    server: client("Container names must be unique within a task definition"),
  },
  "container-without-name": {
    severity: "error",
    title: "Container without a name",
    message: "{container} has no name. Add 'name'.",
    why: "The API model marks nothing as required in a container, but ECS refuses one without a name.",
    server: client("Container.name should not be null or empty."),
  },
  "container-without-image": {
    severity: "error",
    title: "Container without an image",
    message: "{container} has no image. Add 'image'.",
    why: "The API model marks nothing as required in a container, but ECS refuses one without an image.",
    server: client("Container.image should not be null or empty."),
  },
  "bad-container-name": {
    severity: "error",
    title: "Container name not allowed",
    message:
      "The container name '{name}' is not allowed. Use up to 255 letters, digits, underscores and hyphens.",
    why: "The name becomes part of the name of the Docker container.",
    server: client("Container.name contains invalid characters."),
  },
  "bad-image": {
    severity: "error",
    title: "Image reference not allowed",
    message: "The image '{image}' is not allowed: {reason}.",
    why: "An image is named as repository, repository:tag (together up to 255 characters) or repository@sha256: and 64 hexadecimal digits.",
  },
  "image-not-pullable": {
    severity: "warning",
    title: "Image that cannot be pulled",
    message: "No image can be pulled as '{image}': {reason}.",
    why: "ECS passes the text on to Docker, which refuses it when a task starts.",
  },
  "container-user": {
    severity: "warning",
    title: "User that no container can run as",
    message:
      "'{user}' is not a valid user: {reason}. Write a name or an ID, and a group after a colon if needed.",
    why: "The API reference allows user, user:group, uid, uid:gid, user:gid and uid:group; the container runtime takes IDs from 0 to 2147483647.",
  },
  "link-format": {
    severity: "warning",
    title: "Link of three parts",
    message: "'{link}' is not a valid link: a container has one alias. Write its name, or NAME:ALIAS.",
    why: "A link is name:internalName. The agent refuses another form when it starts the container.",
  },
  "refers-to-itself": {
    severity: "warning",
    title: "Container that refers to itself",
    message:
      "The container '{name}' refers to itself in '{member}'. Name another container, or remove the entry.",
    why: "A container has its own volumes and reaches itself anyway; Docker refuses to start it.",
  },
  "depends-on-unknown": {
    severity: "error",
    title: "Dependency on a container that does not exist",
    message: "No container is called '{name}'. {advice}",
    why: "A container can only wait for containers of its own task.",
    server: client("Cannot depend on container {name} because it does not exist"),
  },
  "depends-on-health": {
    severity: "error",
    title: "HEALTHY without a health check",
    message:
      "'{name}' has no health check, so it never becomes HEALTHY. Add 'healthCheck' to it, or wait for START.",
    why: "Only a health check of the task definition counts; one inside the image does not.",
    server: client("A dependency container with HEALTHY condition must have health check configured"),
  },
  "depends-on-no-check": {
    severity: "warning",
    title: "Waits for a health check that is switched off",
    message: "'{name}' switches its health check off (NONE), so it never becomes HEALTHY. Wait for START.",
    why: "NONE disables the check of the image, too: Docker reports no health, and what waits for it never starts.",
  },
  "depends-on-essential": {
    severity: "error",
    title: "Waiting for an essential container to end",
    message:
      "{condition} waits for '{name}' to end, but it is essential, and its end stops the task. Set \"essential\": false there, or wait for START.",
    why: "When an essential container stops, ECS stops all the others.",
    server: client(
      "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
    ),
  },
  "depends-on-cycle": {
    severity: "error",
    title: "Containers wait for each other",
    message: "{what}: {cycle}. Remove a dependency.",
    why: "No container of a circle of dependencies could ever start.",
  },
  "links-cycle": {
    severity: "error",
    title: "Containers link to each other",
    message: "These containers link to each other: {cycle}. Remove one of the links.",
    why: "A link needs the other container to run already.",
    server: client("Container links should not have a cycle"),
  },
  "start-cycle": {
    severity: "warning",
    title: "Containers need each other to start",
    message: "These containers need each other to start: {cycle}. Remove one of the references.",
    why: "A container starts after those that it depends on, links to and takes volumes from; the agent starts none of a circle.",
  },
  "timeout-too-short": {
    severity: "error",
    title: "Timeout under two seconds",
    message: "'{member}' is {seconds}; it has to be at least 2 seconds.",
    why: "ECS documents two seconds as the least.",
    server: client("Granular {kind} timeout on container '{name}' must be at least 2 seconds."),
  },
  "health-check-range": {
    severity: "error",
    title: "Health check setting out of range",
    message: "'{member}' of a health check has to be {range}, not {value}.",
    why: "ECS documents the ranges: interval 5 to 300 seconds, timeout 2 to 60 seconds, retries 1 to 10, startPeriod 0 to 300 seconds.",
  },
  "health-check-command": {
    severity: "warning",
    title: "Health check command not understood",
    message:
      'A health check command begins with "CMD-SHELL" (run by a shell) or "CMD" (run as it is). {advice}',
    why: "Docker reads the first word of the list as the way to run the rest. Where it is the program itself this is a hint: samples of AWS have it so, and ECS once documented that it may be.",
  },
  "restart-period-range": {
    severity: "error",
    title: "Restart period out of range",
    message: "'restartAttemptPeriod' is {seconds}; it has to be 60 to 1800 seconds.",
    why: "A container that has not run that long is not restarted.",
    server: client("the 'restartAttemptPeriod' setting for container '{name}' must be between 60 and 1800"),
  },
  "too-many-exit-codes": {
    severity: "error",
    title: "More than 50 ignored exit codes",
    message: "'ignoredExitCodes' lists {count} codes and ECS accepts at most 50.",
    why: "The restart policy takes up to 50 exit codes.",
  },
  "duplicate-environment-name": {
    severity: "warning",
    title: "Environment variable given twice",
    message:
      "The environment variable '{name}' is given twice in this container; one value hides the other. Remove one.",
    why: "A process has one value for a variable.",
  },
  "environment-name": {
    severity: "warning",
    title: "Name that no environment variable has",
    message: "The name of the variable, '{name}', {reason}. {advice}",
    why: "A process gets its variables as texts NAME=VALUE; ECS passes the name on as it is written.",
  },
  "environment-without-name": {
    severity: "error",
    title: "Environment variable without a name",
    message: "The environment variable has no name. Add 'name', or remove the entry.",
    why: "The API model does not mark the name as required, but ECS refuses a variable without one.",
    server: client("Environment variable name cannot be null or blank."),
  },
  "plain-secret": {
    severity: "warning",
    title: "Secret in plain text",
    message:
      "The value of '{name}' looks like a secret, and everyone who may describe the task definition can read it. Use 'secrets' with Secrets Manager or Parameter Store.",
    why: "A registered task definition can never be changed, only deregistered; a secret in it stays readable.",
  },
  "secret-name-taken": {
    severity: "error",
    title: "Secret name used twice",
    message: "The secret name '{name}' is already used by {other} of this container. Rename or remove one.",
    why: "Secrets become environment variables, and a process has one value for a variable.",
    server: client(
      "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '{name}'.",
    ),
  },
  "secrets-without-role": {
    severity: "error",
    title: "Secrets need an execution role",
    message: "{container} has secrets, so the task definition needs an 'executionRoleArn'. Add it.",
    why: "The agent fetches the secrets with the rights of the execution role.",
    server: client(
      "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    ),
  },
  "environment-files-without-role": {
    severity: "warning",
    title: "Environment files need an execution role",
    message:
      "{container} has environment files, and without an 'executionRoleArn' nothing may read them. Add it.",
    why: "Environment files are fetched from S3 with the task execution role; the task does not start without them.",
  },
  "registry-credentials-reference": {
    severity: "warning",
    title: "Registry credentials outside Secrets Manager",
    message:
      "'{value}' is not a secret of Secrets Manager. Its ARN looks like arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME.",
    why: "The credentials of a private registry are read from Secrets Manager only.",
  },
  "registry-credentials-without-role": {
    severity: "error",
    title: "Registry credentials need an execution role",
    message:
      "{container} has repository credentials, so the task definition needs an 'executionRoleArn'. Add it.",
    why: "The agent fetches the credentials with the rights of the execution role.",
    server: client(
      "Private repository authentication requires that the task definition specify a value for executionRoleArn.",
    ),
  },
  "bad-secret-reference": {
    severity: "warning",
    title: "Not a reference to a secret",
    message:
      "The 'valueFrom' of the secret '{name}' is neither an ARN of Secrets Manager or Parameter Store nor a parameter name. Give one of these; a secret itself does not belong here.",
    why: "valueFrom names where the secret is, never the secret itself.",
  },
  "secret-reference-arn": {
    severity: "warning",
    title: "ARN of a secret that names none",
    message:
      "The ARN in 'valueFrom' of the secret '{name}' {reason}. The task would not start. Correct the ARN.",
    why: "The ARN is read when a task starts: Region and account are part of where the secret is, and the ARN of a parameter has one slash before its name, which the name may begin with.",
  },
  "secret-reference-parts": {
    severity: "warning",
    title: "ARN of a secret with too few or too many parts",
    message:
      "The ARN in 'valueFrom' of the secret '{name}' has to end with its name, or with all of :KEY:STAGE:VERSION, whose parts may be empty, for example :KEY::. The task would not start.",
    why: "The agent reads a key, a version stage and a version id behind the name, and refuses an ARN with only some of the colons: unexpected ARN format with parameters.",
  },
  "too-many-environment-files": {
    severity: "error",
    title: "More than 10 environment files",
    message: "There are {count} environment files and ECS accepts at most 10 for a container.",
    why: "10 files is the limit of a container.",
    server: client("The maximum number of environment files was exceeded. Specify ten or less and try again"),
  },
  "environment-file-arn": {
    severity: "error",
    title: "Environment file is not an ARN",
    message: "'{value}' is not a valid ARN of an S3 object. Write it as arn:aws:s3:::bucket/path/name.env.",
    why: "ECS reads environment files from S3 and takes their ARN, not their URL.",
    server: client("Invalid arn syntax"),
  },
  "environment-file-suffix": {
    severity: "warning",
    title: "Environment file without .env",
    message: "The environment file '{value}' does not end in .env, which ECS requires. Rename the object.",
    why: "ECS documents that environment files have the suffix .env.",
  },
  "credential-spec": {
    severity: "warning",
    title: "Credential spec without its kind",
    message:
      "'{value}' is not a valid credential spec. Write credentialspec: or credentialspecdomainless: before the ARN.",
    why: "What is before the ARN decides whether the instance has to be joined to the domain.",
  },
  "too-many-credential-specs": {
    severity: "error",
    title: "More than one credential spec",
    message: "'credentialSpecs' lists {count} entries and ECS accepts one. Keep one.",
    why: "A container has one group-managed service account.",
  },
} as const satisfies Record<string, CatalogueEntry>;
