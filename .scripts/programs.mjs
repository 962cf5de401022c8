// Finds the programs of the machine that the tests and `npm start` use.
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

const chromiumNames = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The path of the program `name` on PATH, or undefined. An absolute name is only looked at. */
export function findProgram(name) {
  if (isAbsolute(name)) return isExecutable(name) ? name : undefined;
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** The path of a Chromium (or a Chrome), or undefined. The variable CHROMIUM names one that lies elsewhere. */
export function findChromium() {
  return [process.env.CHROMIUM, ...chromiumNames]
    .filter((name) => name !== undefined && name !== "")
    .map(findProgram)
    .find((path) => path !== undefined);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
