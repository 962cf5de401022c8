import type { Command } from "../command";
import { coverageCommand } from "../coverage/coverage";
import { forecastCommand } from "../coverage/forecast";
import { makeRoomCommand } from "../coverage/makeRoom";
import { convertCommand } from "../managed/convert";
import { mcpCommand } from "../mcp/mcp";
import { captureCommand } from "./capture";
import { compareCommand } from "./compare";
import { deleteCommand } from "./delete";
import { deployCommand } from "./deploy";
import { localCommand } from "./local";
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
  makeRoomCommand,
  forecastCommand,
  captureCommand,
  compareCommand,
  convertCommand,
  mcpCommand,
];
