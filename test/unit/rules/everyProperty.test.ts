// Every property that CloudFormation documents of the resources of ECS, written as it documents them: none of them has
// another name, place or form.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const template = `Resources:
  S:
    Type: AWS::ECS::Service
    Properties:
      AvailabilityZoneRebalancing: ENABLED
      Cluster: !Ref C
      DesiredCount: 2
      EnableECSManagedTags: true
      EnableExecuteCommand: true
      HealthCheckGracePeriodSeconds: 30
      PropagateTags: SERVICE
      PlatformVersion: LATEST
      SchedulingStrategy: REPLICA
      ServiceName: web
      TaskDefinition: !Ref T
      CapacityProviderStrategy: [{ Base: 1, CapacityProvider: FARGATE, Weight: 1 }]
      ForceNewDeployment: { EnableForceNewDeployment: true, ForceNewDeploymentNonce: "1" }
      DeploymentController: { Type: ECS }
      DeploymentConfiguration:
        Alarms: { AlarmNames: [a], Enable: true, Rollback: true }
        BakeTimeInMinutes: 5
        DeploymentCircuitBreaker: { Enable: true, Rollback: true }
        LifecycleHooks: [{ HookDetails: '{"a": "b"}', HookTargetArn: !GetAtt F.Arn, LifecycleStages: [POST_SCALE_UP], RoleArn: !GetAtt R.Arn }]
        LinearConfiguration: { StepBakeTimeInMinutes: 1, StepPercent: 10 }
        MaximumPercent: 200
        MinimumHealthyPercent: 100
        Strategy: LINEAR
      LoadBalancers:
        - ContainerName: web
          ContainerPort: 80
          TargetGroupArn: !Ref G
          AdvancedConfiguration: { AlternateTargetGroupArn: !Ref G2, ProductionListenerRule: !Ref L, RoleArn: !GetAtt R.Arn, TestListenerRule: !Ref L2 }
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: DISABLED, SecurityGroups: [!Ref Sg], Subnets: [!Ref Sn] } }
      ServiceConnectConfiguration:
        Enabled: true
        Namespace: x
        AccessLogConfiguration: { Format: JSON, IncludeQueryParameters: ENABLED }
        LogConfiguration: { LogDriver: awslogs, Options: { awslogs-group: a, awslogs-region: eu-west-1, awslogs-stream-prefix: b }, SecretOptions: [{ Name: a, ValueFrom: /p }] }
        Services:
          - DiscoveryName: web
            IngressPortOverride: 8080
            PortName: http
            ClientAliases: [{ DnsName: web, Port: 80, TestTrafficRules: { Header: { Name: x, Value: { Exact: "1" } } } }]
            Timeout: { IdleTimeoutSeconds: 60, PerRequestTimeoutSeconds: 10 }
            Tls: { KmsKey: !GetAtt K.Arn, RoleArn: !GetAtt R.Arn, IssuerCertificateAuthority: { AwsPcaAuthorityArn: !Ref Ca } }
      ServiceRegistries: [{ Port: 80, RegistryArn: !GetAtt Sd.Arn }]
      VolumeConfigurations:
        - Name: data
          ManagedEBSVolume: { Encrypted: true, FilesystemType: xfs, Iops: 3000, KmsKeyId: !Ref K, RoleArn: !GetAtt R.Arn, SizeInGiB: 20, SnapshotId: snap-0123456789abcdef0, Throughput: 125, VolumeType: gp3, VolumeInitializationRate: 100, TagSpecifications: [{ PropagateTags: SERVICE, ResourceType: volume, Tags: [{ Key: a, Value: b }] }] }
      VpcLatticeConfigurations: [{ PortName: http, RoleArn: !GetAtt R.Arn, TargetGroupArn: !Ref Lg }]
      Tags: [{ Key: a, Value: b }]
  T:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      Cpu: "1024"
      Memory: "2048"
      EnableFaultInjection: false
      EphemeralStorage: { SizeInGiB: 30 }
      ExecutionRoleArn: !GetAtt R.Arn
      TaskRoleArn: !GetAtt R.Arn
      NetworkMode: awsvpc
      PidMode: task
      RequiresCompatibilities: [FARGATE]
      RuntimePlatform: { CpuArchitecture: ARM64, OperatingSystemFamily: LINUX }
      Tags: [{ Key: a, Value: b }]
      Volumes:
        - { Name: data, ConfiguredAtLaunch: true }
        - Name: efs
          EFSVolumeConfiguration: { FilesystemId: !Ref Fs, RootDirectory: /, TransitEncryption: ENABLED, TransitEncryptionPort: 2999, AuthorizationConfig: { AccessPointId: !Ref Ap, IAM: ENABLED } }
      ContainerDefinitions:
        - Name: web
          Image: nginx:1
          Cpu: 10
          Memory: 128
          MemoryReservation: 64
          Command: [a]
          EntryPoint: [b]
          DependsOn: [{ Condition: START, ContainerName: side }]
          DisableNetworking: false
          DockerLabels: { a: b }
          Environment: [{ Name: A, Value: b }]
          EnvironmentFiles: [{ Type: s3, Value: "arn:aws:s3:::b/k.env" }]
          Essential: true
          HealthCheck: { Command: [CMD, x], Interval: 30, Retries: 3, StartPeriod: 10, Timeout: 5 }
          Interactive: false
          LinuxParameters: { Capabilities: { Add: [SYS_PTRACE], Drop: [MKNOD] }, InitProcessEnabled: true, Tmpfs: [{ ContainerPath: /t, MountOptions: [ro], Size: 10 }] }
          LogConfiguration: { LogDriver: awslogs, Options: { awslogs-group: a, awslogs-region: eu-west-1, awslogs-stream-prefix: b } }
          MountPoints: [{ ContainerPath: /d, ReadOnly: false, SourceVolume: data }, { ContainerPath: /e, SourceVolume: efs }]
          PortMappings: [{ AppProtocol: http, ContainerPort: 80, HostPort: 80, Name: http, Protocol: tcp }]
          Privileged: false
          PseudoTerminal: false
          ReadonlyRootFilesystem: true
          RepositoryCredentials: { CredentialsParameter: !Ref Sec }
          RestartPolicy: { Enabled: true, IgnoredExitCodes: [0], RestartAttemptPeriod: 60 }
          Secrets: [{ Name: S, ValueFrom: !Ref Sec }]
          StartTimeout: 30
          StopTimeout: 30
          SystemControls: [{ Namespace: net.core.somaxconn, Value: "1024" }]
          Ulimits: [{ HardLimit: 2, Name: nofile, SoftLimit: 1 }]
          User: nobody
          VersionConsistency: enabled
          VolumesFrom: [{ ReadOnly: true, SourceContainer: side }]
          WorkingDirectory: /
        - { Name: side, Image: x, Essential: false }
  A:
    Type: AWS::ECS::TaskDefinition
    Properties:
      IpcMode: task
      NetworkMode: awsvpc
      PlacementConstraints: [{ Expression: "attribute:a exists", Type: memberOf }]
      ProxyConfiguration: { ContainerName: envoy, Type: APPMESH, ProxyConfigurationProperties: [{ Name: AppPorts, Value: "80" }, { Name: EgressIgnoredIPs, Value: "169.254.170.2" }, { Name: IgnoredUID, Value: "1337" }, { Name: ProxyEgressPort, Value: "15001" }, { Name: ProxyIngressPort, Value: "15000" }] }
      Volumes:
        - { Name: d, DockerVolumeConfiguration: { Autoprovision: true, Driver: local, DriverOpts: { type: nfs }, Labels: { a: b }, Scope: shared } }
        - { Name: h, Host: { SourcePath: /x } }
      ContainerDefinitions:
        - Name: envoy
          Image: e
          Memory: 10
          User: "1337"
          LinuxParameters: { Devices: [{ ContainerPath: /a, HostPath: /a, Permissions: [read] }], MaxSwap: 1, SharedMemorySize: 1, Swappiness: 1 }
          ResourceRequirements: [{ Type: GPU, Value: "1" }]
          DnsSearchDomains: [a.b]
          DockerSecurityOptions: [no-new-privileges]
          MountPoints: [{ ContainerPath: /d, SourceVolume: d }, { ContainerPath: /h, SourceVolume: h }]
  W:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RuntimePlatform: { OperatingSystemFamily: WINDOWS_SERVER_2022_CORE }
      ExecutionRoleArn: !Ref R
      Volumes: [{ Name: f, FSxWindowsFileServerVolumeConfiguration: { FileSystemId: !Ref F, RootDirectory: a, AuthorizationConfig: { CredentialsParameter: !Ref Sec, Domain: a.b } } }]
      ContainerDefinitions: [{ Name: a, Image: x, Memory: 10, CredentialSpecs: ["credentialspec:arn:aws:s3:::b/k.json"], MountPoints: [{ ContainerPath: 'C:\\f', SourceVolume: f }] }]
  E:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: x
      DesiredCount: 1
      LaunchType: EC2
      Role: r
      LoadBalancers: [{ LoadBalancerName: a, ContainerName: b, ContainerPort: 80 }]
      PlacementConstraints: [{ Type: distinctInstance }]
      PlacementStrategies: [{ Type: binpack, Field: cpu }]
  CP:
    Type: AWS::ECS::CapacityProvider
    Properties:
      Name: mi
      ClusterName: c
      ManagedInstancesProvider:
        InfrastructureRoleArn: !GetAtt R.Arn
        PropagateTags: CAPACITY_PROVIDER
        InfrastructureOptimization: { ScaleInAfter: 300 }
        InstanceLaunchTemplate:
          Ec2InstanceProfileArn: !GetAtt P.Arn
          Monitoring: BASIC
          CapacityOptionType: ON_DEMAND
          NetworkConfiguration: { SecurityGroups: [!Ref Sg], Subnets: [!Ref Sn] }
          StorageConfiguration: { StorageSizeGiB: 100 }
          InstanceRequirements: { AcceleratorTotalMemoryMiB: { Min: 1 }, BaselineEbsBandwidthMbps: { Min: 1 }, CpuManufacturers: [intel], MemoryGiBPerVCpu: { Min: 1 }, MemoryMiB: { Min: 1024 }, NetworkBandwidthGbps: { Min: 1 }, TotalLocalStorageGB: { Min: 1 }, VCpuCount: { Min: 2, Max: 8 } }
  D:
    Type: AWS::ECS::Daemon
    Properties: { DaemonName: d, ClusterArn: !GetAtt C.Arn, DaemonTaskDefinitionArn: !Ref X, CapacityProviderArns: [!Ref Z], EnableECSManagedTags: true, EnableExecuteCommand: false, PropagateTags: DAEMON, DeploymentConfiguration: { DrainPercent: 25, BakeTimeInMinutes: 5, Alarms: { AlarmNames: [a], Enable: true } } }
`;

test("a template with every property has no diagnostic", () => {
  const resources = openResources("stack.yaml", template);
  assert.equal(resources.length, 7);
  const found = resources.flatMap((resource) =>
    validateDocument(resource)
      .filter((it) => it.severity === "error" || it.severity === "warning")
      .map(({ code, message }) => `${resource.hosted?.id} ${code}: ${message}`),
  );
  assert.deepEqual(found, []);
});
