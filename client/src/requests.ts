// The custom requests with what goes in and what comes out, so that a call cannot mix them up.

import {
  type AddLocalInstancesAnswer,
  type AddLocalInstancesParams,
  addLocalInstancesMethod,
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
  type PreviewAnswer,
  type PreviewParams,
  type PutAttributesAnswer,
  type PutAttributesParams,
  previewMethod,
  putAttributesMethod,
  type StartLocalAnswer,
  type StartLocalParams,
  startLocalMethod,
  stopLocalMethod,
  type TargetAnswer,
} from "../../server/src/lsp/protocol";

export interface Requests {
  readonly preview: { readonly params: PreviewParams; readonly answer: PreviewAnswer };
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
}
export type RequestName = keyof Requests;

/** The method that each request has on the wire. */
export const methods: Readonly<Record<RequestName, string>> = {
  preview: previewMethod,
  chooseCluster: chooseClusterMethod,
  listInstances: listInstancesMethod,
  deploy: deployMethod,
  describeTarget: describeTargetMethod,
  deleteService: deleteServiceMethod,
  putAttributes: putAttributesMethod,
  startLocal: startLocalMethod,
  stopLocal: stopLocalMethod,
  addLocalInstances: addLocalInstancesMethod,
};
