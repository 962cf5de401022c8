// What one task of a task definition asks of the container instance it lands on.

export interface PortRequirement {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  /** The container whose port mapping asks for it. */
  readonly container: string;
  /** In host mode: the container itself listens on it. */
  readonly isContainerPort?: true;
}

export interface AttributeRequirement {
  readonly name: string;
  /** What in the definition asks for it, in a reader's words: "log driver awslogs". */
  readonly because: string;
  /** For a volume driver: the plug-in to install, as `docker plugin install` takes it. */
  readonly plugin?: string;
}

export interface Requirements {
  readonly family: string | undefined;
  /** CPU units, 1024 per vCPU; where a placeholder decides, the least it can be. */
  readonly cpu: number;
  /**
   * MiB: the task's memory, else the sum of each container's reservation or, without one, its limit; where a placeholder
   * decides, the least it can be.
   */
  readonly memory: number;
  /** Fixed host ports; a dynamic port (0 or absent in bridge mode) asks for nothing. */
  readonly ports: readonly PortRequirement[];
  readonly attributes: readonly AttributeRequirement[];
  /** Only what `runtimePlatform` says. */
  readonly platform: {
    readonly osFamily?: string | undefined;
    readonly cpuArchitecture?: string | undefined;
  };
  /** Where a placeholder decides, the least it can be. */
  readonly gpus: number;
  /** Elastic network interfaces: 1 in awsvpc mode, else 0. */
  readonly enis: number;
  /** What placeholders may add to all of that; absent where everything is known. */
  readonly unknown?: UnknownRequirements | undefined;
}

/** What a placeholder stands for may ask for more. `values` are the placeholders, as written. */
export interface UnknownRequirements {
  readonly cpu?: UnknownAmount | undefined;
  readonly memory?: UnknownAmount | undefined;
  readonly gpus?: UnknownAmount | undefined;
  readonly ports: readonly UnknownPort[];
  readonly attributes: readonly UnknownAttribute[];
  readonly osFamily?: readonly string[] | undefined;
  readonly cpuArchitecture?: readonly string[] | undefined;
  /** The network mode: awsvpc takes a network interface and needs a subnet. */
  readonly networkMode?: readonly string[] | undefined;
}

export interface UnknownAmount {
  readonly values: readonly string[];
  /** The most it can be; `undefined` where it can be anything. */
  readonly most: number | undefined;
}

/** A host port that may be asked for. */
export interface UnknownPort {
  readonly values: readonly string[];
  /** `undefined`: any port. */
  readonly port: number | undefined;
  readonly protocols: readonly PortRequirement["protocol"][];
  /** The port itself is asked for, whatever its protocol is. */
  readonly certain: boolean;
}

/** An attribute that may be required. */
export interface UnknownAttribute {
  readonly values: readonly string[];
  /** `undefined` where its name depends on the value: of a log driver, a volume driver. */
  readonly name: string | undefined;
  /** As of a requirement; without a name the kind: "log driver", "volume driver". */
  readonly because: string;
}
