// Preloaded (NODE_OPTIONS) into the processes of a VS Code that is measured: says when the extension's code is loaded
// and activated, and when the language server gets and answers which message. Nothing of it is shipped.

const { appendFile } = require("node:fs");
const Module = require("node:module");
const { sep } = require("node:path");

const target = process.env.ECS_DAEMON_PROBE;
const now = () => performance.timeOrigin + performance.now();
const isOurs = (path, name) =>
  typeof path === "string" && path.includes(`${sep}ecs-daemon`) && path.endsWith(`${sep}dist${sep}${name}`);

// Written in one go when nothing else is to be done, so that writing is not measured.
const lines = [];
function note(record) {
  lines.push(JSON.stringify(record));
  if (lines.length > 1) return;
  setTimeout(() => appendFile(target, `${lines.splice(0).join("\n")}\n`, () => {}), 20);
}

/** Our files in memory, apart from the one that is being loaded. */
const loadedFiles = () =>
  ["later.js", "languageClient.js", "protocol.js", "aws.js", "server.js"].filter((name) =>
    Object.keys(require.cache).some((it) => isOurs(it, name)),
  );

function watchActivation() {
  const load = Module._load;
  Module._load = function (request, ...rest) {
    if (!isOurs(request, "client.js")) return load.call(this, request, ...rest);
    const began = performance.now();
    const loaded = load.call(this, request, ...rest);
    const loading = performance.now() - began;
    return {
      ...loaded,
      activate: (...given) => {
        const called = performance.now();
        const result = loaded.activate(...given);
        note({ kind: "activated", loading, activating: performance.now() - called, files: loadedFiles() });
        return result;
      },
    };
  };
}

function watchMessages() {
  const asked = new Map();
  process.prependListener("message", ({ method, id }) => {
    if (id !== undefined && method !== undefined) asked.set(id, method);
    if (method !== undefined) note({ kind: "in", method, at: now() });
  });
  const send = process.send;
  process.send = (message, ...rest) => {
    const method = message.method ?? asked.get(message.id);
    const at = now();
    const sent = send.call(process, message, ...rest);
    note({ kind: "out", method, at });
    return sent;
  };
}

if (target !== undefined) {
  if (isOurs(process.argv[1], "server.js")) watchMessages();
  else watchActivation();
}
