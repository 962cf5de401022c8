// The documents that the suite writes: the Datadog agent as a daemon, right and wrong, and its services.

import {
  type Diagnostic,
  DiagnosticSeverity,
  languages,
  Range,
  type TextDocument,
  Uri,
  ViewColumn,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { eventually } from "./runner";

/** Right in every respect; the tests break single members of it. */
export const agent = {
  family: "datadog-agent",
  networkMode: "bridge",
  requiresCompatibilities: ["EC2"],
  containerDefinitions: [
    {
      name: "datadog-agent",
      image: "public.ecr.aws/datadog/agent:7",
      cpu: 100,
      memory: 512,
      memoryReservation: 256,
      essential: true,
      portMappings: [
        { containerPort: 8125, hostPort: 8125, protocol: "udp" },
        { containerPort: 8126, hostPort: 8126, protocol: "tcp" },
      ],
      mountPoints: [
        { sourceVolume: "docker_sock", containerPath: "/var/run/docker.sock", readOnly: true },
        { sourceVolume: "proc", containerPath: "/host/proc", readOnly: true },
      ],
    },
  ],
  volumes: [
    { name: "docker_sock", host: { sourcePath: "/var/run/docker.sock" } },
    { name: "proc", host: { sourcePath: "/proc/" } },
  ],
};

/** A DAEMON service of a family, with or without a placement constraint. */
export function daemonService(serviceName: string, taskDefinition: string, expression?: string) {
  const placementConstraints = expression === undefined ? [] : [{ type: "memberOf", expression }];
  return { serviceName, taskDefinition, schedulingStrategy: "DAEMON", placementConstraints };
}

/** Writes a JSON file into the workspace folder and answers where. */
export function writeJson(name: string, value: unknown): Promise<Uri> {
  return writeText(name, `${JSON.stringify(value, null, 2)}\n`);
}

/** Writes a file into the workspace folder and answers where. */
export async function writeText(name: string, text: string): Promise<Uri> {
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("The suite needs an open folder.");
  const uri = Uri.joinPath(folder.uri, "written-by-the-tests", name);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

export async function removeWritten(): Promise<void> {
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) return;
  await workspace.fs.delete(Uri.joinPath(folder.uri, "written-by-the-tests"), { recursive: true });
}

/** Opens a document in an editor: diagnostics are made for what a person has open. */
export async function show(uri: Uri): Promise<TextDocument> {
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, { viewColumn: ViewColumn.One, preview: false });
  return document;
}

/** Replaces the only place of a document that holds `from`, as an edit that is not saved. */
export async function edit(document: TextDocument, from: string, to: string): Promise<void> {
  const at = document.getText().indexOf(from);
  if (at < 0 || document.getText().indexOf(from, at + 1) >= 0) throw new Error(`Not exactly one ${from}.`);
  const change = new WorkspaceEdit();
  change.replace(document.uri, new Range(document.positionAt(at), document.positionAt(at + from.length)), to);
  await workspace.applyEdit(change);
}

/** Our diagnostics of a document. */
export function oursOf(document: TextDocument): readonly Diagnostic[] {
  return languages.getDiagnostics(document.uri).filter((it) => it.source === "ecs-daemon");
}

/** Waits until the errors of a document underline exactly these texts, in any order. */
export function errorsUnderline(
  document: TextDocument,
  expected: readonly string[],
): Promise<readonly Diagnostic[]> {
  return eventually(`the errors underline ${expected.join(" and ")}`, () => {
    const errors = oursOf(document).filter((it) => it.severity === DiagnosticSeverity.Error);
    const underlined = errors.map((it) => document.getText(it.range));
    return [...underlined].sort().join() === [...expected].sort().join() && errors;
  });
}

/** The stable code of a diagnostic, with or without a link. */
export function codeOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}
