import { test } from "node:test";
import { panelRows } from "../bench/panel";
import { assertMeasures } from "../support/benchRows";

test("the benchmark of the panel measures", () => assertMeasures(panelRows));
