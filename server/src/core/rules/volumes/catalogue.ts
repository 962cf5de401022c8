// Diagnostics about volumes and mount points.

import { type CatalogueEntry, client } from "../catalogueEntry";

export const volumeDiagnostics = {
  "unknown-volume": {
    severity: "error",
    title: "Mount of an undeclared volume",
    message: "The volume '{volume}' is not declared in 'volumes'. {advice}",
    why: "A mount point refers to a volume of the same task definition by name.",
    server: client("Unknown volume '{volume}'."),
  },
  "unused-volume": {
    severity: "hint",
    title: "Volume that nothing mounts",
    message: "No container mounts the volume '{volume}'. Mount it, or remove it.",
    why: "ECS accepts an ordinary volume that nothing mounts; it only has no effect.",
  },
  "unmounted-launch-volume": {
    severity: "error",
    title: "Volume configured at launch, but not mounted",
    message:
      "The volume '{volume}' is configured at launch, so a container has to mount it. Add a mount point.",
    why: "ECS would create and attach an EBS volume that no container uses.",
    server: client("Volumes [{volume}] are not referenced by any of the containers"),
  },
  "too-many-launch-volumes": {
    severity: "error",
    title: "More than one volume configured at launch",
    message: "'{volume}' is the second volume with 'configuredAtLaunch'. A task definition can have one.",
    why: "A task gets at most one EBS volume from its service or RunTask call.",
  },
  "duplicate-volume-name": {
    severity: "error",
    title: "Two volumes with one name",
    message: "Another volume is already called '{volume}'. Give this one a name of its own.",
    why: "Mount points refer to volumes by name.",
  },
  "volume-without-name": {
    severity: "error",
    title: "Volume without a name",
    message: "The volume has no name, so nothing can mount it. Add 'name'.",
    why: "Mount points refer to volumes by name.",
  },
  "bad-volume-name": {
    severity: "error",
    title: "Volume name not allowed",
    message:
      "The volume name '{volume}' is not allowed. Use up to 255 letters, digits, underscores and hyphens.",
    why: "The name becomes part of the name of a Docker volume.",
    server: client("volume.name contains invalid characters."),
  },
  "efs-file-system-id": {
    severity: "warning",
    title: "Not the ID of an EFS file system",
    message: "'{id}' is not a valid ID of an EFS file system, which begins with fs-.",
    why: "ECS takes any text when a definition is registered, and no task can start with a file system that does not exist.",
  },
  "volume-kinds": {
    severity: "error",
    title: "Volume of two kinds",
    message: "The volume has '{first}' and '{second}'. A volume is of one kind; remove one of them.",
    why: "A volume is a path of the instance, a Docker volume, or a file system, never two of them.",
    server: client(
      "When the volume parameter is specified, only one volume configuration type should be used.",
    ),
  },
  "volumes-from-unknown": {
    severity: "error",
    title: "Volumes from a container that does not exist",
    message: "No container is called '{name}'. {advice}",
    why: "volumesFrom takes over the mounts of another container of the same task.",
    server: client("Invalid 'volumesFrom' setting. Unknown container: '{name}'"),
  },
  "volumes-from-without-source": {
    severity: "error",
    title: "Volumes from no container",
    message: "An entry of 'volumesFrom' needs 'sourceContainer'. Add it, or remove the entry.",
    why: "Without it there is no container to take the mounts from.",
  },
  "blank-host-path": {
    severity: "error",
    title: "Empty host path",
    message: "'sourcePath' is empty. Give an absolute path, or remove it to let Docker choose one.",
    why: "A volume without sourcePath is fine, one with an empty path is not.",
    server: client("host.sourcePath should not be blank."),
  },
  "relative-path": {
    severity: "warning",
    title: "Path is not absolute",
    message: "'{member}' is '{path}', which is not an absolute path{where}. Begin it with /.",
    why: "Docker mounts only to and from absolute paths.",
  },
  "mount-without-source": {
    severity: "error",
    title: "Incomplete mount point",
    message: "A mount point needs '{member}'. Add it.",
    why: "A mount point defines which volume appears where in the container.",
  },
  "mount-path-twice": {
    severity: "warning",
    title: "Two mounts at one path",
    message: "Another volume is already mounted at '{path}' in this container. Use another path.",
    why: "Docker refuses a container with two mounts at one path; a temporary file system is a mount, too.",
  },
  "mount-at-root": {
    severity: "warning",
    title: "Volume in the place of the root file system",
    message: "A volume cannot be mounted at '/' of a container. Use a path below it.",
    why: "Docker refuses it: the image is there.",
  },
  "fsx-file-system-id": {
    severity: "warning",
    title: "Not the ID of an FSx file system",
    message:
      "'{id}' is not a valid ID of a file system of FSx for Windows File Server, which begins with fs-.",
    why: "ECS takes any text when a definition is registered, and no task can start with a file system that does not exist.",
  },
  "fsx-credentials": {
    severity: "warning",
    title: "FSx credentials that are not an ARN",
    message:
      "'credentialsParameter' is not an ARN of a secret of Secrets Manager or of a parameter of Parameter Store. Write the whole ARN.",
    why: "The agent reads the credentials from there before it mounts the file system.",
  },
  "s3-files-arn": {
    severity: "warning",
    title: "Not an ARN of S3 Files",
    message:
      "'{arn}' is not an ARN of S3 Files. It looks like arn:aws:s3files:REGION:ACCOUNT:file-system/fs-ID.",
    why: "File systems and access points of S3 Files are named by their whole ARN; those of EFS belong in efsVolumeConfiguration.",
  },
  "ebs-snapshot-id": {
    severity: "warning",
    title: "Not the ID of a snapshot",
    message: "'{id}' is not a valid ID of an EBS snapshot, which begins with snap-.",
    why: "The volume is made of the snapshot when a task starts, and fails there.",
  },
  "ebs-file-system": {
    severity: "warning",
    title: "File system of another operating system",
    message: "The file system {type} is for {os}, and the task definition is not. Use {instead}.",
    why: "ECS formats the volume before a task uses it, for the operating system of the task.",
  },
  "ebs-key-unused": {
    severity: "warning",
    title: "Key of a volume that is not encrypted",
    message:
      "'kmsKeyId' is for encrypted volumes, and 'encrypted' is false. Set it to true, or remove the key.",
    why: "EBS refuses a key for a volume that is not encrypted (CreateVolume, KmsKeyId).",
  },
  "efs-access-point-id": {
    severity: "warning",
    title: "Not the ID of an EFS access point",
    message: "'{id}' is not a valid ID of an EFS access point, which begins with fsap-.",
    why: "The file system is mounted through the access point of this ID.",
  },
  "efs-access-point-root": {
    severity: "error",
    title: "Root directory together with an EFS access point",
    message: "With an access point 'rootDirectory' has to be \"/\" or absent, not '{path}'.",
    why: "The access point decides which directory is the root.",
    server: client(
      'When using an EFS access point, the root directory must either be set to "/" or be omitted',
    ),
  },
  "efs-relative-root": {
    severity: "warning",
    title: "Root directory is not absolute",
    message:
      "'rootDirectory' is '{path}', which is not an absolute path of the file system. Begin it with /.",
    why: "The directory is mounted as it is written, and paths in EFS begin at its root.",
  },
  "efs-iam-encryption": {
    severity: "error",
    title: "EFS authorization without encryption in transit",
    message: '\'{member}\' needs "transitEncryption": "ENABLED". Set it.',
    why: "EFS checks identities and access points on encrypted connections only.",
    server: client("EFS IAM authorization requires TransitEncryption to be enabled"),
  },
  "efs-port-encryption": {
    severity: "error",
    title: "Encryption port without encryption in transit",
    message: '\'transitEncryptionPort\' needs "transitEncryption": "ENABLED". Set it, or remove the port.',
    why: "The port is the one of the encrypted connection.",
    server: client("TransitEncryptionPort requires that TransitEncryption is enabled"),
  },
  "s3-files-role": {
    severity: "error",
    title: "S3 Files volume needs a task role",
    message:
      "The volume '{volume}' is an S3 file system, so the task definition needs a 'taskRoleArn'. Add it.",
    why: "The file system is mounted with the rights of the task role.",
  },
  "docker-volume-autoprovision": {
    severity: "warning",
    title: "Autoprovision without shared scope",
    message: '\'autoprovision\' only counts with "scope": "shared". Change the scope, or remove it.',
    why: "A volume of scope task is always created for its task.",
  },
} as const satisfies Record<string, CatalogueEntry>;
