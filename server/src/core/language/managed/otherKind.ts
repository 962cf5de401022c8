// A task definition that could be of either kind: the name of the file says which, so that another name changes it.

import { isForDaemons } from "../../resources/kinds/daemonMarks";
import { kindByName } from "../../resources/kinds/kindSigns";
import { isTaskDefinition, traitsOf } from "../../resources/kinds/registry";
import type { Resource } from "../../resources/resource";

export interface KindRename {
  readonly title: string;
  /** The file's new path or URI, in the same folder. */
  readonly file: string;
}

const daemons = /\.daemon-taskdef\.json$/i;

/**
 * The renaming that makes a definition one of the other kind; `undefined` where its content decides. Of a file that
 * already has the name of a daemon's, content that only ordinary definitions have leaves the choice, too.
 */
export function renameToOtherKind({ kind, input, source, hosted }: Resource): KindRename | undefined {
  const { file, root } = source;
  if (hosted !== undefined || input === undefined || input !== root) return undefined;
  const decided = isForDaemons(input);
  const name = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
  const folder = file.slice(0, file.length - name.length);
  if (isTaskDefinition({ kind }) && decided === undefined) {
    const stem = name.replace(/(\.taskdef)?\.jsonc?$/i, "");
    return {
      title: "This is a managed daemon's task definition",
      file: `${folder}${stem}.daemon-taskdef.json`,
    };
  }
  const { hasContainers, isManaged } = traitsOf({ kind });
  if (!hasContainers || !isManaged || decided === true || !daemons.test(name)) return undefined;
  return {
    title: "This is an ordinary task definition",
    file: `${folder}${name.replace(daemons, ".taskdef.json")}`,
  };
}

export interface KindSettingOffer {
  readonly title: string;
  readonly kind: "taskDefinition" | "daemonTaskDefinition";
}

/** The kind that an entry of `ecsDaemon.documentKinds` can give the file; `undefined` where content or name decide. */
export function settingOfOtherKind(resource: Resource): KindSettingOffer | undefined {
  const { input, source, hosted } = resource;
  const { hasContainers, isManaged } = traitsOf(resource);
  if (!hasContainers || hosted !== undefined || input === undefined || input !== source.root)
    return undefined;
  if (isForDaemons(input) !== undefined || kindByName(source.file) === "daemonTaskDefinition")
    return undefined;
  return isManaged
    ? {
        title: "Treat this file as an ordinary task definition (workspace setting)",
        kind: "taskDefinition",
      }
    : {
        title: "Treat this file as a managed daemon's task definition (workspace setting)",
        kind: "daemonTaskDefinition",
      };
}
