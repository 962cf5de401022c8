// Every operation that a client may call, by name: those that behave, and those that honestly do not.

import type { Operation } from "./operation";
import {
  deleteAccountSetting,
  listAccountSettings,
  putAccountSetting,
  putAccountSettingDefault,
} from "./operations/accountSettings";
import { deleteAttributes, listAttributes, putAttributes } from "./operations/attributes";
import { describeCapacityProviders } from "./operations/capacityProviders";
import {
  createCluster,
  deleteCluster,
  describeClusters,
  listClusters,
  putClusterCapacityProviders,
  updateCluster,
} from "./operations/clusters";
import {
  deregisterContainerInstance,
  describeContainerInstances,
  listContainerInstances,
  updateContainerInstancesState,
} from "./operations/containerInstances";
import { createService } from "./operations/createService";
import {
  deleteDaemonTaskDefinition,
  describeDaemonTaskDefinition,
  listDaemonTaskDefinitions,
  registerDaemonTaskDefinition,
} from "./operations/daemonDefinitions";
import { listTaskDefinitionFamilies, listTaskDefinitions } from "./operations/listTaskDefinitions";
import { addContainerInstances, advanceClock, setFault, updateContainerInstance } from "./operations/local";
import {
  createCapacityProvider,
  deleteCapacityProvider,
  updateCapacityProvider,
} from "./operations/managed/capacityProviders";
import {
  describeDaemonDeployments,
  describeDaemonRevisions,
  listDaemonDeployments,
} from "./operations/managed/daemonHistory";
import {
  createDaemon,
  deleteDaemon,
  describeDaemon,
  listDaemons,
  updateDaemon,
} from "./operations/managed/daemons";
import { listEvents } from "./operations/managed/listEvents";
import { registerContainerInstance } from "./operations/registerContainerInstance";
import { runTask, startTask } from "./operations/runTask";
import {
  describeServiceDeployments,
  describeServiceRevisions,
  listServiceDeployments,
} from "./operations/serviceHistory";
import {
  deleteService,
  describeServices,
  listServices,
  listServicesByNamespace,
} from "./operations/services";
import { stopServiceDeployment } from "./operations/stopServiceDeployment";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags";
import {
  deleteTaskDefinitions,
  deregisterTaskDefinition,
  describeTaskDefinition,
  registerTaskDefinition,
} from "./operations/taskDefinitions";
import { getTaskProtection, updateTaskProtection } from "./operations/taskProtection";
import { describeTasks, listTasks, stopTask } from "./operations/tasks";
import { updateService } from "./operations/updateService";

export const ecsTarget = "AmazonEC2ContainerServiceV20141113";
export const localTarget = "EcsDaemonLocal";

