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

/** What stays the same from one keystroke to the next. */
export interface UnpackedFleet {
  readonly id: string;
  readonly instances: readonly string[];
  readonly facts: Readonly<Record<string, InstanceFacts>>;
  readonly attributes: readonly AttributeColumn[];
}

export function unpackFleet(packed: PackedFleet): UnpackedFleet {
  const { id, instances, facts, factsOf, attributes } = packed;
  const own = instances.flatMap((it, index) => {
    const common = facts[factsOf[index] ?? -1];
    if (common === undefined) return [];
    const ec2InstanceId = packed.ec2InstanceIds[index];
    const registeredAt = packed.registeredAt[index];
    const found: InstanceFacts = {
      ...common,
      ...(typeof ec2InstanceId === "string" && { ec2InstanceId }),
      ...(typeof registeredAt === "number" && { registeredAt }),
    };
    return [[it, found] as const];
  });
  return { id, instances, facts: Object.fromEntries(own), attributes };
}

/** Instances with the same reasons share their list of them. */
export function unpackPreview(packed: PackedPreview, fleet: UnpackedFleet): PreviewResult {
  const { fleet: _, reasons, outcomes, outcomeOf, ...rest } = packed;
  const whole = outcomes.map((it) => ({
    verdict: it.verdict,
    reasons: it.reasons.flatMap((position) => reasons[position] ?? []),
  }));
  const instances = fleet.instances.flatMap((id, index): readonly InstanceVerdict[] => {
    const outcome = whole[outcomeOf[index] ?? -1];
    return outcome === undefined ? [] : [{ id, ...outcome }];
  });
  return { ...rest, instances, facts: fleet.facts, attributes: fleet.attributes };
}

/** The fleet of a packed preview: its own, or the known one that it names; `undefined` where that is another. */
export function fleetOf(
  { fleet }: PackedPreview,
  known: UnpackedFleet | undefined,
): UnpackedFleet | undefined {
  if ("instances" in fleet) return unpackFleet(fleet);
  return known?.id === fleet.id ? known : undefined;
}
