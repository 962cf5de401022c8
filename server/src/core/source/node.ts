// A node of a source's tree: what every format (JSON today) is read into.

/** Types of nodes; a `property` is the name and the value of an object's entry. */
export type NodeType = "object" | "array" | "property" | "string" | "number" | "boolean" | "null";

export interface Node {
  readonly type: NodeType;
  /** Position in the host text, in UTF-16 units; a string's includes its quotes. */
  readonly offset: number;
  readonly length: number;
  /** The decoded value of a string, number or boolean; `null` of a null. */
  readonly value?: unknown;
  /** Properties of an object, items of an array, name and value of a property. */
  readonly children?: Node[];
  readonly parent?: Node;
  readonly colonOffset?: number;
  /** The value is, or contains, a placeholder: its value is not known. */
  unknown?: true;
  /** An object or array with a placeholder among its members or items: it may hold more than can be seen. */
  open?: true;
}
