// Servers, written with aws-cdk-lib: the peer of infra-lib's `compute` example.
//
// usage: node compute.mjs OUTDIR
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.INFRA_NODE_MODULES, "package.json"));
const { App, Duration, RemovalPolicy, Size, Stack, Tags } = require("aws-cdk-lib");
const autoscaling = require("aws-cdk-lib/aws-autoscaling");
const { QueueHook } = require("aws-cdk-lib/aws-autoscaling-hooktargets");
const { Metric } = require("aws-cdk-lib/aws-cloudwatch");
const { Construct } = require("constructs");
const ec2 = require("aws-cdk-lib/aws-ec2");
const { ArnPrincipal, ManagedPolicy, Role, ServicePrincipal } = require("aws-cdk-lib/aws-iam");
const { Key } = require("aws-cdk-lib/aws-kms");
const { Bucket } = require("aws-cdk-lib/aws-s3");
const { Queue, QueueEncryption } = require("aws-cdk-lib/aws-sqs");

const app = new App({ outdir: process.argv[2], context: { "@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig": true } });
const stack = new Stack(app, "Compute");
const vpc = ec2.Vpc.fromVpcAttributes(stack, "Vpc", {
  vpcId: "vpc-0123456789abcdef0",
  availabilityZones: ["eu-west-1a", "eu-west-1b"],
  publicSubnetIds: ["subnet-0123456789abcde11", "subnet-0123456789abcde12"],
  privateSubnetIds: ["subnet-0123456789abcde21", "subnet-0123456789abcde22"],
});
const machineImage = ec2.MachineImage.genericLinux({}, {});
machineImage.getImage = () => ({ imageId: "ami-0123456789abcdef0", osType: ec2.OperatingSystemType.LINUX, userData: ec2.UserData.forLinux() });
const blockDevices = [{ deviceName: "/dev/xvda", volume: { ebsDevice: { deleteOnTermination: true, encrypted: true, volumeType: ec2.EbsDeviceVolumeType.GP3 } } }];
// The CDK names servers by their paths.
Tags.of(app).remove("Name", { priority: 300 });
const small = new ec2.InstanceType("t4g.small");

function userData() {
  const data = ec2.UserData.forLinux({ shebang: "#!/bin/bash -e" });
  data.addCommands("dnf install -y nginx", "");
  return data;
}

/** What infra-lib does by default: outbound HTTPS only, and Session Manager. */
function secure(construct) {
  construct.connections.allowToAnyIpv4(ec2.Port.HTTPS, "HTTPS, for the APIs of AWS and packages");
  construct.role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore"));
}

const keyPair = new ec2.KeyPair(stack, "Key", { keyPairName: "office", type: ec2.KeyPairType.RSA, format: ec2.KeyPairFormat.PEM });
const server = new ec2.Instance(stack, "Server", {
  vpc,
  instanceType: small,
  machineImage,
  vpcSubnets: { subnets: [vpc.publicSubnets[0]] },
  keyPair,
  placementGroup: new ec2.PlacementGroup(stack, "Partitions", { strategy: ec2.PlacementGroupStrategy.PARTITION, partitions: 3 }),
  allowAllOutbound: false,
  blockDevices,
  userData: userData(),
  propagateTagsToVolumeOnCreation: true,
  detailedMonitoring: false,
  disableApiTermination: false,
});
// `requireImdsv2` creates a launch template for this property.
server.instance.addPropertyOverride("MetadataOptions", { HttpEndpoint: "enabled", HttpTokens: "required" });
secure(server);
const scope = new Construct(stack, "Address");
const address = new ec2.CfnEIP(scope, "Resource", { domain: "vpc" });
new ec2.CfnEIPAssociation(scope, "Association", { allocationId: address.attrAllocationId, instanceId: server.instanceId });
const router = new ec2.SecurityGroup(stack, "Router", { vpc, allowAllOutbound: false });
const within = new Construct(stack, "Interface");
const networkInterface = new ec2.CfnNetworkInterface(within, "Resource", { subnetId: vpc.privateSubnets[0].subnetId, groupSet: [router.securityGroupId], sourceDestCheck: false });
new ec2.CfnNetworkInterfaceAttachment(within, "Attachment", { deviceIndex: "1", instanceId: server.instanceId, networkInterfaceId: networkInterface.attrId, deleteOnTermination: false });
const operator = new Role(stack, "Operator", { assumedBy: new ServicePrincipal("ec2.amazonaws.com") });
const data = new ec2.Volume(stack, "Data", {
  availabilityZone: "eu-west-1a",
  size: Size.gibibytes(500),
  volumeType: ec2.EbsDeviceVolumeType.GP3,
  iops: 6000,
  throughput: 250,
  encrypted: true,
  encryptionKey: new Key(stack, "DiskKey", { enableKeyRotation: true }),
  removalPolicy: RemovalPolicy.SNAPSHOT,
});
data.grantAttachVolume(operator, [server]);
data.grantDetachVolume(operator);
const attachment = new Construct(stack, "Attachment");
new ec2.CfnVolumeAttachment(attachment, "Resource", { volumeId: data.volumeId, instanceId: server.instanceId, device: "/dev/sdf" });

