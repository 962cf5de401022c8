// One target per format: damaged files of that format alone, the project's own and, where they are at hand, those of
// other projects, so that a long run can say how many edits each format has stood. Most edits are of fragments.

import fc, { type Arbitrary } from "fast-check";
import { readClusterText } from "../../server/src/core/cluster/readClusterText";
import { openResources } from "../../server/src/core/resources/openResources";
import { codeFamilyOf } from "../../server/src/core/source/code/literals";
import { checkFixesAgain } from "./checkFixesAgain";
import { checkClusterFile } from "./clusterTarget";
import {
  type CorpusFile,
  clusterFiles,
  fixtureFiles,
  hostFiles,
  managedFiles,
  realTemplates,
} from "./corpus";
import { fragmentsOf, longestFragment } from "./fragments";
import type { FuzzTarget } from "./fuzzTarget";
import { checkFile } from "./hostTarget";
import { editedFile, type NamedText } from "./texts";

/** An edit of a larger file costs many times as much, and mostly finds the same, so it is rare. Characters. */
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

/** One text in so many has its fixes compared with those of JSON, and read by parsers that are not ours. */
const fixesOfOneIn = 50;

function edits(
  files: readonly CorpusFile[],
  alsoCheck: (input: NamedText) => void = () => {},
): FuzzTarget<NamedText> {
  const check = (input: NamedText) => {
    alsoCheck(input);
    checkFile(input);
    const { name = "", text = "" } = input;
    return text.length % fixesOfOneIn === 0 ? checkFixesAgain(name, text) : undefined;
  };
  return {
    // A process that runs another target does not read these files.
    get inputs() {
      return editedFragments(files);
    },
    open: async () => ({ check, close: async () => {} }),
  };
}

function editedFragments(files: readonly CorpusFile[]): Arbitrary<NamedText> {
  const isRecognized = ({ name, text }: CorpusFile) => openResources(name, text).length > 0;
  const whole = files.filter((it) => it.text.length > longestFragment);
  const sizes = [
    { weight: 400, some: files.flatMap(fragmentsOf).filter(isRecognized) },
    { weight: 20, some: whole.filter((it) => it.text.length <= large) },
    { weight: 1, some: whole.filter((it) => it.text.length > large) },
  ].filter(({ some }) => some.length > 0);
  return fc.oneof(...sizes.map(({ weight, some }) => ({ weight, arbitrary: editedFile(some) })));
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
    checkClusterFile,
  ),
} as const;
