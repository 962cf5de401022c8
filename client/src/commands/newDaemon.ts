import { Uri, window, workspace } from "vscode";
import { managedDaemonFiles } from "../managed/managedTemplate";
import { notify, succeed } from "../notify";
import type { Session } from "../session";
import { given } from "./ask";
import { attributesProblem, readAttributes } from "./attributeText";
import { type CallArguments, textOption } from "./callArguments";
import {
  type DaemonAnswers,
  daemonFiles,
  daemonNameProblem,
  portsProblem,
  usualHostPaths,
} from "./daemonTemplate";
import { runWizard, type WizardPage } from "./wizard";
import { writeNewFile } from "./writeNewFile";

export interface NewDaemon {
  readonly taskDefinition: string;
  readonly service: string;
}

const title = "New Daemon Service";

/**
 * Writes `NAME.taskdef.json` and `NAME.service.json` into a workspace folder (or the folder that was clicked) and opens
 * the first; without a folder both are untitled documents. A file that exists is left as it is. Options: `name`, `image`, `ports` ("8125/udp, 8126"), `hostPaths`,
 * `attributes` ("env=prod"), `kind` ("service" or "managed": the files of a managed daemon); a call that says the name is asked nothing more. Returns the URIs.
 */
export async function newDaemon(session: Session, call: CallArguments): Promise<NewDaemon> {
  const answers = answersOf(call) ?? (await ask());
  const { isManaged = false } = answers;
  const files = isManaged ? managedFiles(answers) : daemonFiles(answers);
  const endings = isManaged ? ["daemon-taskdef.json", "daemon.json"] : ["taskdef.json", "service.json"];
  const folder = call.uri === undefined ? await askFolder() : Uri.parse(call.uri);
  if (folder === undefined) {
    return {
      service: await showUntitled(files.service),
      taskDefinition: await showUntitled(files.taskDefinition),
    };
  }
  const taskDefinition = Uri.joinPath(folder, `${answers.name}.${endings[0]}`);
  const service = Uri.joinPath(folder, `${answers.name}.${endings[1]}`);
  const kept = [
    ...((await writeNewFile(taskDefinition, files.taskDefinition)) ? [] : [taskDefinition]),
    ...((await writeNewFile(service, files.service)) ? [] : [service]),
  ];
  if (kept.length > 0) {
    const names = kept.map((it) => workspace.asRelativePath(it)).join(" and ");
    void notify.warning(`Not overwritten: ${names}`);
  }
  await window.showTextDocument(taskDefinition);
  if (kept.length === 0)
    succeed(session.log, `Created ${answers.name}.${endings[0]} and ${answers.name}.${endings[1]}`);
  return { taskDefinition: taskDefinition.toString(), service: service.toString() };
}

function managedFiles({ name, image }: DaemonAnswers) {
  const { taskDefinition, daemon } = managedDaemonFiles(name, image);
  return { taskDefinition, service: daemon };
}

function answersOf(call: CallArguments): Asked | undefined {
  const name = textOption(call, "name");
  if (name === undefined || daemonNameProblem(name) !== undefined) return undefined;
  const { hostPaths } = call.options;
  const ports = textOption(call, "ports");
  return {
    name: name.trim(),
    isManaged: call.options.kind === "managed",
    image: textOption(call, "image"),
    ports: ports !== undefined && portsProblem(ports) === undefined ? ports : undefined,
    hostPaths: Array.isArray(hostPaths)
      ? hostPaths.filter((it): it is string => typeof it === "string" && it.startsWith("/"))
      : undefined,
    attributes: textOption(call, "attributes"),
  };
}

interface Asked extends DaemonAnswers {
  readonly isEverywhere?: boolean;
  /** A managed daemon in place of a DAEMON service. */
  readonly isManaged?: boolean;
}

const ofService = {
  label: "DAEMON service",
  detail: "On EC2 instances and Auto Scaling groups, chosen by placement constraints",
};
const ofManaged = {
  label: "Managed daemon",
  detail: "On Managed Instances, by capacity provider; updates replace the instances",
};
const isOfService = ({ isManaged }: Asked) => isManaged !== true;

