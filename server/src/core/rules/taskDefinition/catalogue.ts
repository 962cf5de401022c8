// Diagnostics about a task definition as a whole.

import { type CatalogueEntry, client } from "../catalogueEntry";

export const taskDefinitionDiagnostics = {
  "bad-family": {
    severity: "error",
    title: "Family name not allowed",
    message:
      "The family '{family}' is not allowed. Use up to 255 letters, digits, underscores and hyphens, at least one.",
    why: "The family becomes part of the task definition's ARN.",
    server: client("Family contains invalid characters."),
  },
  "bad-role": {
    severity: "error",
    title: "Not the ARN of a role",
    message:
      "'{arn}' is not a valid ARN of an IAM role{because}. It looks like arn:aws:iam::ACCOUNT:role/NAME; the name of a role alone will do, too.",
    why: "Tasks get their rights from roles, not from users, instance profiles or other resources.",
    server: client("Role is not valid"),
  },
  "task-definition-too-large": {
    severity: "error",
    title: "Task definition over 64 KiB",
    message:
      "The task definition has {size} bytes and ECS accepts at most 65536. Move data into environment files, secrets or the image.",
    why: "ECS limits the size of a registered task definition to 64 KiB, counted without the white space of the file.",
    server: client("Actual length: '{size}'. Max allowed length is '65536' bytes."),
  },
  "inference-accelerators": {
    severity: "error",
    title: "Inference accelerators are gone",
    message: "'{member}' belongs to Elastic Inference, which no longer exists. Remove it.",
    why: "Elastic Inference was retired; the property is still in the API model, but ECS refuses it.",
    server: client("Unsupported field 'inferenceAccelerators'"),
  },
  "ephemeral-storage-range": {
    severity: "error",
    title: "Ephemeral storage out of range",
    message: "'sizeInGiB' is {size}; it has to be 21 to 200.",
    why: "Every Fargate task has 20 GiB anyway; the setting gives it more, up to 200.",
    server: client("EphemeralStorage size should be {limit}"),
  },
  "ephemeral-storage-on-ec2": {
    severity: "error",
    title: "Ephemeral storage is for Fargate only",
    message: "'ephemeralStorage' works on Fargate only, and this definition is for EC2. Remove it.",
    why: "On EC2 a task uses the disk of its container instance.",
    server: client("Tasks using the EC2 launch type do not support EphemeralStorage"),
  },
  "windows-arm64": {
    severity: "error",
    title: "Windows on ARM64",
    message: "There are no Windows containers on ARM64. Use X86_64.",
    why: "ECS-optimized Windows images exist for x86-64 only.",
  },
  "not-on-windows": {
    severity: "warning",
    title: "Not for Windows containers",
    message:
      "'{member}' does not work with Windows containers, and 'operatingSystemFamily' is {family}. Remove it.",
    why: "ECS documents which parameters Windows containers do not have; they are refused or ignored.",
  },
  "windows-network-mode": {
    severity: "warning",
    title: "Network mode that Windows does not have",
    message:
      "Windows containers have no network mode {mode}. Use awsvpc, or leave 'networkMode' out for the default of Windows (NAT).",
    why: "On Windows instances Docker has a NAT network, and ECS adds awsvpc.",
  },
  "volume-platform": {
    severity: "warning",
    title: "File system of another operating system",
    message: "{what} is for {wanted} containers, and 'operatingSystemFamily' is {family}.",
    why: "The agent mounts EFS and S3 Files on Linux only, FSx for Windows File Server on Windows only, and Windows has no Docker volume driver but local.",
  },
  "not-on-managed-instances": {
    severity: "warning",
    title: "Not on Managed Instances",
    message:
      "{what} does not work on Managed Instances, and MANAGED_INSTANCES is in 'requiresCompatibilities'. Remove it.",
    why: "ECS runs the containers of Managed Instances without Docker, on an operating system that it chooses; the guide lists what does not work there.",
  },
  "not-on-external": {
    severity: "error",
    title: "Not on external instances",
    message:
      "{what} does not work on external instances (ECS Anywhere), and EXTERNAL is in 'requiresCompatibilities'. {advice}",
    why: "External instances have no elastic network interfaces, no EFS and no App Mesh.",
  },
  "proxy-network-mode": {
    severity: "error",
    title: "App Mesh proxy outside awsvpc",
    message:
      "'proxyConfiguration' needs the network mode awsvpc, and this is {mode}. Change the mode, or remove the proxy.",
    why: "The proxy takes over the task's own network interface, which only awsvpc tasks have.",
    server: client("APPMESH proxy configuration is only supported in networkMode=awsvpc"),
  },
  "proxy-container": {
    severity: "error",
    title: "Proxy container does not exist",
    message: "No container is called '{name}', so it cannot be the proxy. {advice}",
    why: "The proxy of a task is one of its containers.",
    server: client("Proxy container [{name}] does not exist"),
  },
  "proxy-property-value": {
    severity: "warning",
    title: "App Mesh proxy property not understood",
    message: "'{value}' is not a valid {property} of an App Mesh proxy. {advice}",
    why: "The network plugin reads the properties when a task starts, and fails there.",
  },
  "proxy-user": {
    severity: "warning",
    title: "Another user than the App Mesh proxy's",
    message:
      "The proxy leaves the traffic of user {ignored} alone, and its container '{container}' runs as user {uid}. Use one number for both.",
    why: "Traffic of the proxy itself is sent to the proxy again, without end, unless its own user or group is ignored.",
  },
  "proxy-properties": {
    severity: "error",
    title: "App Mesh proxy property missing",
    message: "The App Mesh proxy lacks {property}. Add to 'properties' what is missing.",
    why: "The proxy has to know its ports, the ports of the application, what to leave alone, and its own user or group.",
    server: client("{property} not found"),
  },
  "empty-tags": {
    severity: "error",
    title: "Empty list of tags",
    message: "'tags' is an empty list, which ECS refuses. Remove it.",
    why: "RegisterTaskDefinition takes tags or no tags, but not an empty list of them.",
    server: client("Tags can not be empty."),
  },
  "bad-tag": {
    severity: "error",
    title: "Tag not allowed",
    message: "The tag {part} '{value}' is not allowed: {reason}.",
    why: "Keys have 1 to 128 characters, values up to 256, of letters, digits, spaces and _ . : / = + - @; the prefix aws: is reserved.",
  },
  "duplicate-tag": {
    severity: "error",
    title: "Two tags with one key",
    message: "The tag key '{key}' is already used. Each key may occur once.",
    why: "A resource has one value for a tag key.",
  },
  "too-many-tags": {
    severity: "error",
    title: "More than 50 tags",
    message: "There are {count} tags and ECS accepts at most 50. Remove some.",
    why: "50 tags is the limit of an AWS resource.",
  },
  "never-a-daemon": {
    severity: "error",
    title: "Definition can never run as a daemon",
    message:
      "The DAEMON service '{service}' refers to this task definition, but it is for {launchType} only, where daemon services cannot run. Add \"EC2\" to 'requiresCompatibilities'.",
    why: "The DAEMON strategy works on container instances (EC2 and external), not on Fargate and not on Managed Instances.",
  },
} as const satisfies Record<string, CatalogueEntry>;
