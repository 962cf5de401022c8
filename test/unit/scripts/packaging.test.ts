// The scripts that make pictures and list the parts of the package.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../support/paths";
import { importScript } from "../../support/scripts";

interface Tour {
  readonly tourPictures: readonly string[];
  animationOf(files: readonly Buffer[]): Buffer;
  chunksOf(file: Buffer): readonly { readonly type: string; readonly data: Buffer }[];
}

const picture = (name: string) => readFileSync(join(projectRoot, "docs", "images", name));

test("the tour shows every picture of the story, whole and one after the other", async () => {
  const { tourPictures, animationOf, chunksOf } = await importScript<Tour>("tour.mjs");
  const chunks = chunksOf(animationOf(tourPictures.map(picture)));
  const control = chunks.filter((it) => it.type === "fcTL");
  assert.equal(control.length, tourPictures.length);
  assert.equal(chunks.find((it) => it.type === "acTL")?.data.readUInt32BE(0), tourPictures.length);
  const numbered = chunks.filter((it) => it.type === "fcTL" || it.type === "fdAT");
  assert.deepEqual(
    numbered.map((it) => it.data.readUInt32BE(0)),
    numbered.map((_, at) => at),
  );
  const idat = (all: readonly { readonly type: string; readonly data: Buffer }[]) =>
    Buffer.concat(all.filter((it) => it.type === "IDAT").map((it) => it.data));
  assert.ok(idat(chunks).equals(idat(chunksOf(picture(tourPictures[0] ?? "")))));
});

test("pictures of different sizes make no tour", async () => {
  const { animationOf } = await importScript<Tour>("tour.mjs");
  assert.throws(() => animationOf([picture("preview.png"), picture("time.png")]), /differ in size/);
});

test("the parts of a ZIP file are listed with their compressed sizes", async () => {
  const { partsOf } = await importScript<{
    partsOf(zip: Buffer): readonly { readonly name: string; readonly size: number }[];
  }>("packageSize.mjs");
  // Two stored files, `a` with two bytes and `bc` with none, as a ZIP file without their contents lists them.
  const entry = (name: string, size: number) => {
    const head = Buffer.alloc(46);
    head.writeUInt32LE(size, 20);
    head.writeUInt16LE(name.length, 28);
    return Buffer.concat([head, Buffer.from(name)]);
  };
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(2, 10);
  const parts = partsOf(Buffer.concat([entry("bc", 0), entry("a", 2), end]));
  assert.deepEqual(parts, [
    { name: "a", size: 2 },
    { name: "bc", size: 0 },
  ]);
  assert.throws(() => partsOf(Buffer.from("none")), /not a ZIP file/);
});
