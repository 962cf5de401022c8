// An input of the ECS API that another format describes.

import type { Need, Node } from "../../source/node";
import type { Span } from "../../text/span";
import type { HostKind, PlacedPart } from "../resource";
import type { Definitions } from "./choices";

export interface HostedInput {
  /** As the host names it: a logical id, a Terraform address. */
  readonly id: string;
  readonly kind: "taskDefinition" | "service" | "daemonTaskDefinition" | "daemon" | "capacityProvider";
  readonly host: HostKind;
  /** In the API's names and types, with the places of the host text. */
  readonly input: Node;
  /** Where the resource is named. */
  readonly name: Span;
  /** Of a service or a daemon: the resource that is its task definition, by its id. */
  readonly definitionId: string | undefined;
  /** Of a service: the resources of which a condition chooses its task definition. */
  readonly definitions?: Definitions;
  /** Where the host does not make the resource: the names whose values, or whose defaults, say so. */
  readonly absent?: readonly Need[];
  /** The files that a list of containers is read from. */
  readonly listFiles?: readonly string[];
  /** Of an input that is remembered with its part of the text. */
  readonly part?: PlacedPart;
}
