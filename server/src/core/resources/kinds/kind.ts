// What a document kind consists of. Each has a file of its own here, a line in signs.ts and one in registry.ts.

import type { InputOperation } from "../../api/apiModel";
import type { Node } from "../../source/node";

/** By which names and words a document of the kind is found without parsing it. */
export interface KindSigns {
  readonly kind: string;
  /** The names, without folders, that promise the kind. */
  readonly names: RegExp;
  /** Members of which every document that is recognized as this kind by its content has at least one. */
  readonly members: readonly string[];
  /** The one of them that is recognized misspelt, too. */
  readonly lookalike?: string;
  /** Whether a document of the kind is no JSON: its name alone decides. */
  readonly isPlainText?: boolean;
}

/** Everything in which one kind differs from another. */
export interface Kind {
  readonly signs: KindSigns;
  /** As messages call it, with its article: "a fleet". */
  readonly noun: string;
  /** The same without an article, as a label. */
  readonly label: string;
  /** The part it plays for a DAEMON service, which is deployed and previewed from its files. */
  readonly ofService?: "taskDefinition" | "service";
  /** Whether it belongs to managed daemons. */
  readonly isManaged?: boolean;
  /** Whether it declares containers and volumes. */
  readonly hasContainers?: boolean;
  /** The only operating system that it can be for. */
  readonly os?: "linux";
  /** Whether it may be several answers of the AWS CLI: its own reader reports what cannot be read. */
  readonly isOfAnswers?: boolean;
  /** Whether an answer about such a thing lacks most of what the input needs: little can be reported of it. */
  readonly answersLackMost?: boolean;
  /** Name of the shape of the document where it is the input of no operation. */
  readonly shape?: string;
  /** Whether the whole text is one expression of the query language. */
  readonly isExpression?: boolean;
  /** Whether its file describes a cluster: it can be selected as one. */
  readonly isCluster?: boolean;
  /** Whether it describes container instances in groups, with the attributes of each group. */
  readonly hasGroups?: boolean;
  /** The kind that content may show instead of this one. */
  readonly resembles?: string;
  /** Whether a document whose name promises this kind and whose content shows the one it resembles is of this one. */
  readonly recognizesNamed?: (file: string, root: Node | undefined) => boolean;
  /** Whether the members of a document show the kind, whatever it is called. */
  readonly recognizes?: (root: Node) => boolean;
  /** The same with one letter off in what shows it; tried after all kinds were tried as they are written. */
  readonly recognizesMisspelt?: (root: Node) => boolean;
  /** The same of a damaged text, where `has` answers whether a member's name is in it. */
  readonly recognizesText?: (has: (name: string) => boolean) => boolean;
  /** Whether a node is a part of such a document that may be there alone: a page of it, or an item of its list. */
  readonly isPart?: (node: Node) => boolean;
  /** Members of which one, misspelt or not, lets a file keep the promise of its name. */
  readonly distinctive?: () => readonly string[];
  /** All members of the input: a file that has no other keeps the promise of its name, too. */
  readonly properties?: () => readonly string[];
  /** The input inside what an answer of ECS is wrapped in; absent: the root. */
  readonly inputOf?: (root: Node | undefined) => Node | undefined;
  /** The operation whose input it is. */
  readonly operationOf?: (input: Node | undefined) => InputOperation;
}
