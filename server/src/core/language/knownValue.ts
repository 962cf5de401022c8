// A value that is worth offering at a place.

export interface KnownValue {
  readonly value: string;
  readonly detail?: string;
  /** It names something that is declared elsewhere. */
  readonly isReference?: boolean;
  readonly isNumber?: boolean;
}
