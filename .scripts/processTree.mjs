// Ends a process and everything it started, each by its own id: other people's processes of the same name are theirs.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Ends the process `pid` and its descendants. Synchronous, so that it can be the last thing a process does. */
export function endProcessTree(pid, signal = "SIGKILL") {
  const tree = descendants(pid);
  for (const id of [pid, ...tree]) {
    try {
      process.kill(id, signal);
    } catch {
      // It has ended by itself meanwhile.
    }
  }
}

function descendants(pid) {
  const children = new Map();
  for (const { id, parent } of processes()) {
    children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  const found = [];
  const open = [pid];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of children.get(next) ?? []) {
      found.push(child);
      open.push(child);
    }
  }
  return found;
}

function processes() {
  return existsSync("/proc/self/stat") ? processesOfProc() : processesOfPs();
}

function processesOfProc() {
  const found = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      // The second field is the program's name in parentheses and may hold anything; state and parent follow it.
      const parent = stat
        .slice(stat.lastIndexOf(")") + 2)
        .split(" ")
        .at(1);
      found.push({ id: Number(name), parent: Number(parent) });
    } catch {
      // A process that ended while we read the list.
    }
  }
  return found;
}

function processesOfPs() {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => {
      const [id, parent] = line.trim().split(/\s+/);
      return { id: Number(id), parent: Number(parent) };
    });
}
