// The task definition of a call and the service file that goes with it.

import type { EcsDocument } from "../core/documents/document";
import { familyOf, serviceNamesOf } from "../core/editing/documentNames";
import { InputError } from "./command";
import { readDocument } from "./readFiles";

export interface DaemonPair {
  readonly taskDefinition: EcsDocument;
  readonly service: EcsDocument | undefined;
}

/** Reads both; a service file that names another task definition is an InputError, as is one that is no daemon. */
export async function readDaemonPair(taskDefinitionPath: string, servicePath?: string): Promise<DaemonPair> {
  const taskDefinition = await readDocument(taskDefinitionPath, "taskDefinition");
  if (servicePath === undefined) return { taskDefinition, service: undefined };
  const service = await readDocument(servicePath, "service");
  const family = familyOf(taskDefinition)?.name;
  const referred = serviceNamesOf(service)?.family;
  if (family !== undefined && referred !== undefined && family !== referred)
    throw new InputError(
      `${servicePath} refers to the task definition "${referred}", but ${taskDefinitionPath} is "${family}".`,
    );
  return { taskDefinition, service };
}
