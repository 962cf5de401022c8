// The settings the server reads from the client: severities, where AWS is, and the files of task definitions.

import type { SeveritySetting } from "../../core/rules/severitySettings";
import { type KindSetting, readKindSettings } from "../../core/workspace/kindSettings";
import type { EcsTarget } from "../../ecs/port";

export interface AwsSettings extends EcsTarget {
  readonly cluster: string | undefined;
}

/** Settings of the same names. */
export type EditorFeature = "codeLens" | "inlayHints" | "hover";

export interface Settings {
  /** The same array until the client sends other settings, so that it can be compared by identity. */
  severities(): readonly SeveritySetting[];
  aws(): AwsSettings;
  /** Which kind a file is of where its name and content leave it open; the same array until it is another. */
  kinds(): readonly KindSetting[];
  /** What the user wants to see in the editor. */
  shows(feature: EditorFeature): boolean;
  /** Takes the value of the section `ecsDaemon`, whatever it is; returns whether anything differs. */
  update(section: unknown): boolean;
}

/** `warn` is told what of the settings does not count. */
export function createSettings(warn: (line: string) => void = () => undefined): Settings {
  let severities: readonly SeveritySetting[] = [];
  let aws: AwsSettings = readAws(undefined);
  let hidden: readonly EditorFeature[] = [];
  let kinds: readonly KindSetting[] = [];
  let lastProblem: string | undefined;
  return {
    severities: () => severities,
    aws: () => aws,
    kinds: () => kinds,
    shows: (feature) => !hidden.includes(feature),
    update: (section) => {
      const { entries, problem } = readSeverities(member(section, "diagnostics"));
      const next = {
        severities: entries,
        aws: readAws(member(section, "aws")),
        hidden: editorFeatures.filter((it) => member(section, it) === false),
      };
      if (problem !== lastProblem && problem !== undefined) warn(problem);
      lastProblem = problem;
      const nextKinds = readKindSettings(member(section, "documentKinds"));
      const hasOtherKinds = JSON.stringify(nextKinds) !== JSON.stringify(kinds);
      if (hasOtherKinds) kinds = nextKinds;
      if (JSON.stringify(next) === JSON.stringify({ severities, aws, hidden })) return hasOtherKinds;
      ({ severities, aws, hidden } = next);
      return true;
    },
  };
}

const editorFeatures: readonly EditorFeature[] = ["codeLens", "inlayHints", "hover"];

const severityNames = ["error", "warning", "information", "hint", "off"] as const;

/** More than anybody writes; each is held against every diagnostic of every file. */
const mostEntries = 500;

interface SeverityEntries {
  readonly entries: readonly SeveritySetting[];
  readonly problem?: string;
}

/** Entries that are not what the setting documents are left out: VS Code underlines them where they are written. */
function readSeverities(value: unknown): SeverityEntries {
  if (!Array.isArray(value)) return { entries: [] };
  // The last entry that fits counts, so that the last ones are those to keep.
  const entries = value.slice(-mostEntries).flatMap(severityEntry);
  if (value.length <= mostEntries) return { entries };
  const problem = `ecsDaemon.diagnostics has ${value.length} entries; only the last ${mostEntries} count. Use "*" and globs to need fewer entries.`;
  return { entries, problem };
}

function severityEntry(entry: unknown): readonly SeveritySetting[] {
  const code = text(entry, "code");
  const severity = severityNames.find((it) => it === text(entry, "severity"));
  if (code === undefined || severity === undefined) return [];
  const files = text(entry, "files");
  const path = text(entry, "path");
  return [
    {
      code,
      severity,
      ...(files === undefined ? {} : { files }),
      ...(path === undefined ? {} : { path }),
    },
  ];
}

/** The setting `ecsDaemon.taskDefinitions` of the section `ecsDaemon`: paths by family, without what is no path. */
export function readTaskDefinitionPaths(section: unknown): ReadonlyMap<string, string> {
  const paths = member(section, "taskDefinitions");
  if (typeof paths !== "object" || paths === null || Array.isArray(paths)) return new Map();
  return new Map(
    Object.keys(paths).flatMap((family) => {
      const path = text(paths, family);
      return path === undefined ? [] : [[family, path] as const];
    }),
  );
}

function readAws(value: unknown): AwsSettings {
  return {
    cluster: text(value, "cluster"),
    profile: text(value, "profile"),
    region: text(value, "region"),
    endpointUrl: text(value, "endpointUrl"),
  };
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** A string that is not empty: VS Code's default for an unset string setting is the empty one. */
function text(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === "string" && found !== "" ? found : undefined;
}
