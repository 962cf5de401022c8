// The condensed API model, typed: names, types, allowed values, ranges and patterns of the inputs.

import model from "../../../../schemas/api-model.json";
import type { Shape } from "./apiShape";
import { fleetShapes } from "./fleetShapes";

/** The operation whose input a document is. */
export type InputOperation = keyof typeof model.inputs;

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

/** Shapes of managed daemons, and the ordinary ones that have the same members and more. */
const counterparts: Readonly<Record<string, string>> = {
  RegisterDaemonTaskDefinitionRequest: "RegisterTaskDefinitionRequest",
  DaemonContainerDefinition: "ContainerDefinition",
  DaemonLinuxParameters: "LinuxParameters",
  DaemonVolume: "Volume",
};

/** Name of the ordinary shape that a shape of managed daemons is like; any other name as it is. */
export function ordinaryShape(name: string): string {
  return Object.hasOwn(counterparts, name) ? (counterparts[name] as string) : name;
}