const everywhere = { label: "On every container instance" };
const some = { label: "On instances with an attribute…" };

async function ask(): Promise<Asked> {
  const first: Asked = { name: "" };
  return runWizard<Asked>(title, first, [
    {
      ask: async (page, answers) => {
        const picked = await page.pick({ prompt: "Which kind of daemon?", items: [ofService, ofManaged] });
        return { ...answers, isManaged: picked === ofManaged };
      },
    },
    { ask: async (page, answers) => ({ ...answers, name: await askName(page, answers) }) },
    { ask: async (page, answers) => ({ ...answers, image: await askImage(page, answers) }) },
    {
      isAsked: isOfService,
      ask: async (page, answers) => ({ ...answers, ports: await askPorts(page, answers) }),
    },
    {
      isAsked: isOfService,
      ask: async (page, answers) => ({ ...answers, hostPaths: await askHostPaths(page, answers) }),
    },
    {
      isAsked: isOfService,
      ask: async (page, answers) => {
        const picked = await page.pick({ prompt: "Where should it run?", items: [everywhere, some] });
        return { ...answers, isEverywhere: picked === everywhere };
      },
    },
    {
      isAsked: ({ isEverywhere }) => isEverywhere === false,
      ask: async (page, answers) => ({ ...answers, attributes: await askAttributes(page, answers) }),
    },
  ]).then(({ isEverywhere, attributes, ...answers }) => ({
    ...answers,
    attributes: isEverywhere === true ? "" : attributes,
  }));
}

function askName(page: WizardPage, { name, isManaged }: Asked): Promise<string> {
  const noun = isManaged === true ? "managed daemon" : "daemon service";
  return page.text({
    prompt: `Name of the ${noun} and of its task definition's family`,
    placeHolder: "node-agent",
    value: name,
    problem: daemonNameProblem,
  });
}

async function askImage(page: WizardPage, { image }: Asked): Promise<string | undefined> {
  const text = await page.text({
    prompt: "Container image (leave empty for a minimal example)",
    placeHolder: "public.ecr.aws/datadog/agent:7",
    value: image ?? "",
    problem: (it) => (/\s/.test(it.trim()) ? "An image name has no spaces." : undefined),
  });
  return text === "" ? undefined : text;
}

function askPorts(page: WizardPage, { ports }: Asked): Promise<string> {
  return page.text({
    prompt: "Ports of the instance that it listens on (leave empty for none)",
    placeHolder: "8125/udp, 8126",
    value: ports ?? "",
    problem: portsProblem,
  });
}

async function askHostPaths(page: WizardPage, { image, hostPaths }: Asked): Promise<readonly string[]> {
  const before = new Set(hostPaths ?? (image === undefined ? ["/proc/"] : []));
  const items = usualHostPaths.map(({ path, what }) => ({ label: path, description: what }));
  const picked = await page.pickAny({
    prompt: "What does it read from the instance?",
    items,
    isChosen: (it) => before.has(it.label),
  });
  return picked.map((it) => it.label);
}

function askAttributes(page: WizardPage, { attributes }: Asked): Promise<string> {
  return page.text({
    prompt: "Attributes that the instances have",
    placeHolder: "env=prod",
    value: attributes ?? "",
    problem: (text) => attributesProblem(text) ?? nameProblem(text),
  });
}

function nameProblem(text: string): string | undefined {
  const wrong = readAttributes(text).find((it) => !/^[\w./\\-]+$/.test(it.name));
  return wrong === undefined ? undefined : `'${wrong.name}' is not a valid attribute name.`;
}

async function askFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length <= 1) return folders[0]?.uri;
  return given(await window.showWorkspaceFolderPick({ placeHolder: "In which folder?" })).uri;
}

async function showUntitled(content: string): Promise<string> {
  const document = await workspace.openTextDocument({ language: "json", content });
  await window.showTextDocument(document, { preview: false });
  return document.uri.toString();
}
