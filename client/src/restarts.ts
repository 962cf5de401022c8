// How often the language server is started again by itself. Pure, so that a test needs neither VS Code nor a server.

export interface Restarts {
  /** Told of an end at a time in milliseconds: whether the server is to be started again. */
  ended(at: number): boolean;
}

/** So many ends in so short a time have a cause that another start does not mend. */
export const mostEnds = 5;
/** The variable is for tests: a slow machine may need longer than three minutes to start a server five times. */
export const withinMinutes = Number(process.env.ECS_DAEMON_RESTART_MINUTES || 3);

export function createRestarts(): Restarts {
  let ends: readonly number[] = [];
  return {
    ended: (at) => {
      ends = [...ends.filter((it) => at - it < withinMinutes * 60_000), at];
      return ends.length < mostEnds;
    },
  };
}
