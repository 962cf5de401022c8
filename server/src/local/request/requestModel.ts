// The types of all that a request can hold: those of documents, and those that only requests have.

import requests from "../../../../schemas/request-model.json";
import { shapeNamed } from "../../core/api/apiModel";
import type { Shape } from "../../core/api/apiShape";

/** Only requests have times: documents have none. */
export interface RequestShape extends Omit<Shape, "type"> {
  readonly type: Shape["type"] | "timestamp";
}

// JSON cannot say which strings are shape types.
const requestShapes = requests.shapes as unknown as Readonly<Record<string, RequestShape>>;

/** The shape of that name; what no request has, such as an operation of the endpoint's own, is of any type. */
export function requestShape(name: string): RequestShape {
  return (Object.hasOwn(requestShapes, name) ? requestShapes[name] : undefined) ?? shapeNamed(name);
}
