import assert from "node:assert/strict";
import { test } from "node:test";
import {
  amountText,
  counted,
  countText,
  instanceCount,
  withArticle,
} from "../../../server/src/core/text/counts";

test("counts have separators of thousands", () => {
  const written: readonly (readonly [number, string])[] = [
    [0, "0"],
    [999, "999"],
    [1000, "1,000"],
    [100000, "100,000"],
    [1234567, "1,234,567"],
    [-4096, "-4,096"],
    [1024.5, "1,024.5"],
    [0.1234, "0.1234"],
    [1e21, "1e+21"],
    [Number.NaN, "NaN"],
  ];
  for (const [count, text] of written) assert.equal(countText(count), text);
});

test("one is singular, everything else is plural", () => {
  assert.equal(counted(1, "task"), "1 task");
  assert.equal(counted(0, "task"), "0 tasks");
  assert.equal(counted(5000, "task"), "5,000 tasks");
  assert.equal(counted(1, "is", "are"), "1 is");
  assert.equal(counted(2, "is", "are"), "2 are");
  assert.equal(instanceCount(1), "1 container instance");
  assert.equal(instanceCount(5000), "5,000 container instances");
});

test("amounts have the unit of their resource", () => {
  assert.equal(amountText("cpu", 1), "1 CPU unit");
  assert.equal(amountText("cpu", 2048), "2,048 CPU units");
  assert.equal(amountText("memory", 1), "1 MiB");
  assert.equal(amountText("memory", 7816), "7,816 MiB");
});

test("an article goes by how the word is spoken", () => {
  const words =
    "an ARM64, an X86_64, a LINUX, a WINDOWS_SERVER_2022_CORE, a task, an instance, an IAM role, a UDP port, a GPU, " +
    "an EFS volume, an FSx volume, an 8-core, a 4-core, a unit, a URL, an ENI, an S3 bucket, an ARN";
  for (const phrase of words.split(", ")) assert.equal(withArticle(phrase.replace(/^an? /, "")), phrase);
});
