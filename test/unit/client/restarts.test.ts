import assert from "node:assert/strict";
import { test } from "node:test";
import { createRestarts } from "../../../client/src/restarts";

const minute = 60_000;

test("a server that ends now and then is always started again", () => {
  const restarts = createRestarts();
  for (let count = 0; count < 50; count++) assert.equal(restarts.ended(count * minute), true, `${count}`);
});

test("the fifth end within three minutes is the last one", () => {
  const restarts = createRestarts();
  assert.deepEqual(
    [0, 10, 20, 30, 40].map((it) => restarts.ended(it)),
    [true, true, true, true, false],
  );
});

test("after some calm the count begins anew", () => {
  const restarts = createRestarts();
  for (let count = 0; count < 5; count++) restarts.ended(count);
  assert.equal(restarts.ended(4 * minute), true);
});
