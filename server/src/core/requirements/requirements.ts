// What one task of a task definition asks of the container instance it lands on.

export interface PortRequirement {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  /** The container whose port mapping asks for it. */
  readonly container: string;
}

export interface AttributeRequirement {
  readonly name: string;
  /** What in the definition asks for it, in a reader's words: "log driver awslogs". */
  readonly because: string;
  /** The Docker plug-in that gives an instance the attribute, as `docker plugin install` takes it. */
  readonly plugin?: string;
}

export interface Requirements {
  readonly family: string | undefined;
  /** CPU units, 1024 per vCPU. */
  readonly cpu: number;
  /** MiB: the task's memory, else the sum of each container's reservation or, without one, its limit. */
  readonly memory: number;
  /** Fixed host ports; a dynamic port (0 or absent in bridge mode) asks for nothing. */
  readonly ports: readonly PortRequirement[];
  readonly attributes: readonly AttributeRequirement[];
  /** Only what `runtimePlatform` says. */
  readonly platform: {
    readonly osFamily?: string | undefined;
    readonly cpuArchitecture?: string | undefined;
  };
  readonly gpus: number;
  /** Elastic network interfaces: 1 in awsvpc mode, else 0. */
  readonly enis: number;
}
