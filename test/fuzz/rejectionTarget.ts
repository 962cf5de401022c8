// Any JSON as the input of an operation: the endpoint's validation answers, and where it rejects, in words.

import assert from "node:assert/strict";
import fc from "fast-check";
import { serverRejection } from "../../server/src/core/rules/serverRejection";
import { anyJson, apiValues, type Json } from "./apiValues";
import { pureTarget } from "./fuzzTarget";

const operations = {
  registerTaskDefinition: "RegisterTaskDefinitionRequest",
  createService: "CreateServiceRequest",
  updateService: "UpdateServiceRequest",
} as const;
type Name = keyof typeof operations;

function check({ operation, value }: { readonly operation: Name; readonly value: Json }): void {
  const rejection = serverRejection(operation, value, {
    onRuleFault: (codes, fault) => {
      throw new Error(`The rule of ${codes.join(", ")} failed.`, { cause: fault });
    },
  });
  if (rejection !== undefined) assert.match(rejection.message, /\S/);
}

const names = Object.keys(operations) as Name[];

export const rejectionTarget = pureTarget(
  fc.oneof(
    ...names.map((operation) =>
      fc
        .oneof({ weight: 5, arbitrary: apiValues(operations[operation]) }, { weight: 1, arbitrary: anyJson })
        .map((value) => ({ operation, value })),
    ),
  ),
  check,
);
