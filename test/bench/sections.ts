// Every section of the benchmarks by its name, in the order of the page.

import { coverageRows } from "./coverage";
import { editorRows } from "./editor";
import { endpointRows } from "./endpoint";
import { folderRows } from "./folder";
import { languageServerRows } from "./languageServers";
import { panelRows } from "./panel";
import { previewRows } from "./preview";
import { queryRows } from "./query";
import type { Section } from "./section";
import { sizeRows } from "./sizes";
import { validationRows } from "./validation";

export const sections: Readonly<Record<string, Section>> = {
  query: queryRows,
  validation: validationRows,
  folder: folderRows,
  preview: previewRows,
  coverage: coverageRows,
  "language-servers": languageServerRows,
  endpoint: endpointRows,
  panel: panelRows,
  editor: editorRows,
  sizes: sizeRows,
};
