import assert from "node:assert/strict";
import { test } from "node:test";
import { createExplanations } from "../../../client/webview/model/explanations";
import { Answers } from "../../../client/webview/model/placementAnswers";
import type { Verdict } from "../../../server/src/core/scheduler/placement";
import { packPreview } from "../../../server/src/lsp/protocol/packedPreview";
import { everyVerdict, explainedBlocked, oneOfSix, previewOf } from "../../webview/samples";

const document = { uri: "file:///w/agent.taskdef.json", name: "agent.taskdef.json" };
const fleet = (verdict: Verdict, label = "prod") =>
  previewOf([{ id: "a", verdict }], { cluster: { label, kind: "file" } });
const error = { code: "broken-document", message: "It is broken." };

test("a text that is not saved is compared with the saved one, on the same cluster alone", () => {
  const answers = new Answers();
  const before = () => answers.rows[0]?.before;
  answers.takeResult(fleet("place"), false, "saved");
  assert.equal(before(), undefined, "nothing was saved yet");
  answers.takeResult(fleet("place"), true, "saved");
  answers.takeResult(fleet("excluded"), false, "saved");
  assert.equal(before(), "place");
  answers.takeResult(fleet("blocked"), false, "nothing");
  assert.equal(before(), undefined);
  answers.takeResult(fleet("excluded", "other"), false, "saved");
  assert.equal(before(), undefined, "another cluster");
  answers.takeResult(fleet("place"), false, "saved");
  assert.equal(before(), undefined, "and back: that was long ago");
});

test("what is deployed is compared with as soon as it is told, and a problem is said", () => {
  const answers = new Answers();
  answers.takeResult(fleet("place"), true, "saved");
  answers.compareWith("deployed");
  assert.equal(answers.rows[0]?.before, undefined);
  answers.takeBaseline({ kind: "baseline", document, against: "deployed", verdicts: { a: "stop" } });
  assert.equal(answers.rows[0]?.before, "stop");
  answers.takeBaseline({ kind: "baseline", document, against: "deployed", problem: "It is not deployed." });
  assert.equal(answers.problem, "It is not deployed.");
  assert.equal(answers.rows[0]?.before, undefined);
  answers.compareWith("saved");
  assert.equal(answers.problem, undefined);
});

test("What if is compared with what is, and does not count as the saved text", () => {
  const answers = new Answers();
  answers.takeResult(fleet("place"), true, "saved");
  const whatIf = { changes: [], problems: [], added: [], sentenceBefore: "" };
  const verdicts = [{ id: "a", before: "place", now: "stop" }] as const;
  const simulated = { ...fleet("stop"), simulated: true as const, whatIf: { ...whatIf, verdicts } };
  answers.takeResult(simulated, true, "nothing");
  assert.equal(answers.rows[0]?.before, "place", "whatever else is compared with");
  answers.takeResult(fleet("blocked"), false, "saved");
  assert.equal(answers.rows[0]?.before, "place");
});

test("a failure leaves what it may leave, and the next result takes it away", () => {
  const answers = new Answers();
  answers.takeFailure(error, true);
  assert.equal(answers.result, undefined);
  answers.takeResult(everyVerdict, true, "saved");
  assert.equal(answers.error, undefined);
  answers.takeFailure(error, true);
  assert.deepEqual([answers.error, answers.result, answers.rows.length], [error, everyVerdict, 7]);
  answers.takeFailure(error, false);
  assert.equal(answers.result, undefined);
});

test("a packed answer is read with the fleet that came before, and left alone without it", () => {
  const answers = new Answers();
  const whole = packPreview(everyVerdict);
  const named = packPreview({ ...everyVerdict, sentence: "Another." }, whole.fleet.id);
  assert.equal(answers.takeResult(named, true, "saved"), false);
  assert.equal(answers.rows.length, 0);
  assert.equal(answers.takeResult(whole, true, "saved"), true);
  assert.equal(answers.takeResult(named, true, "saved"), true);
  assert.deepEqual([answers.result?.sentence, answers.rows.length], ["Another.", 7]);
  assert.equal(answers.takeResult(packPreview(oneOfSix), true, "saved"), true);
  assert.equal(answers.takeResult(named, true, "saved"), false, "that fleet went when another came");
  assert.equal(answers.rows.length, 6);
});

test("a selection is there until there is none", () => {
  const answers = new Answers();
  answers.takeSelection("attribute:env == prod", ["a", "a", "b"]);
  assert.deepEqual([...(answers.selection?.matched ?? [])], ["a", "b"]);
  answers.takeSelection(undefined, ["a"]);
  assert.equal(answers.selection, undefined);
});

test("what is explained anew has another version", () => {
  const explanations = createExplanations();
  assert.deepEqual(explanations.of("i-blocked"), { version: 0, told: undefined });
  explanations.take(explainedBlocked);
  const first = explanations.of(explainedBlocked.id);
  assert.equal(first.told, explainedBlocked);
  explanations.take({ ...explainedBlocked });
  assert.notEqual(explanations.of(explainedBlocked.id).version, first.version);
});
