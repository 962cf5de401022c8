// Runs a suite inside the extension host, as VS Code does for an extension under development; but here everything is
// installed as a user does it. ECS_DAEMON_SUITE names the compiled module, ECS_DAEMON_REPORT the file that says how it went.
const { appendFileSync } = require("node:fs");

exports.activate = () => {
  const { ECS_DAEMON_SUITE: suite, ECS_DAEMON_REPORT: report } = process.env;
  if (suite === undefined || report === undefined) return;
  const end = (text) => appendFileSync(report, `${text}\n`);
  // Not awaited: VS Code goes on with its start meanwhile.
  new Promise((resolve) => resolve(require(suite).run())).then(
    () => end("exit code: 0"),
    (error) => end(`${error?.stack ?? error}\nexit code: 1`),
  );
};
