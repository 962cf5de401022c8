// One target per format: damaged files of that format alone, the project's own and, where they are at hand, those of
// other projects, so that a long run can say how many edits each format has stood.

import { readClusterText } from "../../server/src/core/cluster/readClusterText";
import { codeFamilyOf } from "../../server/src/core/source/code/literals";
import { checkClusterFile } from "./clusterTarget";
import {
  type CorpusFile,
  clusterFiles,
  fixtureFiles,
  hostFiles,
  managedFiles,
  realTemplates,
} from "./corpus";
import { type FuzzTarget, pureTarget } from "./fuzzTarget";
import { checkFile } from "./hostTarget";
import { editedFile, type NamedText } from "./texts";

/** An edit of a larger file costs many times as much, and mostly finds the same. Characters. */
const large = 9_000;

const isProgram = ({ name }: CorpusFile) => codeFamilyOf(name) !== undefined;
const isJson = ({ name }: CorpusFile) => /\.(?:json|template|tpl|tftpl)$/.test(name);
const isList = (it: CorpusFile) => isJson(it) && /^\s*\[/.test(it.text);
const isOfDaemons = ({ name }: CorpusFile) => /\.daemon(?:-taskdef)?\.json$/.test(name);
const isAnswer = (it: CorpusFile) => isJson(it) && !isOfDaemons(it);
/** One of a hundred thousand instances takes seconds for each edit. */
const isOfCluster = ({ name, text }: CorpusFile) => {
  const count = readClusterText(name, text).cluster.instances.length;
  return count > 0 && count < 1000;
};

function edits(
  files: readonly CorpusFile[],
  check: (input: NamedText) => void = checkFile,
): FuzzTarget<NamedText> {
  return pureTarget(editedFile(files.filter((it) => it.text.length <= large)), check);
}

const ofTools = [...hostFiles, ...realTemplates, ...managedFiles.filter((it) => !isJson(it))];
const ofFixtures = (isOurs: (it: CorpusFile & { readonly topic: string }) => boolean) =>
  fixtureFiles.filter(isOurs);

/** By the name of the format. */
export const formatTargets = {
  "format-hcl": edits(ofTools.filter((it) => it.name.endsWith(".tf"))),
  "format-yaml": edits(ofTools.filter((it) => /\.ya?ml$/.test(it.name))),
  "format-code": edits(ofTools.filter(isProgram)),
  "format-list": edits(ofTools.filter(isList)),
  "format-template": edits(ofTools.filter((it) => isJson(it) && !isList(it))),
  "format-json": edits(ofFixtures((it) => it.topic !== "managed" && it.topic !== "clusterFiles")),
  "format-managed": edits([
    ...ofFixtures((it) => it.topic === "managed"),
    ...managedFiles.filter(isOfDaemons),
  ]),
  "format-answer": edits([...ofFixtures((it) => it.topic === "pasted"), ...managedFiles.filter(isAnswer)]),
  "format-cluster": edits(
    [...ofFixtures((it) => it.topic === "clusterFiles"), ...clusterFiles, ...managedFiles].filter(
      isOfCluster,
    ),
    (it) => {
      checkClusterFile(it);
      checkFile(it);
    },
  ),
} as const;
