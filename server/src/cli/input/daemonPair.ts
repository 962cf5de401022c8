// The task definition of a call and the service file that goes with it: the one that is named, else what the files
// around it decide.

import { familyOf, serviceNamesOf } from "../../core/resources/documentNames";
import type { GivenValues } from "../../core/resources/hosts/givenValues";
import { isService } from "../../core/resources/kinds/registry";
import type { Resource } from "../../core/resources/resource";
import type { Need } from "../../core/source/node";
import { counted } from "../../core/text/counts";
import type { Pairing } from "../../core/workspace/pairing";
import { pairingWithValues } from "../../core/workspace/pairingWithValues";
import { InputError, type OptionValues, UsageError } from "../command";
import { readGivenValues, valueHelp, valueOptions, valueSynopsis, withGiven } from "../files/hostFiles";
import { readDocument } from "../files/readFiles";
import { createWorkspaceReader, shownPath } from "../files/workspaceFiles";
import { textOption } from "./arguments";

export interface DaemonPair {
  readonly taskDefinition: Resource;
  readonly service: Resource | undefined;
  /** The names whose defaults choose the task definition of the service. */
  readonly byDefault?: readonly Need[];
  /** The service file where the call does not name it. */
  readonly found?: string;
  /** Service files of which nobody knows which is meant; then `service` is absent. */
  readonly candidates: readonly Resource[];
}

/** The options that choose the service, and what `--help` says about them. */
export const pairOptions = {
  service: { type: "string" },
  "new-service": { type: "boolean" },
  ...valueOptions,
} as const;
export const pairSynopsis = `[--service FILE | --new-service] ${valueSynopsis}`;
export const pairHelp = `
  --service FILE      the file of the service; without one: the only file of
                      the repository or folder that refers to the task
                      definition, of several the one whose service is named
                      like the family
  --new-service       without a service file: named like the family, DAEMON, on
                      EC2, on every instance; so it is where no file refers to
                      the task definition, too${valueHelp}`;

/**
 * Reads both. Rejects with an InputError for a service file that names another task definition, and for one that cannot
 * be read.
 */
export async function readDaemonPair(path: string, values: OptionValues): Promise<DaemonPair> {
  const named = textOption(values, "service");
  const isNew = values["new-service"] === true;
  if (named !== undefined && isNew) throw new UsageError("--service and --new-service exclude each other.");
  const given = await readGivenValues(values);
  const asked = await readDocument(path, "taskDefinition", given);
  if (isService(asked)) return pairOfService(asked, given, { isNew, isNamed: named !== undefined });
  const taskDefinition = asked;
  if (isNew) return { taskDefinition, service: undefined, candidates: [] };
  if (named !== undefined)
    return { taskDefinition, service: await readService(named, taskDefinition, given), candidates: [] };
  const workspace = createWorkspaceReader([taskDefinition])(taskDefinition);
  const written = workspace.pairingOf(taskDefinition);
  const pairing = pairingWithValues(written, workspace, (it) => withGiven(it, given));
  const found = pairing.service ?? (written.service ? undefined : namesake(pairing));
  if (found === undefined)
    return {
      taskDefinition,
      service: undefined,
      candidates: pairing.by === "undecided" ? pairing.candidates : [],
    };
  const shown = shownName(found);
  const { byDefault } = pairing;
  if (found.hosted !== undefined)
    return {
      taskDefinition,
      service: withGiven(found, given),
      candidates: [],
      found: shown,
      ...(byDefault && { byDefault }),
    };
  const service = await readService(shown, taskDefinition, given);
  return { taskDefinition, service, candidates: [], found: shown };
}

/** A service in a template or module with the task definition that it refers to. */
function pairOfService(
  service: Resource,
  given: GivenValues,
  { isNew, isNamed }: { readonly isNew: boolean; readonly isNamed: boolean },
): DaemonPair {
  if (isNew || isNamed)
    throw new UsageError(`${shownName(service)} is a service: name its task definition instead.`);
  const pairing = createWorkspaceReader([service])(service).pairingOf(service);
  const { taskDefinition, byDefault, candidates } = pairing;
  const { needs = [] } = service.hosted?.definitions ?? {};
  if (taskDefinition === undefined && candidates.length > 1)
    throw new InputError(
      `A condition chooses the task definition of ${shownName(service)}: ${candidates.map(shownName).join(", ")}. Give the value of ${needs.map((it) => it.name).join(", ")} with --set.`,
    );
  if (taskDefinition === undefined)
    throw new InputError(`The task definition of ${shownName(service)} is not in its file or folder.`);
  const pair = { taskDefinition: withGiven(taskDefinition, given), service, candidates: [] };
  return { ...pair, ...(byDefault && { byDefault }) };
}

/** `agent.service.json`, `main.tf#aws_ecs_service.agent`. */
function shownName({ source, hosted }: Resource): string {
  const path = shownPath(source.file);
  return hosted === undefined ? path : `${path}#${hosted.id}`;
}

/** One line for a call that cannot go on, or goes on without a service. */
export function undecidedService({ taskDefinition, candidates }: DaemonPair): string {
  const files = candidates.map(shownName).join(", ");
  const verb = candidates.length === 1 ? "may refer" : "refer";
  return `${counted(candidates.length, "service file")} ${verb} to the task definition '${familyOf(taskDefinition)?.name}': ${files}. Choose one with --service FILE, or a new service on every instance with --new-service.`;
}

/** Without the option the service is named like the family: of several files the one that describes that service. */
function namesake({ taskDefinition, candidates }: Pairing): Resource | undefined {
  const family = taskDefinition === undefined ? undefined : familyOf(taskDefinition)?.name;
  const [only, ...others] = candidates.filter((it) => serviceNamesOf(it)?.service?.name === family);
  return others.length === 0 ? only : undefined;
}

async function readService(path: string, taskDefinition: Resource, given: GivenValues): Promise<Resource> {
  const service = await readDocument(path, "service", given);
  const family = familyOf(taskDefinition)?.name;
  const referred = serviceNamesOf(service)?.family;
  if (family !== undefined && referred !== undefined && family !== referred)
    throw new InputError(
      `${path} refers to the task definition "${referred}", but ${taskDefinition.source.file} is "${family}".`,
    );
  return service;
}
