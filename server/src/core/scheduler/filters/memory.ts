// MiB of memory left on the instance.

import type { Filter } from "./filter";
import { sizeReasons } from "./size";

export const memory: Filter = {
  name: "memory",
  check: (context) => sizeReasons("memory", context),
};
