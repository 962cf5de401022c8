import { test } from "node:test";
import { editorRows } from "../bench/editor";
import { assertMeasures } from "../support/benchRows";

test("the benchmark of a real VS Code measures", () => assertMeasures(editorRows));
