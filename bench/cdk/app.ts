// The reference architecture as a careful user of aws-cdk-lib would write it, for comparison with ours.
//
// bench/run places it in an app as `cdk init` makes it. CDK_VALIDATION=false leaves out the built-in template validation.
import { App, CfnOutput, CfnParameter, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as origins from "aws-cdk-lib/aws-cloudfront-origins";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as ecr from "aws-cdk-lib/aws-ecr";
import * as ecs from "aws-cdk-lib/aws-ecs";
import { ApplicationLoadBalancedFargateService } from "aws-cdk-lib/aws-ecs-patterns";
import * as elbv2 from "aws-cdk-lib/aws-elasticloadbalancingv2";
import * as logs from "aws-cdk-lib/aws-logs";
import * as rds from "aws-cdk-lib/aws-rds";
import * as s3 from "aws-cdk-lib/aws-s3";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import * as sns from "aws-cdk-lib/aws-sns";

const app = new App({ outdir: process.argv[2] });
const stack = new Stack(app, "Notes");
const imageTag = new CfnParameter(stack, "ImageTag", { default: "latest" });

// Network
const vpc = new ec2.Vpc(stack, "Vpc", {
  ipAddresses: ec2.IpAddresses.cidr("10.0.0.0/16"),
  maxAzs: 2,
  natGateways: 1,
  subnetConfiguration: [
    { name: "Public", subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24 },
    { name: "App", subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 24 },
    { name: "Data", subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
  ],
});

// Images
const repository = new ecr.Repository(stack, "Repository", {
  imageScanOnPush: true,
  imageTagMutability: ecr.TagMutability.IMMUTABLE,
  lifecycleRules: [{ maxImageCount: 20 }],
});

// Data
const database = new rds.DatabaseInstance(stack, "Database", {
  engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 }),
  instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MICRO),
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  credentials: rds.Credentials.fromGeneratedSecret("notes"),
  databaseName: "notes",
  allocatedStorage: 20,
  maxAllocatedStorage: 100,
  storageType: rds.StorageType.GP3,
  storageEncrypted: true,
  backupRetention: Duration.days(7),
  deletionProtection: true,
  removalPolicy: RemovalPolicy.SNAPSHOT,
  cloudwatchLogsExports: ["postgresql"],
});
const session = new secretsmanager.Secret(stack, "SessionKey", { generateSecretString: { passwordLength: 64, excludePunctuation: true } });

// Service
const cluster = new ecs.Cluster(stack, "Cluster", { vpc });
const logGroup = new logs.LogGroup(stack, "Logs", { retention: logs.RetentionDays.ONE_MONTH });
const logging = (streamPrefix: string) => ecs.LogDrivers.awsLogs({ streamPrefix, logGroup });
const environment = { RUST_LOG: "info", PORT: "8080" };
const field = (name: string) => ecs.Secret.fromSecretsManager(database.secret!, name);
const secrets = { DB_HOST: field("host"), DB_USER: field("username"), DB_PASSWORD: field("password"), SESSION_KEY: ecs.Secret.fromSecretsManager(session) };
const image = ecs.ContainerImage.fromEcrRepository(repository, imageTag.valueAsString);
const service = new ApplicationLoadBalancedFargateService(stack, "Api", {
  cluster,
  cpu: 256,
  memoryLimitMiB: 512,
  desiredCount: 2,
  minHealthyPercent: 100,
  maxHealthyPercent: 200,
  circuitBreaker: { rollback: true },
  healthCheckGracePeriod: Duration.seconds(60),
  taskSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
  publicLoadBalancer: true,
  taskImageOptions: {
    image,
    containerPort: 8080,
    environment,
    secrets,
    logDriver: logging("api"),
  },
});
service.targetGroup.configureHealthCheck({ path: "/health", interval: Duration.seconds(15), timeout: Duration.seconds(5), healthyThresholdCount: 2, unhealthyThresholdCount: 3 });
service.targetGroup.setAttribute("deregistration_delay.timeout_seconds", "30");
database.connections.allowDefaultPortFrom(service.service);
const scaling = service.service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 6 });
scaling.scaleOnCpuUtilization("Cpu", { targetUtilizationPercent: 60 });
scaling.scaleOnRequestCount("Requests", { requestsPerTarget: 500, targetGroup: service.targetGroup });

// Migrations run as a separate task
const migration = new ecs.FargateTaskDefinition(stack, "Migration", { cpu: 256, memoryLimitMiB: 512 });
migration.addContainer("migrate", { image, command: ["migrate"], environment, secrets, logging: logging("migrate") });
const migrationGroup = new ec2.SecurityGroup(stack, "MigrationGroup", { vpc, description: "migration task" });
database.connections.allowDefaultPortFrom(migrationGroup);

// Edge
const site = new s3.Bucket(stack, "Site", {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  encryption: s3.BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  versioned: true,
  removalPolicy: RemovalPolicy.RETAIN,
});
const distribution = new cloudfront.Distribution(stack, "Distribution", {
  defaultRootObject: "index.html",
  httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
  defaultBehavior: {
    origin: origins.S3BucketOrigin.withOriginAccessControl(site),
    viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
    compress: true,
  },
  additionalBehaviors: {
    "/api/*": {
      origin: new origins.LoadBalancerV2Origin(service.loadBalancer, { protocolPolicy: cloudfront.OriginProtocolPolicy.HTTP_ONLY }),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER,
    },
  },
  errorResponses: [403, 404].map((httpStatus) => ({ httpStatus, responseHttpStatus: 200, responsePagePath: "/index.html" })),
});

// Alarms
const topic = new sns.Topic(stack, "Alarms", { enforceSSL: true });
const alarm = (id: string, metric: cloudwatch.IMetric & Pick<cloudwatch.Metric, "createAlarm">, threshold: number, over = true) =>
  metric
    .createAlarm(stack, id, {
      threshold,
      evaluationPeriods: 3,
      comparisonOperator: over ? cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD : cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    })
    .addAlarmAction(new SnsAction(topic));
alarm("Errors", service.loadBalancer.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT), 5);
alarm("Latency", service.loadBalancer.metrics.targetResponseTime({ statistic: "p95" }), 1);
alarm("Unhealthy", service.targetGroup.metrics.unhealthyHostCount(), 0);
alarm("ServiceCpu", service.service.metricCpuUtilization(), 85);
alarm("ServiceMemory", service.service.metricMemoryUtilization(), 85);
alarm("DatabaseCpu", database.metricCPUUtilization(), 80);
alarm("DatabaseStorage", database.metricFreeStorageSpace(), 2 * 1024 ** 3, false);

for (const [id, value] of Object.entries({
  Url: `https://${distribution.distributionDomainName}`,
  Bucket: site.bucketName,
  DistributionId: distribution.distributionId,
  RepositoryUri: repository.repositoryUri,
  MigrationTask: migration.taskDefinitionArn,
  MigrationSecurityGroup: migrationGroup.securityGroupId,
})) {
  new CfnOutput(stack, id, { value });
}
app.synth();
