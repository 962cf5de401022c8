// `npm run tour`: writes docs/images/tour.png, the README's pictures as an animation (APNG, which browsers play and other
// programs show as its first picture). Run it after the pictures were taken anew.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "./crc32.mjs";

const images = join(import.meta.dirname, "..", "docs", "images");

/** In the order of the story; all of one size. */
export const tourPictures = ["diagnostics.png", "preview.png", "constraint.png"];
/** Seconds that each picture is shown. */
const seconds = 3;

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/** The chunks of a PNG file. @param {Buffer} file @returns {{ type: string, data: Buffer }[]} */
export function chunksOf(file) {
  const chunks = [];
  for (let at = signature.length; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    chunks.push({ type, data: file.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

/** An animation of PNG files of one size and color type, played for ever. @param {Buffer[]} files @returns {Buffer} */
export function animationOf(files) {
  const pictures = files.map(chunksOf);
  const headers = pictures.map((it) => it.find(({ type }) => type === "IHDR")?.data ?? Buffer.alloc(0));
  const [header = Buffer.alloc(0)] = headers;
  if (headers.some((it) => !it.equals(header))) throw new Error("The pictures differ in size or colors.");
  let sequence = 0;
  const frames = pictures.flatMap((chunks, index) => {
    const data = chunks.filter(({ type }) => type === "IDAT").map((it) => it.data);
    const control = chunk("fcTL", frameControl(header, sequence++));
    // The first picture is that of programs without animations, too.
    const parts = data.map((it) =>
      index === 0 ? chunk("IDAT", it) : chunk("fdAT", Buffer.concat([number(sequence++), it])),
    );
    return [control, ...parts];
  });
  const animation = Buffer.concat([number(files.length), number(0)]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("acTL", animation),
    ...frames,
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** @param {Buffer} header @param {number} sequence */
function frameControl(header, sequence) {
  const delay = Buffer.alloc(4);
  delay.writeUInt16BE(seconds, 0);
  delay.writeUInt16BE(1, 2);
  // The whole picture at the upper left corner; it takes the place of the one before.
  return Buffer.concat([
    number(sequence),
    header.subarray(0, 8),
    number(0),
    number(0),
    delay,
    Buffer.from([0, 0]),
  ]);
}

/** @param {number} value */
function number(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([number(data.length), body, number(crc32(body))]);
}

if (process.argv[1] === import.meta.filename) {
  const target = join(images, "tour.png");
  const made = animationOf(tourPictures.map((it) => readFileSync(join(images, it))));
  writeFileSync(target, made);
  console.log(`${target}: ${tourPictures.length} pictures, ${Math.round(made.length / 1000)} kB`);
}
