// What became of each property when a DAEMON service and its definition were made a managed daemon.

/** The file that a property was in, or is in now. */
export type ConvertedFile = "taskDefinition" | "service";

interface Entry {
  readonly file: ConvertedFile;
  /** Names and indexes from the input down: `containerDefinitions`, 0, `image`. */
  readonly path: readonly (string | number)[];
}

/** Written into the new files with the same meaning. */
export interface Carried extends Entry {
  /** Its name there, where that is another one. */
  readonly to?: string;
}

/** Written into the new files in another form, or always so there. */
export interface Changed extends Entry {
  readonly before: unknown;
  /** `undefined`: nothing has to be written. */
  readonly after: unknown;
  readonly why: string;
}

/** Without a counterpart. */
export interface Lost extends Entry {
  readonly why: string;
}

/** What nobody can know from the input. */
export interface Question {
  /** The property of the new files. */
  readonly path: string;
  /** What was written for now; `undefined`: nothing. */
  readonly proposal: unknown;
  readonly question: string;
}

export interface Conversion {
  /** Input of RegisterDaemonTaskDefinition. */
  readonly taskDefinition: Readonly<Record<string, unknown>>;
  /** Input of CreateDaemon; ARNs that only an account knows are placeholders such as `<capacity provider ARN>`. */
  readonly daemon: Readonly<Record<string, unknown>>;
  readonly carried: readonly Carried[];
  readonly changed: readonly Changed[];
  readonly lost: readonly Lost[];
  readonly ask: readonly Question[];
}

/** Why a daemon makes no sense on Managed Instances. */
export interface Refusal {
  readonly refused: string;
}

/** Collects what becomes of each property while the new files are written. */
export class Ledger {
  readonly carried: Carried[] = [];
  readonly changed: Changed[] = [];
  readonly lost: Lost[] = [];
  readonly ask: Question[] = [];

  constructor(readonly file: ConvertedFile) {}

  carry(path: Entry["path"], to?: string): void {
    this.carried.push({ file: this.file, path, ...(to === undefined ? {} : { to }) });
  }

  change(path: Entry["path"], before: unknown, after: unknown, why: string): void {
    this.changed.push({ file: this.file, path, before, after, why });
  }

  lose(path: Entry["path"], why: string): void {
    this.lost.push({ file: this.file, path, why });
  }
}
