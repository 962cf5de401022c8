import type { PreviewAnswer } from "../../../server/src/lsp/protocol";
import { resolvePath } from "../cluster/clusterStore";
import type { Session } from "../session";
import { askDocument, jsonAndQueryLanguages, namedCluster } from "./ask";
import { type CallArguments, textOption } from "./callArguments";

/**
 * Opens the preview panel beside the editor. Options: `cluster`, `service` (the service file). Returns the JSON of the
 * preview; a failure is shown in the panel itself.
 */
export async function previewPlacement(
  session: Session,
  call: CallArguments,
): Promise<PreviewAnswer | undefined> {
  const uri = await askDocument(session, call, jsonAndQueryLanguages);
  const cluster = namedCluster(call);
  const service = textOption(call, "service");
  return session.previews.show(uri, {
    ...(cluster !== undefined && { cluster }),
    ...(service !== undefined && { service: resolvePath(service) }),
  });
}
