// Every request of ours: its name on the wire, what goes in, and what comes out. Client and server both read it here, so
// that neither can mix them up.

import type {
  AttributeChangeParams,
  AttributeEffectsAnswer,
  AttributeEffectsParams,
  AwsCliAnswer,
  AwsCliParams,
  CaptureAnswer,
  CaptureParams,
  CompareAnswer,
  CompareParams,
  DeleteAttributesAnswer,
  DeletePlanAnswer,
  DeletePlanParams,
  ListClustersAnswer,
  ListClustersParams,
  PlanAnswer,
  PlanParams,
  UndoAnswer,
  UndoParams,
} from "./accountProtocol";
import type {
  ChooseClusterParams,
  ListInstancesAnswer,
  ListInstancesParams,
  ListServicesAnswer,
  ListServicesParams,
  PutAttributesAnswer,
  PutAttributesParams,
} from "./clusterProtocol";
import type { ClusterStates } from "./clusterStateProtocol";
import type {
  ClusterCoverageAnswer,
  ClusterCoverageParams,
  CoverageMapAnswer,
  CoverageOverview,
  MakeRoomAnswer,
  MakeRoomParams,
  RoomPlanAnswer,
  RoomPlanParams,
  WatchCoverageParams,
} from "./coverageProtocol";
import type {
  DeleteServiceAnswer,
  DeleteServiceParams,
  DeployAnswer,
  DeployParams,
  DescribeTargetParams,
  TargetAnswer,
} from "./deployProtocol";
import type { DocumentationAnswer } from "./documentationProtocol";
import type {
  AddConstraintAnswer,
  AddConstraintParams,
  ExpressionAnswer,
  ExpressionParams,
} from "./expressionProtocol";
import type {
  BaselineAnswer,
  BaselineParams,
  ExplainAnswer,
  ExplainParams,
  LocateClauseAnswer,
  LocateClauseParams,
  MatchClauseAnswer,
  MatchClauseParams,
} from "./inspectProtocol";
import type {
  AddLocalInstancesAnswer,
  AddLocalInstancesParams,
  ApplyLocalAnswer,
  ApplyLocalParams,
  StartLocalAnswer,
  StartLocalParams,
  StopLocalAnswer,
} from "./localProtocol";
import type {
  ConvertAnswer,
  ConvertParams,
  ManagedDeleteAnswer,
  ManagedDeleteParams,
  ManagedDeletePlanAnswer,
  ManagedDeployAnswer,
  ManagedDeployParams,
  ManagedPlanAnswer,
  ManagedPlanParams,
  ManagedPreviewAnswer,
  ManagedPreviewParams,
  ManagedVerifyAnswer,
  ManagedVerifyParams,
  NamedManagedParams,
} from "./managedProtocol";
import type {
  DocumentKindAnswer,
  DocumentKindParams,
  ListDocumentsAnswer,
  ListDocumentsParams,
  PairingAnswer,
  PairingParams,
  ResourceInputAnswer,
  ResourceInputParams,
  SetPairsParams,
} from "./pairingProtocol";
import type {
  PackedPreviewAnswer,
  PackedPreviewParams,
  PreviewAnswer,
  PreviewParams,
} from "./previewProtocol";
import type {
  SaveClusterAnswer,
  SaveClusterParams,
  TimelineAnswer,
  TimelineParams,
} from "./simulationProtocol";
import type { ToolAnswer, ToolParams } from "./toolProtocol";
import type { TruthTableAnswer, TruthTableParams } from "./truthTableProtocol";
import type { ClustersViewParams, ViewAnswer, ViewParams } from "./viewProtocol";

export interface CustomRequest<Params, Answer> {
  readonly method: string;
  /** Never there: what the method itself cannot say. */
  readonly types?: readonly [Params, Answer];
}

const request = <Params, Answer>(name: string): CustomRequest<Params, Answer> => ({
  method: `ecsDaemon/${name}`,
});

