// The way from the API back to the arguments of Terraform comes out where the way there began.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type InputOperation, inputShape, shapeNamed } from "../../../server/src/core/api/apiModel";
import {
  type ArgumentTable,
  argumentsOfOperation,
  capacityProviderArguments,
  daemonArguments,
  daemonTaskDefinitionArguments,
  serviceArguments,
  taskDefinitionArguments,
} from "../../../server/src/core/resources/hosts/terraform/arguments";
import { argumentNameIn, placeOf } from "../../../server/src/core/resources/hosts/terraform/hostArguments";
import { unlessUnwritable } from "../../../server/src/core/source/writing";

const tables = {
  capacityProviderArguments,
  daemonArguments,
  daemonTaskDefinitionArguments,
  serviceArguments,
  taskDefinitionArguments,
};

const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Where the API has what an argument gives. */
function targetOf(table: ArgumentTable, argument: string): readonly string[] {
  const steps = argument.split(".");
  return steps.flatMap((step, index) =>
    (table[steps.slice(0, index + 1).join(".")] ?? camelCase(step)).split("."),
  );
}

for (const [name, table] of Object.entries(tables))
  test(`${name}: each argument has its own name`, () => {
    const written = Object.keys(table).filter((it) => table[it] !== "-");
    assert.ok(written.length > 0);
    for (const argument of written) {
      const path = targetOf(table, argument);
      const found = argumentNameIn(table, placeOf(table, path.slice(0, -1)), path.at(-1) ?? "");
      assert.equal(found, argument.split(".").at(-1), argument);
    }
  });

test("an object that is arguments of the resource may have a block for the rest", () => {
  const configuration = ["deploymentConfiguration"];
  const nameOf = (path: readonly string[], name: string) =>
    argumentNameIn(serviceArguments, placeOf(serviceArguments, path), name);
  assert.equal(nameOf(configuration, "maximumPercent"), "deployment_maximum_percent");
  assert.equal(nameOf(configuration, "bakeTimeInMinutes"), "bake_time_in_minutes");
  assert.equal(nameOf([...configuration, "lifecycleHooks"], "hookTargetArn"), "hook_target_arn");
  assert.equal(nameOf([...configuration, "canaryConfiguration"], "canaryPercent"), "canary_percent");
  assert.equal(nameOf([...configuration, "deploymentCircuitBreaker"], "rollback"), "rollback");
});

/** The ways to all properties of an input, as the API has them; containers of tasks are no blocks. */
function pathsOf(
  shapeName: string,
  path: readonly string[],
  above: readonly string[],
): readonly (readonly string[])[] {
  const { item, members = {} } = shapeNamed(shapeName);
  if (above.includes(shapeName) || shapeName === "ContainerDefinitions") return [];
  const inside = [...above, shapeName];
  const below = Object.entries(members).flatMap(([name, shape]) => [
    [...path, name],
    ...pathsOf(shape, [...path, name], inside),
  ]);
  return item === undefined ? below : pathsOf(item, path, inside);
}

const operations: readonly InputOperation[] = [
  "registerTaskDefinition",
  "createService",
  "registerDaemonTaskDefinition",
  "createDaemon",
  "createCapacityProvider",
];

for (const operation of operations)
  test(`${operation}: units and abbreviations stay whole`, () => {
    const table = argumentsOfOperation(operation);
    const names = pathsOf(inputShape(operation), [], []).flatMap((path) => {
      const name = unlessUnwritable(() =>
        argumentNameIn(table, placeOf(table, path.slice(0, -1)), path.at(-1) ?? ""),
      );
      return name ?? [];
    });
    assert.ok(names.length > 8, String(names.length));
    assert.deepEqual(
      names.filter((it) => /(?:^|_)[a-z](?:_|$)/.test(it)),
      [],
    );
  });
