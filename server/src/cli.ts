#!/usr/bin/env node

// Entry of the command line `ecs-daemon`.

import { nodeTerminal } from "./cli/output/terminal";
import { runCommandLine } from "./cli/runCommandLine";

runCommandLine(process.argv.slice(2), nodeTerminal()).then((code) => {
  // No process.exit: what is still being written to a pipe is written.
  process.exitCode = code;
});
