// The documents of a workspace and the one decision which of them belong together. Every door asks here: the editor,
// the preview, deployments and the command line.

import { familyOf, familyOfReference, serviceNamesOf } from "../resources/documentNames";
import { isService, isTaskDefinition } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import {
  chooseDefinition,
  type DefinitionChoice,
  noDefinition,
  type WorkspaceFile,
} from "./definitionChoice";
import { readsList } from "./listReaders";
import type { Pair, Pairing } from "./pairing";

export interface WorkspaceInput {
  readonly files: readonly WorkspaceFile[];
  /** The path of any document, spelled as those of `files`. */
  readonly pathOf: (document: Resource) => string;
  /** Paths of the files that a setting or an option names for a family; those that count first for `near` come first. */
  readonly named?: (family: string, near: string) => readonly string[];
  /** The path of the task definition that the configuration of a deployment tool names for the service of a file. */
  readonly configured?: (servicePath: string) => string | undefined;
  /** Remembered answers; the last one about a file counts. */
  readonly pairs?: readonly Pair[];
}

export interface Workspace {
  /** In the order of their paths. */
  readonly documents: readonly Resource[];
  find(path: string): Resource | undefined;
  /** Which task definition a service of any scheduling strategy means. */
  definitionChoice(service: Resource): DefinitionChoice;
  /** The task definition that a service certainly means. */
  definitionOf(service: Resource): Resource | undefined;
  /** The services of any scheduling strategy that certainly mean this task definition. */
  servicesOf(taskDefinition: Resource): readonly Resource[];
  /** The definitions that read a list of containers from its file. */
  readersOf(list: Resource): readonly Resource[];
  /** The DAEMON services that certainly do. */
  daemonsOf(taskDefinition: Resource): readonly Resource[];
  /**
   * The subject of a preview or deployment of a task definition or a service. `given` is what the call names: a service,
   * or `null` for a new one.
   */
  pairingOf(document: Resource, given?: Resource | null): Pairing;
}

/** Builds the index. What is asked is computed once for as long as the index lives. */
export function createWorkspace(input: WorkspaceInput): Workspace {
  return new DocumentWorkspace(input);
}

class DocumentWorkspace implements Workspace {
  readonly documents: readonly Resource[];
  private readonly files: readonly WorkspaceFile[];
  private readonly byPath: ReadonlyMap<string, WorkspaceFile>;
  private readonly definitions: ReadonlyMap<string, readonly WorkspaceFile[]>;
  /** Those of templates and modules by `addressIn`. */
  private readonly hostedDefinitions: ReadonlyMap<string, readonly WorkspaceFile[]>;
  private readonly services: readonly Resource[];
  /** By the path of the task definition that they certainly mean; made when somebody asks. */
  private decidedServices: ReadonlyMap<string, readonly Resource[]> | undefined;
  private readonly choices = new Map<Resource, DefinitionChoice>();
  private readonly pairs: readonly Pair[];

  constructor(private readonly input: WorkspaceInput) {
    this.files = [...input.files].sort((left, right) => (left.path < right.path ? -1 : 1));
    this.documents = this.files.map((it) => it.document);
    this.byPath = new Map(this.files.map((it) => [it.path, it]));
    this.definitions = groupBy(this.files, (it) => familyOf(it.document)?.name);
    this.hostedDefinitions = groupBy(this.files, ({ document, document: { hosted }, path }) =>
      hosted === undefined || !isTaskDefinition(document)
        ? undefined
        : addressIn(fileOf(path, hosted.id), hosted.host, hosted.id),
    );
    this.services = this.documents.filter(isService);
    this.pairs = input.pairs ?? [];
  }

  find(path: string): Resource | undefined {
    return this.byPath.get(path)?.document;
  }

  definitionChoice(service: Resource): DefinitionChoice {
    const known = this.choices.get(service);
    if (known !== undefined) return known;
    const choice = this.chooseFor(service);
    this.choices.set(service, choice);
    return choice;
  }

  definitionOf(service: Resource): Resource | undefined {
    return this.definitionChoice(service).decided?.document;
  }