const workers = new autoscaling.AutoScalingGroup(stack, "Workers", {
  vpc,
  instanceType: new ec2.InstanceType("m7g.large"),
  machineImage,
  allowAllOutbound: false,
  requireImdsv2: true,
  blockDevices,
  userData: userData(),
  instanceMonitoring: autoscaling.Monitoring.BASIC,
  vpcSubnets: { subnets: vpc.privateSubnets },
  minCapacity: 2,
  maxCapacity: 6,
  healthChecks: autoscaling.HealthChecks.withAdditionalChecks({ additionalTypes: [autoscaling.AdditionalHealthCheckType.EBS], gracePeriod: Duration.minutes(2) }),
  terminationPolicies: [autoscaling.TerminationPolicy.OLDEST_INSTANCE],
  maxInstanceLifetime: Duration.days(14),
  defaultInstanceWarmup: Duration.minutes(2),
  groupMetrics: [autoscaling.GroupMetrics.all()],
  signals: autoscaling.Signals.waitForCount(2, { timeout: Duration.minutes(10) }),
  updatePolicy: autoscaling.UpdatePolicy.rollingUpdate({ maxBatchSize: 1, minInstancesInService: 2 }),
});
secure(workers);
workers.scaleOnCpuUtilization("Cpu", { targetUtilizationPercent: 60 });
workers.scaleOnMetric("Backlog", {
  metric: new Metric({ namespace: "Shop", metricName: "Backlog", dimensionsMap: { Queue: "jobs" } }),
  scalingSteps: [{ upper: 10, change: -1 }, { lower: 100, change: 1 }, { lower: 1000, change: 5 }],
});
workers.scaleOnSchedule("Morning", { schedule: autoscaling.Schedule.expression("0 7 * * MON-FRI"), timeZone: "Europe/Berlin", minCapacity: 4 });
const queue = new Queue(stack, "Drained", { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, receiveMessageWaitTime: Duration.seconds(20) });
workers.addLifecycleHook("Drain", { lifecycleTransition: autoscaling.LifecycleTransition.INSTANCE_TERMINATING, defaultResult: autoscaling.DefaultResult.ABANDON, notificationTarget: new QueueHook(queue) });
workers.addWarmPool({ minSize: 1, poolState: autoscaling.PoolState.STOPPED });

const group = new ec2.SecurityGroup(stack, "Group", { vpc, allowAllOutbound: false });
const role = new Role(stack, "Role", { assumedBy: new ServicePrincipal("ec2.amazonaws.com") });
role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore"));
const placementGroup = new ec2.PlacementGroup(stack, "Spread", { strategy: ec2.PlacementGroupStrategy.SPREAD, spreadLevel: ec2.PlacementGroupSpreadLevel.RACK });
new ec2.LaunchTemplate(stack, "Template", { placementGroup, keyPair: ec2.KeyPair.fromKeyPairName(stack, "Existing", "office"), instanceType: small, machineImage, securityGroup: group, role, blockDevices, requireImdsv2: true, httpEndpoint: true, detailedMonitoring: false });

const acl = new ec2.NetworkAcl(stack, "Acl", { vpc, subnetSelection: { subnets: vpc.privateSubnets } });
Tags.of(acl).add("Name", "Compute/Acl", { priority: 400 });
const entry = (id, ruleNumber, direction, traffic, ruleAction = ec2.Action.ALLOW) =>
  acl.addEntry(id, { cidr: ec2.AclCidr.anyIpv4(), ruleNumber, direction, traffic, ruleAction });
entry("Https", 100, ec2.TrafficDirection.INGRESS, ec2.AclTraffic.tcpPort(443));
entry("Replies", 100, ec2.TrafficDirection.EGRESS, ec2.AclTraffic.tcpPortRange(1024, 65535));
entry("Ping", 200, ec2.TrafficDirection.INGRESS, ec2.AclTraffic.icmp({ type: -1, code: -1 }), ec2.Action.DENY);
new ec2.VpcEndpointService(stack, "Billing", {
  vpcEndpointServiceLoadBalancers: [{ loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/billing/0123456789abcdef" }],
  acceptanceRequired: false,
  allowedPrincipals: [new ArnPrincipal("arn:aws:iam::444455556666:root")],
});
vpc.addFlowLog("ToBucket", {
  trafficType: ec2.FlowLogTrafficType.REJECT,
  destination: ec2.FlowLogDestination.toS3(Bucket.fromBucketName(stack, "FlowLogs", "flow-logs-111122223333"), undefined, { fileFormat: ec2.FlowLogFileFormat.PARQUET }),
});

app.synth();
