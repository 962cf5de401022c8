import type { Expression } from "./syntax";
import type { QueryTarget, Truth } from "./target";

/** Compiles an expression once, so that it can be asked of many instances. */
export function compileQuery(tree: Expression): (target: QueryTarget) => Truth {
  throw new Error(`not built yet: ${tree.kind}`);
}
