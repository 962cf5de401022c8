// The verification of a managed daemon as text: that of a service, and what runs by capacity provider.

import type { ManagedVerification } from "../../ecs/managed/managedReport";
import type { Terminal } from "../output/terminal";
import { columns, plural } from "../output/textLayout";
import { verifyText } from "../output/verifyOutput";

export function managedVerifyText(report: ManagedVerification, terminal: Terminal): string {
  const rows = report.providers.map((it) => [
    { text: it.name },
    { text: `${it.running} running, ${it.without} without, ${plural(it.instances, "active instance")}` },
  ]);
  return `${verifyText(report, terminal)}\n${columns(terminal, rows)}`;
}
