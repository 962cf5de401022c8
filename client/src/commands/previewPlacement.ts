import type { PreviewAnswer } from "../../../server/src/lsp/protocol/protocol";
import type { Session } from "../session";
import { askDocument, jsonAndQueryLanguages, namedCluster } from "./ask";
import type { CallArguments } from "./callArguments";
import { decidePairing, serviceReference } from "./chooseService";

/**
 * Opens the preview panel beside the editor. Options: `cluster`, `service` (the service file, or `null` for a new service). Returns the JSON of the
 * preview; a failure is shown in the panel itself.
 */
export async function previewPlacement(
  session: Session,
  call: CallArguments,
): Promise<PreviewAnswer | undefined> {
  const uri = await askDocument(session, call, jsonAndQueryLanguages);
  const cluster = namedCluster(call);
  await decidePairing(session, call, uri);
  return session.previews.show(uri, {
    ...(cluster !== undefined && { cluster }),
    ...serviceReference(call),
  });
}
