// What undoes a change is run against the same target, and puts back what was there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { activateCommand, untieCommand } from "../../../server/src/ecs/coverage/undoCommands";

const target = { endpointUrl: "http://127.0.0.1:5000", profile: "work", region: "eu-west-1" };
const options = "--endpoint-url http://127.0.0.1:5000 --profile work --region eu-west-1";

test("an instance is set to ACTIVE where it was drained", () => {
  const command =
    "aws ecs update-container-instances-state --cluster prod --container-instances i1 --status ACTIVE";
  assert.equal(activateCommand("prod", "i1", target), `${command} ${options}`);
  assert.equal(activateCommand("prod", "i1", {}), command);
});

test("a service gets the placement constraints that it had, none included", () => {
  const command = "aws ecs update-service --cluster prod --service web --placement-constraints";
  assert.equal(untieCommand("prod", { name: "web", placementConstraints: [] }, {}), `${command} '[]'`);
  const placementConstraints = [{ type: "memberOf", expression: "attribute:env == 'prod'" }];
  const written = `[{"type":"memberOf","expression":"attribute:env == '\\''prod'\\''"}]`;
  assert.equal(
    untieCommand("prod", { name: "web", placementConstraints }, target),
    `${command} '${written}' ${options}`,
  );
});
