// A command is called by the palette (no arguments), by a menu (a resource, then VS Code's own extras), by a key
// binding (whatever its `args` say) or by code. This brings the four into one form.

export interface CallArguments {
  /** The document the command is about, as a URI's text. */
  readonly uri: string | undefined;
  /** What the caller decided beforehand; the command checks each member it uses. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** Reads `(uri?, options?)`, `([uri, options])` and `({ uri, ...options })`. Anything else counts as absent. */
export function readCallArguments(values: readonly unknown[]): CallArguments {
  const [first, second] = Array.isArray(values[0]) ? (values[0] as readonly unknown[]) : values;
  if (isRecord(first) && isRecord(first.viewNode)) return ofNode(first.viewNode);
  const uri = uriText(first);
  if (uri !== undefined || !isRecord(first)) return { uri, options: isRecord(second) ? second : {} };
  const { uri: named, ...options } = first;
  return { uri: uriText(named), options };
}

/** A node of a view carries what the commands of its menu are about. */
function ofNode({ arguments: given }: Readonly<Record<string, unknown>>): CallArguments {
  const { uri, ...options } = isRecord(given) ? given : {};
  return { uri: uriText(uri), options };
}

/** A member of the options that must be text, else `undefined`. */
export function textOption(call: CallArguments, name: string): string | undefined {
  const value = call.options[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A member of the options that must be a finite number, else `undefined`. */
export function numberOption(call: CallArguments, name: string): number | undefined {
  const value = call.options[name];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** What VS Code adds to the call of a menu entry in the title of an editor. */
const extrasOfMenus: readonly string[] = ["groupId", "editorIndex", "preserveFocus"];

/** Whether the caller gave options: then it is a program, which nobody answers a question for. */
export function isAnsweredByCall({ options }: CallArguments): boolean {
  return Object.keys(options).some((it) => !extrasOfMenus.includes(it));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A URI object is known by its scheme and path: the class itself differs between extension hosts. */
function uriText(value: unknown): string | undefined {
  if (typeof value === "string" && value !== "") return value;
  if (!isRecord(value) || typeof value.scheme !== "string" || typeof value.path !== "string")
    return undefined;
  return String(value);
}
