// `npm run test:newest [-- WORDS]`: the packaged extension in the newest VS Code that we know, which is set up once. Words
// choose test files as in `npm run test:only`; default: those of a person's use and the suite inside of the extension host.
// Ends with 2 where VS Code cannot be set up, so that nothing was tested.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

process.env.ECS_DAEMON_EDITOR = "newest";
const { ensurePrerequisites } = await import("./prerequisites.mjs");
const { codeServer, edition } = await import("./codeServer.mjs");

const root = join(import.meta.dirname, "..");
const usual =
  "extensionHost story editing panel restart restricted undo confirmation account views pairing".split(" ");
const words = process.argv.length > 2 ? process.argv.slice(2) : usual.map((it) => `editor/${it}`);

if (!(await isReady())) process.exit(2);
process.exitCode = run("build.mjs") || run("package.mjs") || run("test.mjs", ...words);

async function isReady() {
  if (!ensurePrerequisites()) return false;
  try {
    await codeServer();
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    console.error(`VS Code ${edition.vsCode} could not be set up, and nothing was tested: ${why}`);
    return false;
  }
}

/**
 * @param {string} script
 * @param {string[]} args
 */
function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, ".scripts", script), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  return status ?? 1;
}
