// `npm run demo`: the life of a daemon service, told step by step in a terminal. The calls are those of the built
// command line, against a local endpoint of its own. Exits with 0 only if every number is as it should be.
import { spawn } from "node:child_process";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
const cli = join(process.env.DIST_DIR ?? join(root, "dist"), "cli.js");
const workspace = relative(process.cwd(), join(root, "test", "workspace"));
const files = {
  broken: join(workspace, "broken", "datadog-agent.taskdef.json"),
  taskDefinition: join(workspace, "datadog-agent.taskdef.json"),
  prodService: join(workspace, "datadog-agent-prod.service.json"),
};
const expression = "attribute:env==prod";
const colors = process.stdout.isTTY && !process.env.NO_COLOR;
// Whoever pipes this into `head` has seen enough.
process.stdout.on("error", () => process.exit());

let step = 0;
let wrong = 0;

const started = Date.now();
const endpoint = await startEndpoint();
try {
  await tell(["--cluster", "default", "--endpoint-url", endpoint.url]);
} catch (error) {
  wrong += 1;
  console.error(error instanceof Error ? error.message : error);
} finally {
  await endpoint.stop();
}
const seconds = ((Date.now() - started) / 1000).toFixed(1);
console.log(
  wrong === 0
    ? paint(32, `Every number is right. (${seconds} s)`)
    : paint(31, `${wrong} of the numbers above ${wrong === 1 ? "is" : "are"} wrong. (${seconds} s)`),
);
process.exitCode = wrong === 0 ? 0 : 1;

async function tell(target) {
  console.log(`An ECS endpoint with five container instances runs at ${endpoint.url}.`);
  console.log("The calls below that need it get it by --endpoint-url.\n");
  await tellValidation();
  await tellPreview(target);
  await tellDeployment(target);
  await tellJoining(target);
  await tellConstraint(target);
}

async function tellValidation() {
  title("Mistakes are found before ECS finds them");
  const broken = await show(["validate", files.broken]);
  const errors = broken[0].diagnostics.filter((it) => it.severity === "error").map((it) => it.code);
  const found = (code) => errors.filter((it) => code.test(it)).length > 0;
  check(
    ["the misspelt member is found", found(/^misspelt-member$/), true],
    ["the mount of a volume that nobody declares is found", found(/^unknown-volume$/), true],
    ["the malformed expression is found", found(/^expression-/), true],
  );
  const corrected = await show(["validate", files.taskDefinition]);
  check(["findings in the corrected file", corrected[0].diagnostics.length, 0]);
}

async function tellPreview(target) {
  title("The preview says where the daemon would land");
  const { summary } = await show(["preview", files.taskDefinition, ...target]);
  check(["container instances", summary.instances, 5], ["of which get a task", summary.place, 5]);
}

async function tellDeployment(target) {
  title("Register, create the DAEMON service, verify");
  const { steps, verify } = await show(["deploy", files.taskDefinition, ...target], { once: true });
  check(
    ["steps done", steps.filter((it) => it.outcome === "done").length, 3],
    ["the service is verified", verify.verified, true],
    ["container instances that run the task", verify.running.length, 5],
    ["tasks of the service", (await listTasks("datadog-agent")).length, 5],
  );
}

async function tellJoining(target) {
  title("An instance joins, and nobody touches the service");
  const { containerInstance } = await call("RegisterContainerInstance", { cluster: "default" });
  const joined = idOf(containerInstance.containerInstanceArn);
  console.log(`  ${joined} registers, as its container agent would.\n`);
  const { running } = await show(["verify", "datadog-agent", ...target]);
  const { containerInstanceArns } = await call("ListContainerInstances", { cluster: "default" });
  check(
    ["container instances", containerInstanceArns.length, 6],
    ["tasks of the service", (await listTasks("datadog-agent")).length, 6],
    ["container instances that run the task", running.length, 6],
    ["the new one is among them", running.includes(joined), true],
  );
}

