// Any file on the command line: an exit code that means something, JSON that is JSON, one line of complaint, and nothing
// that could rewrite the terminal it is printed on.

import assert from "node:assert/strict";
import fc, { type Arbitrary } from "fast-check";
import type { Terminal } from "../../server/src/cli/output/terminal";
import { runCommandLine } from "../../server/src/cli/runCommandLine";
import { sampleWorkspace } from "../support/paths";
import { temporaryFolder } from "../support/temporaryFolder";
import { clusterInputs, documentInputs } from "./documentInputs";
import { expressionInputs } from "./expressions";
import type { FuzzTarget } from "./fuzzTarget";

type Input = {
  readonly command: "validate" | "match" | "preview";
  readonly name: string;
  readonly text: string;
  readonly expression: string;
};

const inputs: Arbitrary<Input> = fc
  .tuple(
    fc.constantFrom("validate", "match", "preview", "preview-on"),
    documentInputs,
    clusterInputs,
    expressionInputs,
  )
  .map(([kind, document, cluster, expression]) => {
    if (kind === "validate" || kind === "preview") return { command: kind, ...document, expression: "" };
    return {
      command: kind === "match" ? "match" : "preview",
      ...cluster,
      expression: kind === "match" ? expression : "",
    };
  });

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly said: readonly string[];
}

async function run(words: readonly string[]): Promise<Outcome> {
  let out = "";
  const said: string[] = [];
  const terminal: Terminal = {
    write: (text) => {
      out += text;
    },
    say: (line) => void said.push(line),
    canAsk: false,
    confirm: async () => false,
    ask: async () => "",
    colors: false,
    columns: 80,
    environment: {},
    interruption: () => new AbortController().signal,
  };
  const code = await runCommandLine(words, terminal);
  return { code, out, said };
}

/** Control characters other than line ends, and what turns the direction of text. */
const dangerous = /[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

function wordsOf({ command, name, expression }: Input, file: string): readonly string[] {
  const isCluster = /\.ecs-(?:cluster|fleet)\.json$/.test(name);
  const fleet = `${sampleWorkspace}/mixed.ecs-fleet.json`;
  if (command === "validate") return [command, file];
  if (command === "match") return [command, "--cluster", file, "--", expression];
  if (isCluster) return [command, `${sampleWorkspace}/datadog-agent.taskdef.json`, "--cluster", file];
  return [command, file, "--cluster", fleet];
}

export const commandLineTarget: FuzzTarget<Input> = {
  inputs,
  open: async () => {
    const folder = temporaryFolder();
    const check = async (input: Input) => {
      const name = input.name.replace(/[^\w.-]/g, "_");
      folder.write(name, input.text);
      const file = `${folder.path}/${name}`;
      const words = wordsOf(input, file);
      const plain = await run(words);
      checkOutcome(plain, words);
      assert.doesNotMatch(plain.out, dangerous, "what is printed cannot steer a terminal");
      const json = await run([words[0] ?? "", "--format", "json", ...words.slice(1)]);
      checkOutcome(json, words);
      assert.equal(json.code, plain.code, "the format changes no exit code");
      if (json.out !== "") JSON.parse(json.out);
    };
    return { check, close: async () => folder.remove() };
  },
};

function checkOutcome({ code, out, said }: Outcome, words: readonly string[]): void {
  assert.ok([0, 1, 2].includes(code), `${words.join(" ")} exits with ${code}`);
  assert.doesNotMatch(said.join("\n"), dangerous, "what is said cannot steer a terminal");
  assert.ok(code !== 2 || said.length > 0 || out !== "", "a refusal has a reason");
  for (const line of said) assert.doesNotMatch(line, /TypeError|RangeError|Maximum call stack/, line);
}
