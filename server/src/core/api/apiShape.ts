// A type of the API model.

export interface Shape {
  readonly type:
    | "structure"
    | "list"
    | "map"
    | "string"
    | "integer"
    | "long"
    | "double"
    | "boolean"
    | "document";
  /** Of a structure: member → shape. */
  readonly members?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Of a list. */
  readonly item?: string;
  /** Of a map. */
  readonly value?: string;
  readonly enum?: readonly string[];
  /** Of a number its range, of a text or list its length. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}
