// CPU units left on the instance.

import type { Filter } from "./filter";
import { sizeReasons } from "./size";

export const cpu: Filter = {
  name: "cpu",
  check: (context) => sizeReasons("cpu", context),
};
