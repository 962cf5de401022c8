// The worker of the language server in a browser. The text around it calls `startWorker` with the bundled files.

import { type Port, readerOf, writerOf } from "./channel";
import { type ModuleFunction, requireFrom } from "./modules";
import { nodeModules } from "./nodeModules";

interface ServerModule {
  serveWorker(reader: object, writer: object): void;
}

declare const self: Port & { startWorker?: (modules: Readonly<Record<string, ModuleFunction>>) => void };

self.startWorker = (modules) => {
  const server = requireFrom(modules, nodeModules)("./server.js") as ServerModule;
  server.serveWorker(readerOf(self), writerOf(self));
};
