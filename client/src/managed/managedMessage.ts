// The report of a managed daemon's deployment as one sentence for a notification.

import type { ManagedDeployReport } from "../../../server/src/lsp/protocol/protocol";

const stepNames: Readonly<Record<ManagedDeployReport["steps"][number]["name"], string>> = {
  register: "Register",
  daemon: "Create or update",
  deployment: "Deployment",
  verify: "Verify",
};

/** The step that failed, else the verification, else the last step. */
export function managedMessage({ steps, verify }: Pick<ManagedDeployReport, "steps" | "verify">): {
  readonly severity: "information" | "warning" | "error";
  readonly text: string;
} {
  if (verify?.verified === true) return { severity: "information", text: verify.detail };
  const failed = steps.find((it) => it.outcome === "failed" && it.name !== "verify");
  if (failed !== undefined)
    return { severity: "error", text: `${stepNames[failed.name]} failed: ${failed.detail}` };
  if (verify !== null) {
    const [first] = verify.missing;
    const reason = first === undefined ? "" : ` ${first.id}: ${first.reason}`;
    return { severity: "warning", text: `${verify.detail}${reason}` };
  }
  const last = steps.at(-1);
  if (last === undefined) return { severity: "information", text: "There was nothing to do." };
  if (last.outcome === "failed")
    return { severity: "error", text: `${stepNames[last.name]} failed: ${last.detail}` };
  return { severity: last.outcome === "cancelled" ? "warning" : "information", text: last.detail };
}
