import { captureCommand } from "./capture";
import type { Command } from "./command";
import { compareCommand } from "./compare";
import { coverageCommand } from "./coverage/coverage";
import { forecastCommand } from "./coverage/forecast";
import { deleteCommand } from "./delete";
import { deployCommand } from "./deploy";
import { localCommand } from "./local";
import { convertCommand } from "./managed/convert";
import { matchCommand } from "./match";
import { previewCommand } from "./preview";
import { validateCommand } from "./validate";
import { verifyCommand } from "./verify";

/** Every command, in the order in which a daemon service comes to life. */
export const commands: readonly Command[] = [
  validateCommand,
  matchCommand,
  previewCommand,
  localCommand,
  deployCommand,
  verifyCommand,
  deleteCommand,
  coverageCommand,
  forecastCommand,
  captureCommand,
  compareCommand,
  convertCommand,
];
