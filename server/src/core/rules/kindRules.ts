// How a document of each kind is checked: by rules over the input of its operation, or by a check of its own. A kind that is
// not named here is checked as an input of its operation is checked everywhere.

import type { DocumentKind } from "../resources/kinds/kindSigns";
import { placementExpressions } from "../resources/placementExpressions";
import type { Resource } from "../resources/resource";
import type { Code } from "./catalogue";
import { checkFleetFile, fleetFileCodes } from "./clusterFiles/fleetFile";
import { checkSnapshotFile, snapshotFileCodes } from "./clusterFiles/snapshotFile";
import { checkExpression } from "./expressions";
import { capacityProvider } from "./managed/capacityProviderRule";
import { daemonDefinitionRules, daemonRules } from "./managed/managedRules";
import { pasted } from "./pasted/pasted";
import type { Report, Rule } from "./rule";
import { rules } from "./rules";
import { shape } from "./shape/shape";
import { tags } from "./taskDefinition/tags";
import type { ValidationContext } from "./validationContext";

/** The check of a document that is not the input of an operation. */
export interface OwnCheck {
  readonly codes: readonly Code[];
  check(document: Resource, workspace: ValidationContext, report: Report): void;
}

const ownChecks: Readonly<Partial<Record<DocumentKind, OwnCheck>>> = {
  query: {
    codes: ["expression-empty"],
    check: (document, workspace, report) => {
      for (const it of placementExpressions(document)) checkExpression(it, workspace, report);
    },
  },
  fleet: {
    codes: fleetFileCodes,
    check: (document, _, report) => checkFleetFile(document.source.root, report),
  },
  clusterSnapshot: {
    codes: snapshotFileCodes,
    check: (document, _, report) => checkSnapshotFile(document, report),
  },
};

const rulesByKind: Readonly<Partial<Record<DocumentKind, readonly Rule[]>>> = {
  taskDefinition: rules,
  service: rules,
  daemonTaskDefinition: daemonDefinitionRules,
  daemon: daemonRules,
  capacityProvider: [pasted, shape, tags, capacityProvider],
};

const rulesOfEveryInput: readonly Rule[] = [pasted, shape, tags];

/** The check of a kind whose documents are not the input of an operation. */
export function ownCheckOf(kind: DocumentKind): OwnCheck | undefined {
  return ownChecks[kind];
}

/** The rules of a kind, in the order in which they run. */
export function rulesOf(kind: DocumentKind): readonly Rule[] {
  return rulesByKind[kind] ?? (ownChecks[kind] === undefined ? rulesOfEveryInput : []);
}
