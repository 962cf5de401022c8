// Paths of an EC2 instance with Docker, and where the same is on a Managed Instance.

export interface NewPath {
  /** The volume's new contents. */
  readonly volume: Readonly<Record<string, unknown>>;
  readonly why: string;
}

const noDocker = "Managed Instances run Bottlerocket with containerd: Docker's paths do not exist.";

/** The counterpart of a host path, or `undefined` where it is carried as it is. */
export function newPath(path: string): NewPath | undefined {
  if (/^(\/var)?\/run\/docker\.sock\/?$/.test(path)) {
    const volume = { host: { sourcePath: "/var/run/containerd/containerd.sock" } };
    return { volume, why: `${noDocker} The agent has to speak to containerd.` };
  }
  if (/^\/cgroup\/?$/.test(path))
    return { volume: { host: { sourcePath: "/sys/fs/cgroup/" } }, why: noDocker };
  if (/^\/var\/lib\/docker\/containers\/?$/.test(path)) {
    const volume = { logDriverVolumeConfiguration: { driver: "json-file" } };
    return { volume, why: `${noDocker} Applications have to log with json-file to be seen here.` };
  }
  return undefined;
}
