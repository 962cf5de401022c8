// What a row of the table of required capabilities is, and the names of capabilities.

import type { Usage } from "./definitionUsage";

/** One row: what a definition uses, and the attributes that this asks for. */
export interface CapabilityRow {
  /** In a reader's words. */
  readonly because: string;
  readonly attributes: readonly string[];
  /** Whether it surely does. */
  readonly uses: Usage;
  /**
   * The paths that decide, from the definition downwards and through lists: where a placeholder leaves one of them open,
   * the definition may use it.
   */
  readonly reads: readonly string[];
}

/** A capability that the agent names. */
export const agentCapability = (name: string) => `ecs.capability.${name}`;
/** A capability from the days when Docker was all there was. */
export const dockerCapability = (name: string) => `com.amazonaws.ecs.capability.${name}`;
/** The version 1.MINOR of the Docker API, which the instance's Docker has to speak. */
export const dockerApi = (minor: number) => dockerCapability(`docker-remote-api.1.${minor}`);

/** A path inside every container definition. */
export const containers = (path: string) => `containerDefinitions.${path}`;
