// The bundled language server, previewing against a small fleet of its own.

import { type BundledServer, startBundledServer } from "../support/bundledServer";
import { temporaryFolder } from "../support/temporaryFolder";

export async function startServerProcess(): Promise<BundledServer> {
  const files = temporaryFolder({
    "three.ecs-fleet.json": JSON.stringify({
      groups: [{ count: 3, instanceType: "m5.large", attributes: { env: "prod", __proto: "x" } }],
    }),
  });
  const server = await startBundledServer({
    initializationOptions: { cluster: files.uriOf("three.ecs-fleet.json"), reportSyntaxErrors: true },
  });
  server.child.once("exit", files.remove);
  return server;
}