export const requests = {
  preview: request<PreviewParams, PreviewAnswer>("preview"),
  managedPreview: request<ManagedPreviewParams, ManagedPreviewAnswer>("managedPreview"),
  managedPlan: request<ManagedPlanParams, ManagedPlanAnswer>("managedPlan"),
  managedDeploy: request<ManagedDeployParams, ManagedDeployAnswer>("managedDeploy"),
  managedVerify: request<ManagedVerifyParams, ManagedVerifyAnswer>("managedVerify"),
  managedDeletePlan: request<NamedManagedParams, ManagedDeletePlanAnswer>("managedDeletePlan"),
  managedDelete: request<ManagedDeleteParams, ManagedDeleteAnswer>("managedDelete"),
  convert: request<ConvertParams, ConvertAnswer>("convert"),
  packedPreview: request<PackedPreviewParams, PackedPreviewAnswer>("packedPreview"),
  explain: request<ExplainParams, ExplainAnswer>("explain"),
  locateClause: request<LocateClauseParams, LocateClauseAnswer>("locateClause"),
  matchClause: request<MatchClauseParams, MatchClauseAnswer>("matchClause"),
  baseline: request<BaselineParams, BaselineAnswer>("baseline"),
  expression: request<ExpressionParams, ExpressionAnswer>("expression"),
  addConstraint: request<AddConstraintParams, AddConstraintAnswer>("addConstraint"),
  documentation: request<object, DocumentationAnswer>("documentation"),
  tool: request<ToolParams, ToolAnswer>("tool"),
  truthTable: request<TruthTableParams, TruthTableAnswer>("truthTable"),
  timeline: request<TimelineParams, TimelineAnswer>("timeline"),
  saveCluster: request<SaveClusterParams, SaveClusterAnswer>("saveCluster"),
  pairing: request<PairingParams, PairingAnswer>("pairing"),
  setPairs: request<SetPairsParams, null>("pairs"),
  listDocuments: request<ListDocumentsParams, ListDocumentsAnswer>("documents"),
  resourceInput: request<ResourceInputParams, ResourceInputAnswer>("resourceInput"),
  documentKind: request<DocumentKindParams, DocumentKindAnswer>("documentKind"),
  chooseCluster: request<ChooseClusterParams, null>("cluster"),
  retryCluster: request<object, ClusterStates>("cluster/retry"),
  listInstances: request<ListInstancesParams, ListInstancesAnswer>("instances"),
  listServices: request<ListServicesParams, ListServicesAnswer>("services"),
  listClusters: request<ListClustersParams, ListClustersAnswer>("clusters"),
  putAttributes: request<PutAttributesParams, PutAttributesAnswer>("putAttributes"),
  deleteAttributes: request<AttributeChangeParams, DeleteAttributesAnswer>("deleteAttributes"),
  attributeEffects: request<AttributeEffectsParams, AttributeEffectsAnswer>("attributeEffects"),
  capture: request<CaptureParams, CaptureAnswer>("capture"),
  compare: request<CompareParams, CompareAnswer>("compare"),
  describeTarget: request<DescribeTargetParams, TargetAnswer>("target"),
  plan: request<PlanParams, PlanAnswer>("plan"),
  deploy: request<DeployParams, DeployAnswer>("deploy"),
  undo: request<UndoParams, UndoAnswer>("undo"),
  deletePlan: request<DeletePlanParams, DeletePlanAnswer>("deletePlan"),
  deleteService: request<DeleteServiceParams, DeleteServiceAnswer>("deleteService"),
  awsCli: request<AwsCliParams, AwsCliAnswer>("awsCli"),
  startLocal: request<StartLocalParams, StartLocalAnswer>("local/start"),
  stopLocal: request<object, StopLocalAnswer>("local/stop"),
  addLocalInstances: request<AddLocalInstancesParams, AddLocalInstancesAnswer>("local/addInstances"),
  applyLocal: request<ApplyLocalParams, ApplyLocalAnswer>("local/apply"),
  clustersView: request<ClustersViewParams, ViewAnswer>("views/clusters"),
  workspaceView: request<ViewParams, ViewAnswer>("views/workspace"),
  coverageView: request<ViewParams, ViewAnswer>("views/coverage"),
  watchCoverage: request<WatchCoverageParams, null>("coverage/watch"),
  coverage: request<object, CoverageOverview>("coverage"),
  clusterCoverage: request<ClusterCoverageParams, ClusterCoverageAnswer>("coverage/cluster"),
  coverageMap: request<ClusterCoverageParams, CoverageMapAnswer>("coverage/map"),
  roomPlan: request<RoomPlanParams, RoomPlanAnswer>("roomPlan"),
  makeRoom: request<MakeRoomParams, MakeRoomAnswer>("makeRoom"),
};

export type RequestName = keyof typeof requests;
type Types<Name extends RequestName> =
  (typeof requests)[Name] extends CustomRequest<infer Params extends object, infer Answer>
    ? readonly [Params, Answer]
    : never;
export type ParamsOf<Name extends RequestName> = Types<Name>[0];
export type AnswerOf<Name extends RequestName> = Types<Name>[1];
