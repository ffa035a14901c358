// File systems and databases, written with aws-cdk-lib: the peer of infra-lib's `data` example.
//
// usage: node data.mjs OUTDIR
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.INFRA_NODE_MODULES, "package.json"));
const { App, RemovalPolicy, Stack } = require("aws-cdk-lib");
const ec2 = require("aws-cdk-lib/aws-ec2");
const efs = require("aws-cdk-lib/aws-efs");
const { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } = require("aws-cdk-lib/aws-iam");
const rds = require("aws-cdk-lib/aws-rds");

const app = new App({ outdir: process.argv[2] });
const stack = new Stack(app, "Data");
const vpc = ec2.Vpc.fromVpcAttributes(stack, "Vpc", {
  vpcId: "vpc-0123456789abcdef0",
  availabilityZones: ["eu-west-1a", "eu-west-1b"],
  isolatedSubnetIds: ["subnet-0123456789abcde31", "subnet-0123456789abcde32"],
});
const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };

/** What infra-lib does by default: a security group without rules. */
function withoutRules(construct, id, description) {
  const group = construct.node.findChild(id).node.defaultChild;
  group.addPropertyOverride("GroupDescription", description);
  group.addPropertyOverride("SecurityGroupEgress", [
    { CidrIp: "255.255.255.255/32", Description: "Disallow all traffic", FromPort: 252, IpProtocol: "icmp", ToPort: 86 },
  ]);
}

const tls = new PolicyStatement({ effect: Effect.DENY, principals: [new AnyPrincipal()], actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite", "elasticfilesystem:ClientRootAccess"], conditions: { Bool: { "aws:SecureTransport": "false" } } });
const files = new efs.FileSystem(stack, "Files", {
  vpc,
  vpcSubnets,
  encrypted: true,
  enableAutomaticBackups: true,
  throughputMode: efs.ThroughputMode.ELASTIC,
  lifecyclePolicy: efs.LifecyclePolicy.AFTER_30_DAYS,
  transitionToArchivePolicy: efs.LifecyclePolicy.AFTER_90_DAYS,
  outOfInfrequentAccessPolicy: efs.OutOfInfrequentAccessPolicy.AFTER_1_ACCESS,
  allowAnonymousAccess: true,
  fileSystemPolicy: new PolicyDocument({ statements: [tls] }),
  removalPolicy: RemovalPolicy.RETAIN,
});
withoutRules(files, "EfsSecurityGroup", "file system Data/Files");
files.addAccessPoint("Uploads", {
  path: "/uploads",
  posixUser: { uid: "1000", gid: "1000" },
  createAcl: { ownerUid: "1000", ownerGid: "1000", permissions: "750" },
});

new rds.OptionGroup(stack, "Options", {
  engine: rds.DatabaseInstanceEngine.mariaDb({ version: rds.MariaDbEngineVersion.of("10.11.10", "10.11") }),
  configurations: [{ name: "MARIADB_AUDIT_PLUGIN", settings: { SERVER_AUDIT_EVENTS: "CONNECT" } }],
});
const source = rds.DatabaseInstance.fromDatabaseInstanceAttributes(stack, "Source", {
  instanceIdentifier: "notes",
  instanceEndpointAddress: "notes.example.com",
  port: 5432,
  securityGroups: [],
});
const reports = new rds.DatabaseInstanceReadReplica(stack, "Reports", {
  sourceDatabaseInstance: source,
  vpc,
  vpcSubnets,
  instanceType: new ec2.InstanceType("t4g.micro"),
  instanceIdentifier: "reports",
  port: 5432,
  multiAz: false,
  publiclyAccessible: false,
  caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,
  preferredMaintenanceWindow: "sun:02:30-sun:03:30",
  copyTagsToSnapshot: true,
  deletionProtection: true,
  autoMinorVersionUpgrade: true,
  iamAuthentication: false,
  enablePerformanceInsights: false,
  removalPolicy: RemovalPolicy.DESTROY,
});
withoutRules(reports, "SecurityGroup", "database Data/Reports");

app.synth();
