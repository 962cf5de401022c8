import assert from "node:assert/strict";
import { test } from "node:test";
import { countsText, instanceCount } from "../../client/webview/model/words";

test("counts of thousands are read by their separators, and what is no count stays as it is", () => {
  const written: Readonly<Record<string, string>> = {
    "Lands on 4998 of 5000 container instances.": "Lands on 4,998 of 5,000 container instances.",
    "1200 of 100000": "1,200 of 100,000",
    "Lands on 0 of 9999 container instances: 7000 are excluded by `attribute:n == 1000 of 2000`, 1500 lack 1024 MiB of memory, 1499 lack up to 2048 CPU units.":
      "Lands on 0 of 9,999 container instances: 7,000 are excluded by `attribute:n == 1000 of 2000`, 1,500 lack 1,024 MiB of memory, 1,499 lack up to 2,048 CPU units.",
    "Lands on 1 of 2 container instances: 1 has port 8126 in use.":
      "Lands on 1 of 2 container instances: 1 has port 8126 in use.",
    "Lands on 0 of 3 container instances: 3 lack the attribute ecs.ami-2023.":
      "Lands on 0 of 3 container instances: 3 lack the attribute ecs.ami-2023.",
    "5 of 5": "5 of 5",
  };
  for (const [text, shown] of Object.entries(written)) assert.equal(countsText(text), shown);
  assert.equal(instanceCount(1), "1 container instance");
  assert.equal(instanceCount(5000), "5,000 container instances");
});