  servicesOf(taskDefinition: Resource): readonly Resource[] {
    this.decidedServices ??= groupBy(this.services, (it) => this.definitionChoice(it).decided?.path);
    return this.decidedServices.get(this.input.pathOf(taskDefinition)) ?? [];
  }

  readersOf(list: Resource): readonly Resource[] {
    if (list.hosted?.host !== "containerList") return [];
    const path = this.input.pathOf(list);
    return this.files
      .filter((it) => readsList(it.document, fileOf(it.path, it.document.hosted?.id), path))
      .map((it) => it.document);
  }

  daemonsOf(taskDefinition: Resource): readonly Resource[] {
    return this.servicesOf(taskDefinition).filter(isDaemon);
  }

  pairingOf(document: Resource, given?: Resource | null): Pairing {
    if (isService(document)) return this.pairingOfService(document);
    const pairing = this.pairingOfDefinition(document);
    if (given === undefined) return pairing;
    const { candidates } = pairing;
    return { taskDefinition: document, service: given ?? undefined, by: "given", candidates };
  }

  private chooseFor(service: Resource): DefinitionChoice {
    const referred = this.referredBy(service);
    if (referred !== undefined) return this.withAnswer(service, referred);
    const configured = this.configuredFor(service);
    if (configured !== undefined) return certain(configured);
    const reference = serviceNamesOf(service)?.taskDefinition?.name;
    const family = reference === undefined ? undefined : familyOfReference(reference);
    if (reference === undefined || family === undefined) return noDefinition;
    const path = this.input.pathOf(service);
    for (const it of this.input.named?.(family, path) ?? []) {
      const file = this.byPath.get(it);
      if (file !== undefined && isTaskDefinition(file.document)) return certain(file);
    }
    const namesakes = this.definitions.get(family) ?? [];
    return this.withAnswer(service, chooseDefinition(path, reference, namesakes));
  }

  private configuredFor(service: Resource): WorkspaceFile | undefined {
    if (service.hosted !== undefined) return undefined;
    const file = this.byPath.get(this.input.configured?.(this.input.pathOf(service)) ?? "");
    return file !== undefined && isTaskDefinition(file.document) ? file : undefined;
  }

  /** What a resource of a template or module refers to, where that is there. */
  private referredBy(service: Resource): DefinitionChoice | undefined {
    const { definitionId, definitions } = service.hosted ?? {};
    const path = this.input.pathOf(service);
    const find = (id: string) => definitionIn(this.hostedDefinitions, service, path, id);
    const only = definitionId === undefined ? undefined : find(definitionId);
    if (only !== undefined) return certain(only);
    if (definitions === undefined) return undefined;
    const found = definitions.ids?.map(find) ?? [undefined];
    const candidates = found.includes(undefined) ? [] : found.filter((it) => it !== undefined);
    const file = definitions.byDefault === undefined ? undefined : find(definitions.byDefault);
    const all = candidates.length === 0 && file !== undefined ? [file] : candidates;
    const byDefault = file && { file, needs: definitions.needs };
    return { decided: undefined, candidates, all, ...(byDefault && { byDefault }) };
  }

  /** The remembered answer decides, where it is about one of the definitions. */
  private withAnswer(service: Resource, choice: DefinitionChoice): DefinitionChoice {
    const path = this.input.pathOf(service);
    const remembered = this.pairs.findLast(
      (it) => it.service === path && choice.all.some((file) => file.path === it.taskDefinition),
    );
    const chosen = choice.all.find((it) => it.path === remembered?.taskDefinition);
    return chosen === undefined ? choice : { ...choice, decided: chosen };
  }

  /** DAEMON services of which nobody knows whether they mean this task definition. */
  private possibleDaemonsOf(taskDefinition: Resource): readonly Resource[] {
    const path = this.input.pathOf(taskDefinition);
    return this.services.filter((it) => {
      const { decided, candidates } = this.definitionChoice(it);
      return isDaemon(it) && decided === undefined && candidates.some((file) => file.path === path);
    });
  }

  /** DAEMON services that mean this task definition by default. */
  private defaultDaemonsOf(taskDefinition: Resource): readonly Resource[] {
    const path = this.input.pathOf(taskDefinition);
    return this.services.filter((it) => {
      const { decided, byDefault } = this.definitionChoice(it);
      return isDaemon(it) && decided === undefined && byDefault?.file.path === path;
    });
  }

