// What the page of the panel knows beside the answers, and what of it is kept through a reload of the window.

import type { ClusterChange, ClusterState, ClusterStep } from "../../../server/src/lsp/protocol/protocol";
import type { GivenTexts, PreviewedDocument } from "../../src/preview/messages";
import { readPanelState } from "../../src/preview/storedPanel";
import { storedValues } from "../../src/storedValues";
import type { StoredState } from "../dom/host";
import { readView } from "../model/storedView";
import type { ViewOptions } from "../model/visibleRows";
import { isScenario } from "../time/timeWords";

export interface PanelMemory {
  document: PreviewedDocument | undefined;
  /** URI of the document of the last answer. */
  answeredFor: string | undefined;
  /** It stays with its file. */
  isLocked: boolean;
  view: ViewOptions;
  /** Those of What if, in order. */
  changes: readonly ClusterChange[];
  /** The label of the cluster that the changes were made on. */
  madeOn: string | undefined;
  /** Given for parameters and variables of the document's file, without what looks like a secret. */
  values: GivenTexts;
  /** URIs of files with such values. */
  valuesFiles: readonly string[];
  /** The panes that are open. */
  sections: StoredState["open"];
  clusterState: ClusterState | undefined;
  /** What helps where the cluster failed. */
  next: readonly ClusterStep[];
}

/** `isWide`: there is room for an open map beside the list. */
export function memoryOf(stored: unknown, isWide: boolean): PanelMemory {
  const { view, madeOn, open } = storedValues(stored);
  const { document, changes = [], values = {}, valuesFiles = [], locked } = readPanelState(stored);
  const opened = Object.entries(storedValues(open)).filter(([, it]) => typeof it === "boolean");
  return {
    document,
    answeredFor: undefined,
    isLocked: locked === true,
    view: readView(view),
    changes,
    madeOn: typeof madeOn === "string" ? madeOn : undefined,
    values,
    valuesFiles,
    sections: { map: isWide, whatIf: false, time: false, ...Object.fromEntries(opened) },
    clusterState: undefined,
    next: [],
  };
}

/** What the parts of the page begin with. */
export function keptParts(stored: unknown): Partial<Pick<StoredState, "expression" | "trial" | "time">> {
  const { expression, time } = storedValues(stored);
  const { text, replaces } = storedValues(expression);
  const { scenario, percent, step } = storedValues(time);
  const { trial } = readPanelState(stored);
  return {
    ...(typeof text === "string" && { expression: { text, replaces: replaces === true } }),
    ...(trial !== undefined && { trial }),
    ...(isScenario(scenario) && {
      time: { scenario, ...(isNumber(percent) && { percent }), step: isNumber(step) ? step : 0 },
    }),
  };
}

const isNumber = (value: unknown): value is number => typeof value === "number";

/** The parts that keep something of their own. */
interface KeptParts {
  readonly expression: { readonly kept: StoredState["expression"]; readonly tried: StoredState["trial"] };
  readonly time: { readonly kept: StoredState["time"] };
}

/** `undefined`: there is no document yet, and so nothing to go on with. */
export function storedState(memory: PanelMemory, { expression, time }: KeptParts): StoredState | undefined {
  const { document, isLocked, view, changes, madeOn, values, valuesFiles, sections } = memory;
  if (document === undefined) return undefined;
  return {
    version: 1,
    document,
    ...(isLocked && { locked: true }),
    view,
    changes,
    ...(madeOn !== undefined && { madeOn }),
    ...(Object.keys(values).length > 0 && { values }),
    ...(valuesFiles.length > 0 && { valuesFiles }),
    open: sections,
    expression: expression.kept,
    ...(expression.tried !== undefined && { trial: expression.tried }),
    time: time.kept,
  };
}
