// What happens to what the client tells a language server that is just being started again.

import assert from "node:assert/strict";
import { test } from "node:test";
import type * as ServerModule from "../../../client/src/server";
import { clientModule } from "../../support/clientModule";

/** As much of VS Code as the module uses. */
const vscode = `export class EventEmitter {
  listeners = new Set();
  event = (listener) => (this.listeners.add(listener), { dispose: () => this.listeners.delete(listener) });
  fire(value) { for (const it of this.listeners) it(value); }
  dispose() { this.listeners.clear(); }
}`;

const serverModule = () => clientModule<typeof ServerModule>("client/src/server.ts", vscode);

test("what is chosen while the server is started again reaches it, the newest alone", async () => {
  const { createServer } = await serverModule();
  const got: string[] = [];
  const starts: (() => void)[] = [];
  let end = () => {};
  const context = { subscriptions: [] } as unknown as Parameters<typeof createServer>[0];
  const server = createServer(
    context,
    () => ({}),
    async (events) => {
      end = events.ended;
      // Its options are read; from here on until it is ready it hears nothing.
      await new Promise<void>((resolve) => starts.push(resolve));
      return {
        request: async (name, params) => {
          got.push(`${name} ${JSON.stringify(params)}`);
          return null as never;
        },
        stop: async () => {},
      };
    },
  );
  await server.tell("setPairs", { pairs: [] });
  assert.deepEqual([server.isStarted, starts.length], [false, 0], "nothing is started to be told");
  const ready = server.start();
  starts.shift()?.();
  await ready;
  await server.tell("chooseCluster", { cluster: "a" });
  assert.deepEqual(got.splice(0), ['chooseCluster {"cluster":"a"}']);

  const returned = new Promise<void>((resolve) => {
    server.onReturned(() => {
      got.push("returned");
      resolve();
    });
  });
  end();
  while (starts.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await server.tell("chooseCluster", { cluster: "b" });
  await server.tell("setPairs", { pairs: [] });
  await server.tell("chooseCluster", { cluster: "c" });
  assert.deepEqual(got, []);
  starts.shift()?.();
  await returned;
  while (got.length < 3) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(got.sort(), ['chooseCluster {"cluster":"c"}', "returned", 'setPairs {"pairs":[]}']);
});
