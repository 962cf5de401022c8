// The condensed API model, typed: names, types, allowed values, ranges and patterns of the three inputs.

import model from "../../../../schemas/api-model.json";
import type { Shape } from "./apiShape";
import { fleetShapes } from "./fleetShapes";

/** The operation whose input a document is. */
export type InputOperation = "registerTaskDefinition" | "createService" | "updateService";

// JSON cannot say which strings are shape types.
const shapes = model.shapes as unknown as Readonly<Record<string, Shape>>;

/** The shape of that name; every name in the model has one, and so have those of the fleet file. */
export function shapeNamed(name: string): Shape {
  return shapes[name] ?? fleetShapes[name] ?? { type: "document" };
}

/** Name of the shape of an operation's input. */
export function inputShape(operation: InputOperation): string {
  return model.inputs[operation];
}
