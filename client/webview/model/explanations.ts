// What the server told of single container instances; the newest of each. No DOM here.

import type { InstanceExplanation } from "../../../server/src/lsp/protocol/protocol";

export interface Explanations {
  take(explanation: InstanceExplanation): void;
  /** `version` is another one whenever something new was told of the instance; 0: nothing yet. */
  of(id: string): { readonly version: number; readonly told: InstanceExplanation | undefined };
}

export function createExplanations(): Explanations {
  const known = new Map<string, { readonly version: number; readonly told: InstanceExplanation }>();
  let version = 0;
  return {
    take: (told) => {
      version += 1;
      known.set(told.id, { version, told });
    },
    of: (id) => known.get(id) ?? { version: 0, told: undefined },
  };
}
