// The placement as a text, for clients without the panel.

import { codeSpan, plainText } from "../../core/language/markdown";
import { countText } from "../../core/text/counts";
import type { ServerContext } from "../base/context";
import { isFailure } from "../base/failure";
import type { Failure } from "../protocol/protocol";
import { readPreviewed } from "./preview";
import { resultOf } from "./previewResult";

/** A file of more lines is read by nobody. */
const mostInstances = 1_000;

/** Markdown: the sentence of the preview, then each container instance with its verdict and every reason. */
export async function previewText(
  context: ServerContext,
  { textDocument }: { readonly textDocument: { readonly uri: string } },
): Promise<{ readonly markdown: string } | Failure> {
  await context.index.ready();
  const found = await readPreviewed(context, { textDocument });
  if (isFailure(found)) return found;
  const { sentence, service, cluster, instances } = resultOf(found);
  const shown = instances
    .slice(0, mostInstances)
    .flatMap(({ id, verdict, reasons }) => [
      `- ${codeSpan(id)} **${verdict}**`,
      ...reasons.map((it) => `  - ${plainText(it.message)}`),
    ]);
  const more = instances.length - mostInstances;
  const rest = more > 0 ? [`- ${countText(more)} more`] : [];
  const title = `# ${plainText(service.name)} on ${plainText(cluster.label)}`;
  return { markdown: `${title}\n\n${plainText(sentence)}\n\n${[...shown, ...rest].join("\n")}\n` };
}
