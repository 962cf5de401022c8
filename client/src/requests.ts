// The custom requests with what goes in and what comes out, so that a call cannot mix them up.

import {
  type AddLocalInstancesAnswer,
  type AddLocalInstancesParams,
  type ApplyLocalAnswer,
  type ApplyLocalParams,
  addLocalInstancesMethod,
  applyLocalMethod,
  type ChooseClusterParams,
  chooseClusterMethod,
  type DeleteServiceAnswer,
  type DeleteServiceParams,
  type DeployAnswer,
  type DeployParams,
  type DescribeTargetParams,
  deleteServiceMethod,
  deployMethod,
  describeTargetMethod,
  type ListInstancesAnswer,
  type ListInstancesParams,
  listInstancesMethod,
  type PackedPreviewAnswer,
  type PackedPreviewParams,
  type PreviewAnswer,
  type PreviewParams,
  type PutAttributesAnswer,
  type PutAttributesParams,
  packedPreviewMethod,
  previewMethod,
  putAttributesMethod,
  type SaveClusterAnswer,
  type SaveClusterParams,
  type StartLocalAnswer,
  type StartLocalParams,
  saveClusterMethod,
  startLocalMethod,
  stopLocalMethod,
  type TargetAnswer,
  type TimelineAnswer,
  type TimelineParams,
  type TruthTableAnswer,
  type TruthTableParams,
  timelineMethod,
  truthTableMethod,
} from "../../server/src/lsp/protocol";
import { type AccountRequests, accountMethods } from "./accountRequests";
import { type InspectRequests, inspectMethods } from "./inspectRequests";

export interface Requests extends AccountRequests, InspectRequests {
  readonly preview: { readonly params: PreviewParams; readonly answer: PreviewAnswer };
  readonly packedPreview: { readonly params: PackedPreviewParams; readonly answer: PackedPreviewAnswer };
  readonly chooseCluster: { readonly params: ChooseClusterParams; readonly answer: unknown };
  readonly listInstances: { readonly params: ListInstancesParams; readonly answer: ListInstancesAnswer };
  readonly deploy: { readonly params: DeployParams; readonly answer: DeployAnswer };
  readonly describeTarget: { readonly params: DescribeTargetParams; readonly answer: TargetAnswer };
  readonly deleteService: { readonly params: DeleteServiceParams; readonly answer: DeleteServiceAnswer };
  readonly putAttributes: { readonly params: PutAttributesParams; readonly answer: PutAttributesAnswer };
  readonly startLocal: { readonly params: StartLocalParams; readonly answer: StartLocalAnswer };
  readonly stopLocal: { readonly params: object; readonly answer: unknown };
  readonly addLocalInstances: {
    readonly params: AddLocalInstancesParams;
    readonly answer: AddLocalInstancesAnswer;
  };
  readonly applyLocal: { readonly params: ApplyLocalParams; readonly answer: ApplyLocalAnswer };
  readonly timeline: { readonly params: TimelineParams; readonly answer: TimelineAnswer };
  readonly truthTable: { readonly params: TruthTableParams; readonly answer: TruthTableAnswer };
  readonly saveCluster: { readonly params: SaveClusterParams; readonly answer: SaveClusterAnswer };
}
export type RequestName = keyof Requests;

/** The method that each request has on the wire. */
export const methods: Readonly<Record<RequestName, string>> = {
  ...accountMethods,
  ...inspectMethods,
  preview: previewMethod,
  packedPreview: packedPreviewMethod,
  chooseCluster: chooseClusterMethod,
  listInstances: listInstancesMethod,
  deploy: deployMethod,
  describeTarget: describeTargetMethod,
  deleteService: deleteServiceMethod,
  putAttributes: putAttributesMethod,
  startLocal: startLocalMethod,
  stopLocal: stopLocalMethod,
  addLocalInstances: addLocalInstancesMethod,
  applyLocal: applyLocalMethod,
  timeline: timelineMethod,
  truthTable: truthTableMethod,
  saveCluster: saveClusterMethod,
};
