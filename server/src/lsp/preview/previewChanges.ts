// Notifies the client that a preview may come out differently, for a reason that it cannot see itself.

import { isService, traitsOf } from "../../core/resources/kinds/registry";
import type { ServerContext } from "../base/context";
import { createDebounce } from "../base/debounce";
import { previewChangedMethod } from "../protocol/protocol";

export function registerPreviewChanges(context: ServerContext): void {
  const notify = createDebounce(50, () =>
    context.fence.wait(previewChangedMethod, undefined, () =>
      context.connection.sendNotification(previewChangedMethod),
    ),
  );
  context.onSurroundingsChanged(notify);
  context.documents.onChanged((uri) => {
    // The client sees its own text change; what it cannot see is that another file belongs to it.
    const resources = context.documents.all(uri);
    if (resources.some((it) => isService(it) || it.hosted !== undefined)) notify();
  });
  // What was typed and not saved is gone with the document; where its file was deleted, nothing is left.
  context.documents.onClosed((_, kind) => {
    const { ofService, isExpression } = traitsOf({ kind });
    if (ofService !== undefined || isExpression) notify();
  });
}
