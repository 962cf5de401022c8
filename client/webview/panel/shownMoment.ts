// A simulated step as list and map show it in place of what is. No DOM here.

import type { PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import type { ShownMoment } from "../fleetMap/overview";
import type { Row } from "../model/instanceRecords";
import type { ViewOptions } from "../model/visibleRows";

/** In a moment nothing is compared, and no stage of the funnel refuses anything. */
export function viewOfMoment(view: ViewOptions): ViewOptions {
  return { ...view, stage: undefined, onlyChanged: false, onlyMatching: false };
}

/** The moment with the names and ages that are known of its instances. */
export function withKnownFacts(moment: ShownMoment, result: PreviewResult | undefined): ShownMoment {
  const { facts = {} } = result ?? {};
  return { ...moment, rows: moment.rows.map((it) => withFactsOf(it, facts)) };
}

function withFactsOf(row: Row, facts: PreviewResult["facts"]): Row {
  const known = Object.hasOwn(facts, row.id) ? facts[row.id] : undefined;
  if (known === undefined || row.facts === undefined) return row;
  const { ec2InstanceId, registeredAt } = known;
  return {
    ...row,
    facts: {
      ...row.facts,
      ...(ec2InstanceId !== undefined && { ec2InstanceId }),
      ...(registeredAt !== undefined && { registeredAt }),
    },
  };
}
