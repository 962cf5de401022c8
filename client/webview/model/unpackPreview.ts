// A preview as the server packs it for every keystroke, made whole again. No DOM here: the host of the panel needs it
// too.

import type { InstanceVerdict } from "../../../server/src/core/scheduler/placement";
import type {
  AttributeColumn,
  InstanceFacts,
  PackedFleet,
  PackedPreview,
  PreviewResult,
} from "../../../server/src/lsp/protocol/protocol";
import { finished, type Steps, visitInSteps } from "./steps";

/** What stays the same from one keystroke to the next. */
export interface UnpackedFleet {
  readonly id: string;
  readonly instances: readonly string[];
  readonly facts: Readonly<Record<string, InstanceFacts>>;
  readonly attributes: readonly AttributeColumn[];
}

/** In steps: there may be 100,000 of them. */
function* fleetInSteps(packed: PackedFleet): Steps<UnpackedFleet> {
  const { id, instances, attributes } = packed;
  const facts: Record<string, InstanceFacts> = {};
  yield* visitInSteps(instances, (instance, index) => {
    const common = packed.facts[packed.factsOf[index] ?? -1];
    if (common === undefined) return;
    const ec2InstanceId = packed.ec2InstanceIds[index];
    const registeredAt = packed.registeredAt[index];
    setOwn(facts, instance, {
      ...common,
      ...(typeof ec2InstanceId === "string" && { ec2InstanceId }),
      ...(typeof registeredAt === "number" && { registeredAt }),
    });
  });
  return { id, instances, facts, attributes };
}

/** An instance may have any name. */
function setOwn<Value>(record: Record<string, Value>, name: string, value: Value): void {
  if (name !== "__proto__") record[name] = value;
  else Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Instances with the same reasons share their list of them. */
export function* previewInSteps(packed: PackedPreview, fleet: UnpackedFleet): Steps<PreviewResult> {
  const { fleet: _, reasons, outcomes, outcomeOf, ...rest } = packed;
  const whole = outcomes.map((it) => ({
    verdict: it.verdict,
    reasons: it.reasons.flatMap((position) => reasons[position] ?? []),
  }));
  const instances: InstanceVerdict[] = [];
  yield* visitInSteps(fleet.instances, (id, index) => {
    const outcome = whole[outcomeOf[index] ?? -1];
    if (outcome !== undefined) instances.push({ id, verdict: outcome.verdict, reasons: outcome.reasons });
  });
  return { ...rest, instances, facts: fleet.facts, attributes: fleet.attributes };
}

export function unpackPreview(packed: PackedPreview, fleet: UnpackedFleet): PreviewResult {
  return finished(previewInSteps(packed, fleet));
}

/** The fleet of a packed preview: its own, or the known one that it names; `undefined` where that is another. */
export function fleetOf(packed: PackedPreview, known: UnpackedFleet | undefined): UnpackedFleet | undefined {
  return finished(knownFleetInSteps(packed, known));
}

/** As `fleetOf`. */
export function* knownFleetInSteps(
  { fleet }: PackedPreview,
  known: UnpackedFleet | undefined,
): Steps<UnpackedFleet | undefined> {
  if ("instances" in fleet) return yield* fleetInSteps(fleet);
  return known?.id === fleet.id ? known : undefined;
}
