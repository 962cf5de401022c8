// The requests about an account, as `requests.ts` has them for everything else.

import {
  type AttributeChangeParams,
  type AttributeEffectsAnswer,
  type AttributeEffectsParams,
  type AwsCliAnswer,
  type AwsCliParams,
  attributeEffectsMethod,
  awsCliMethod,
  type CaptureAnswer,
  type CaptureParams,
  type CompareAnswer,
  type CompareParams,
  captureMethod,
  compareMethod,
  type DeleteAttributesAnswer,
  type DeletePlanAnswer,
  type DeletePlanParams,
  deleteAttributesMethod,
  deletePlanMethod,
  type ListClustersAnswer,
  type ListClustersParams,
  listClustersMethod,
  type PlanAnswer,
  type PlanParams,
  planMethod,
  type UndoAnswer,
  type UndoParams,
  undoMethod,
} from "../../server/src/lsp/protocol";

export interface AccountRequests {
  readonly plan: { readonly params: PlanParams; readonly answer: PlanAnswer };
  readonly undo: { readonly params: UndoParams; readonly answer: UndoAnswer };
  readonly deletePlan: { readonly params: DeletePlanParams; readonly answer: DeletePlanAnswer };
  readonly attributeEffects: {
    readonly params: AttributeEffectsParams;
    readonly answer: AttributeEffectsAnswer;
  };
  readonly deleteAttributes: {
    readonly params: AttributeChangeParams;
    readonly answer: DeleteAttributesAnswer;
  };
  readonly capture: { readonly params: CaptureParams; readonly answer: CaptureAnswer };
  readonly compare: { readonly params: CompareParams; readonly answer: CompareAnswer };
  readonly awsCli: { readonly params: AwsCliParams; readonly answer: AwsCliAnswer };
  readonly listClusters: { readonly params: ListClustersParams; readonly answer: ListClustersAnswer };
}

export const accountMethods: Readonly<Record<keyof AccountRequests, string>> = {
  plan: planMethod,
  undo: undoMethod,
  deletePlan: deletePlanMethod,
  attributeEffects: attributeEffectsMethod,
  deleteAttributes: deleteAttributesMethod,
  capture: captureMethod,
  compare: compareMethod,
  awsCli: awsCliMethod,
  listClusters: listClustersMethod,
};
