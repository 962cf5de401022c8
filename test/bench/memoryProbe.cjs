// Preloaded into a command that is measured: writes how much memory it had at most. Nothing of it is shipped.

const { writeFileSync } = require("node:fs");

process.on("exit", () => writeFileSync(process.env.ECS_DAEMON_PROBE, String(process.resourceUsage().maxRSS)));