async function tellConstraint(target) {
  title("A daemon for production only");
  await show(["delete", "datadog-agent", ...target], { once: true, text: true });
  const chosen = await markOneForProduction();
  console.log("  The first service made room: both would use port 8125. Now one instance has the");
  console.log(`  attribute env=prod, and the second service asks for ${expression}.\n`);
  const service = ["--service", files.prodService];
  const preview = await show(["preview", files.taskDefinition, ...service, ...target]);
  const others = preview.instances.filter((it) => it.id !== chosen);
  check(
    ["container instances", preview.summary.instances, 6],
    ["of which get a task", preview.summary.place, 1],
    ["others whose reason names the failing clause", others.filter(isRefusedByClause).length, 5],
  );
  const { verify } = await show(["deploy", files.taskDefinition, ...service, ...target], { once: true });
  const tasks = await listTasks("datadog-agent-prod");
  check(
    ["the service is verified", verify.verified, true],
    ["tasks of the service", tasks.length, 1],
    ["container instances that run the task", verify.running.join(), chosen],
    ["the task's container instance", tasks.map((it) => idOf(it.containerInstanceArn)).join(), chosen],
  );
}

async function markOneForProduction() {
  const { containerInstanceArns } = await call("ListContainerInstances", { cluster: "default" });
  const chosen = idOf(containerInstanceArns[2]);
  const attribute = { name: "env", value: "prod", targetType: "container-instance", targetId: chosen };
  await call("PutAttributes", { cluster: "default", attributes: [attribute] });
  return chosen;
}

function isRefusedByClause({ verdict, reasons }) {
  const [first] = reasons;
  return verdict === "excluded" && first.filter === "constraints" && first.message.includes(expression);
}

// Telling ------------------------------------------------------------------------------------------------------------

function title(text) {
  step += 1;
  console.log(`${paint(1, `${step}. ${text}`)}\n`);
}

/** Each is what is counted, what was found and what is right. */
function check(...claims) {
  for (const [what, found, right] of claims) {
    if (found === right) console.log(`  ${paint(32, "✓")} ${what}${right === true ? "" : `: ${found}`}`);
    else {
      wrong += 1;
      console.log(`  ${paint(31, "✗")} ${what}: ${found}, where ${right} is right`);
    }
  }
  console.log();
}

function paint(code, text) {
  return colors ? `\u001b[${code}m${text}\u001b[0m` : text;
}

// Calling ------------------------------------------------------------------------------------------------------------

/**
 * Prints the call and what it answers a person, and returns what it answers a program. A call that changes something is
 * made only once: its JSON is told in words. With `text` it has no JSON.
 */
async function show(words, { once = false, text = false } = {}) {
  const shown = words.filter((it) => it !== "--endpoint-url" && it !== endpoint.url).join(" ");
  console.log(paint(2, `  $ ecs-daemon ${shown}\n`));
  const [forPeople, forPrograms] = await Promise.all([
    once && !text ? undefined : run(words),
    text ? undefined : run([...words, "--format", "json"]),
  ]);
  const json = forPrograms === undefined ? undefined : parse(forPrograms);
  print(forPeople?.stdout ?? stepsOf(json));
  return json;
}

function stepsOf({ steps }) {
  return steps.map((it) => `${it.name.padEnd(13)}  ${it.outcome.padEnd(9)}  ${it.detail}\n`).join("");
}

function print(text) {
  console.log(text.replace(/^(?=.)/gm, "    "));
}

function parse({ stdout, stderr }) {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`The call did not answer with JSON:\n${stdout}${stderr}`);
  }
}

async function run(words) {
  const child = spawn(process.execPath, [cli, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("utf8").on("data", (part) => {
      output[name] += part;
    });
  }
  await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return output;
}

/** Speaks to the endpoint as any AWS client does, but for the signature, which it does not ask for. */
async function call(operation, input) {
  const response = await fetch(endpoint.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AmazonEC2ContainerServiceV20141113.${operation}`,
    },
    body: JSON.stringify(input),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${operation} was refused: ${JSON.stringify(answer)}`);
  return answer;
}

async function listTasks(serviceName) {
  const { taskArns } = await call("ListTasks", { cluster: "default", serviceName });
  if (taskArns.length === 0) return [];
  const { tasks } = await call("DescribeTasks", { cluster: "default", tasks: taskArns });
  return tasks.filter((it) => it.lastStatus === "RUNNING");
}

function idOf(arn) {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** Starts `ecs-daemon local` and waits until it says where it listens. */
async function startEndpoint() {
  const child = spawn(process.execPath, [cli, "local"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const url = await new Promise((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part) => {
      text += part;
      const found = /listening on (http:\S+)/.exec(text);
      if (found) resolve(found[1]);
    });
    child.once("error", reject);
    child.once("close", () => reject(new Error("The local endpoint ended while starting.")));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    process.off("exit", end);
  };
  return { url, stop };
}