/** Operations of ECS that behave as ECS's do. */
export const ecsOperations: ReadonlyMap<string, Operation> = new Map([
  ["CreateCapacityProvider", createCapacityProvider],
  ["CreateCluster", createCluster],
  ["CreateDaemon", createDaemon],
  ["CreateService", createService],
  ["DeleteAccountSetting", deleteAccountSetting],
  ["DeleteAttributes", deleteAttributes],
  ["DeleteCapacityProvider", deleteCapacityProvider],
  ["DeleteCluster", deleteCluster],
  ["DeleteDaemon", deleteDaemon],
  ["DeleteDaemonTaskDefinition", deleteDaemonTaskDefinition],
  ["DeleteService", deleteService],
  ["DeleteTaskDefinitions", deleteTaskDefinitions],
  ["DeregisterContainerInstance", deregisterContainerInstance],
  ["DeregisterTaskDefinition", deregisterTaskDefinition],
  ["DescribeCapacityProviders", describeCapacityProviders],
  ["DescribeClusters", describeClusters],
  ["DescribeContainerInstances", describeContainerInstances],
  ["DescribeDaemon", describeDaemon],
  ["DescribeDaemonDeployments", describeDaemonDeployments],
  ["DescribeDaemonRevisions", describeDaemonRevisions],
  ["DescribeDaemonTaskDefinition", describeDaemonTaskDefinition],
  ["DescribeServiceDeployments", describeServiceDeployments],
  ["DescribeServiceRevisions", describeServiceRevisions],
  ["DescribeServices", describeServices],
  ["DescribeTaskDefinition", describeTaskDefinition],
  ["DescribeTasks", describeTasks],
  ["GetTaskProtection", getTaskProtection],
  ["ListAccountSettings", listAccountSettings],
  ["ListAttributes", listAttributes],
  ["ListClusters", listClusters],
  ["ListContainerInstances", listContainerInstances],
  ["ListDaemonDeployments", listDaemonDeployments],
  ["ListDaemonTaskDefinitions", listDaemonTaskDefinitions],
  ["ListDaemons", listDaemons],
  ["ListServiceDeployments", listServiceDeployments],
  ["ListServices", listServices],
  ["ListServicesByNamespace", listServicesByNamespace],
  ["ListTagsForResource", listTagsForResource],
  ["ListTaskDefinitionFamilies", listTaskDefinitionFamilies],
  ["ListTaskDefinitions", listTaskDefinitions],
  ["ListTasks", listTasks],
  ["PutAccountSetting", putAccountSetting],
  ["PutAccountSettingDefault", putAccountSettingDefault],
  ["PutAttributes", putAttributes],
  ["PutClusterCapacityProviders", putClusterCapacityProviders],
  ["RegisterContainerInstance", registerContainerInstance],
  ["RegisterDaemonTaskDefinition", registerDaemonTaskDefinition],
  ["RegisterTaskDefinition", registerTaskDefinition],
  ["RunTask", runTask],
  ["StartTask", startTask],
  ["StopServiceDeployment", stopServiceDeployment],
  ["StopTask", stopTask],
  ["TagResource", tagResource],
  ["UntagResource", untagResource],
  ["UpdateCapacityProvider", updateCapacityProvider],
  ["UpdateCluster", updateCluster],
  ["UpdateClusterSettings", updateCluster],
  ["UpdateContainerInstancesState", updateContainerInstancesState],
  ["UpdateDaemon", updateDaemon],
  ["UpdateService", updateService],
  ["UpdateTaskProtection", updateTaskProtection],
]);

/** Operations of ECS that the endpoint knows by name only. */
export const unsupportedOperations: ReadonlySet<string> = new Set([
  "AssociateGatewayWithCluster",
  "ContinueServiceDeployment",
  "CreateExpressGatewayService",
  "CreateGateway",
  "CreateTaskSet",
  "DeleteExpressGatewayService",
  "DeleteGateway",
  "DeleteTaskSet",
  "DescribeExpressGatewayService",
  "DescribeGateway",
  "DescribeGatewayResources",
  "DescribeGatewayRoute",
  "DescribeTaskSets",
  "DisassociateGatewayFromCluster",
  "DiscoverPollEndpoint",
  "ExecuteCommand",
  "ListGatewayClusterAssociations",
  "ListGatewayRoutes",
  "ListGateways",
  "SubmitAttachmentStateChanges",
  "SubmitContainerStateChange",
  "SubmitTaskStateChange",
  "UpdateContainerAgent",
  "UpdateExpressGatewayService",
  "UpdateGateway",
  "UpdateServicePrimaryTaskSet",
  "UpdateTaskSet",
]);

/** What is of no Region: there is one time. */
export const ofEveryRegion: ReadonlySet<Operation> = new Set([advanceClock]);

/** What only the local endpoint has. */
export const localOperations: ReadonlyMap<string, Operation> = new Map([
  ["AddContainerInstances", addContainerInstances],
  ["AdvanceClock", advanceClock],
  ["ListEvents", listEvents],
  ["SetFault", setFault],
  ["UpdateContainerInstance", updateContainerInstance],
]);
