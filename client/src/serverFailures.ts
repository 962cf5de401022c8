// What is said where the language server is not there. It is an answer like any other: a panel shows it, a command
// tells it.

import type { Failure } from "../../server/src/lsp/protocol/protocol";
import { mostEnds, withinMinutes } from "./restarts";

/** The server ended, and comes back by itself. */
export const serverAway: Failure = {
  error: {
    code: "server-away",
    message: "The language server ended unexpectedly and is being started again.",
  },
};

/** The server ended too often. */
export const serverGone: Failure = {
  error: {
    code: "server-gone",
    message: `The language server ended ${mostEnds} times within ${withinMinutes} minutes, so it is not started again by itself.`,
    remedy: "Start it again, or see in the log why it ended.",
  },
};
