// The way from the API back to the arguments of Terraform comes out where the way there began.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type ArgumentTable,
  capacityProviderArguments,
  daemonArguments,
  daemonTaskDefinitionArguments,
  serviceArguments,
  taskDefinitionArguments,
} from "../../../server/src/core/resources/hosts/terraform/arguments";
import { argumentNameIn, placeOf } from "../../../server/src/core/resources/hosts/terraform/hostArguments";

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