  private pairingOfService(service: Resource): Pairing {
    const { decided, candidates, all, byDefault } = this.definitionChoice(service);
    const isChosen = decided !== undefined && (candidates.length > 1 || candidates[0] !== decided);
    const isByDefault = decided === undefined && byDefault !== undefined;
    const isUndecided = candidates.length > 1 && !isByDefault;
    return {
      taskDefinition: (decided ?? byDefault?.file)?.document,
      service,
      by: isChosen ? "chosen" : isUndecided ? "undecided" : "only",
      ...(all.length > 1 ? { question: "taskDefinition" } : {}),
      ...(isByDefault && { byDefault: byDefault.needs }),
      candidates: all.map((it) => it.document),
    };
  }

  private pairingOfDefinition(taskDefinition: Resource): Pairing {
    const daemons = [...this.daemonsOf(taskDefinition), ...this.defaultDaemonsOf(taskDefinition)];
    const candidates = [...new Set([...daemons, ...this.possibleDaemonsOf(taskDefinition)])];
    const base = { taskDefinition, candidates };
    const path = this.input.pathOf(taskDefinition);
    const remembered = this.pairs.findLast((it) => it.taskDefinition === path);
    if (remembered?.service === null)
      return { ...base, service: undefined, by: "chosen", question: "service" };
    const service = remembered === undefined ? undefined : this.find(remembered.service);
    if (service !== undefined && mayRunIt(service, taskDefinition))
      return { ...base, service, by: "chosen", question: "service" };
    const [only] = daemons;
    const isUndecided = daemons.length > 1 || (only === undefined && candidates.length > 0);
    if (isUndecided) return { ...base, service: undefined, by: "undecided", question: "service" };
    const choice = only && this.definitionChoice(only);
    const byDefault = choice?.decided === undefined ? choice?.byDefault?.needs : undefined;
    const isQuestion = candidates.length > 1;
    return {
      ...base,
      service: only,
      by: "only",
      ...(isQuestion && { question: "service" }),
      ...(byDefault && { byDefault }),
    };
  }
}

const certain = (file: WorkspaceFile): DefinitionChoice => ({
  decided: file,
  candidates: [file],
  all: [file],
});

/** Whether nothing speaks against a service that somebody chose: it names this family, or nobody can tell which. */
function mayRunIt(service: Resource, taskDefinition: Resource): boolean {
  const names = serviceNamesOf(service);
  const family = familyOf(taskDefinition)?.name;
  return names !== undefined && (names.family === undefined || names.family === family);
}

function isDaemon(service: Resource): boolean {
  return serviceNamesOf(service)?.isDaemon === true;
}

/** The resource of an id that a service of a template or module refers to: in the same file, else in the same folder. */
function definitionIn(
  definitions: ReadonlyMap<string, readonly WorkspaceFile[]>,
  { hosted }: Resource,
  path: string,
  id: string,
): WorkspaceFile | undefined {
  if (hosted === undefined) return undefined;
  const file = fileOf(path, hosted.id);
  const beside = definitions.get(addressIn(file, hosted.host, id)) ?? [];
  const own = beside.find((it) => fileOf(it.path, id) === file);
  if (own !== undefined || hosted.host !== "terraform") return own;
  // A module has one resource of an address: where several files have it, they are no module.
  return beside.length === 1 ? beside[0] : undefined;
}

/** A resource of a template or module by its folder: there may be thousands of one name. */
function addressIn(file: string, host: string, id: string): string {
  return `${folderOf(file)}\n${host}\n${id}`;
}

/** The path of a file, of that of a resource in it. */
function fileOf(path: string, id: string | undefined): string {
  return id !== undefined && path.endsWith(`#${id}`) ? path.slice(0, -id.length - 1) : path;
}

const folderOf = (path: string) => path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);

function groupBy<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string | undefined,
): ReadonlyMap<string, readonly Item[]> {
  const byName = new Map<string, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    if (name === undefined) continue;
    const namesakes = byName.get(name) ?? [];
    byName.set(name, namesakes);
    namesakes.push(item);
  }
  return byName;
}
