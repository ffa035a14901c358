// Functions that services invoke, with authorizers, triggers and rotation, written with aws-cdk-lib: the peer of infra-lib's `functions` example.
//
// usage: node functions.mjs OUTDIR
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.INFRA_NODE_MODULES, "package.json"));
const { App, Duration, Size, Stack } = require("aws-cdk-lib");
const apigateway = require("aws-cdk-lib/aws-apigateway");
const { DomainName, HttpApi, HttpMethod, WebSocketApi } = require("aws-cdk-lib/aws-apigatewayv2");
const { HttpLambdaAuthorizer, HttpLambdaResponseType, WebSocketLambdaAuthorizer } = require("aws-cdk-lib/aws-apigatewayv2-authorizers");
const { HttpUrlIntegration, WebSocketLambdaIntegration } = require("aws-cdk-lib/aws-apigatewayv2-integrations");
const { Certificate } = require("aws-cdk-lib/aws-certificatemanager");
const cognito = require("aws-cdk-lib/aws-cognito");
const { AttributeType, BillingMode, StreamViewType, Table } = require("aws-cdk-lib/aws-dynamodb");
const { ManagedPolicy, PolicyStatement, ServicePrincipal } = require("aws-cdk-lib/aws-iam");
const { DeliveryStream, S3Bucket } = require("aws-cdk-lib/aws-kinesisfirehose");
const kinesisfirehose = require("aws-cdk-lib/aws-kinesisfirehose");
const { Key } = require("aws-cdk-lib/aws-kms");
const lambda = require("aws-cdk-lib/aws-lambda");
const { DynamoEventSource } = require("aws-cdk-lib/aws-lambda-event-sources");
const { FilterPattern, LogGroup, LogStream, RetentionDays, SubscriptionFilter } = require("aws-cdk-lib/aws-logs");
const { LambdaDestination } = require("aws-cdk-lib/aws-logs-destinations");
const { BlockedEncryptionType, BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership } = require("aws-cdk-lib/aws-s3");
const { Secret } = require("aws-cdk-lib/aws-secretsmanager");
const { SigningProfile } = require("aws-cdk-lib/aws-signer");
const { Topic } = require("aws-cdk-lib/aws-sns");
const { FirehoseSubscription, LambdaSubscription, SqsSubscription } = require("aws-cdk-lib/aws-sns-subscriptions");
const { Queue, QueueEncryption } = require("aws-cdk-lib/aws-sqs");
const { Activity } = require("aws-cdk-lib/aws-stepfunctions");

const profile = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/releases/a1b2c3d4e5";
const certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

const app = new App({ outdir: process.argv[2] });
const stack = new Stack(app, "Functions");
const logGroup = new LogGroup(stack, "Log", { retention: RetentionDays.ONE_MONTH });
const shared = { runtime: lambda.Runtime.NODEJS_24_X, handler: "index.handler", architecture: lambda.Architecture.ARM_64, loggingFormat: lambda.LoggingFormat.JSON, logGroup };
const code = lambda.Code.fromInline("exports.handler = async () => ({});");
const check = new lambda.Function(stack, "CheckFunction", { ...shared, code });

const domain = new DomainName(stack, "Domain", {
  domainName: "api.example.com",
  certificate: Certificate.fromCertificateArn(stack, "Certificate", certificate),
});
const api = new HttpApi(stack, "Api", { apiName: "Api", defaultDomainMapping: { domainName: domain } });
api.addRoutes({
  path: "/status",
  methods: [HttpMethod.GET],
  integration: new HttpUrlIntegration("Status", "https://status.example.com"),
  authorizer: new HttpLambdaAuthorizer("Keys", check, {
    authorizerName: "Keys",
    identitySource: ["$request.header.X-Api-Key"],
    responseTypes: [HttpLambdaResponseType.SIMPLE],
    resultsCacheTtl: Duration.minutes(5),
  }),
});
new WebSocketApi(stack, "Chat", {
  apiName: "Chat",
  connectRouteOptions: {
    integration: new WebSocketLambdaIntegration("Connect", check),
    authorizer: new WebSocketLambdaAuthorizer("Tokens", check, { authorizerName: "Tokens", identitySource: ["route.request.querystring.token"] }),
  },
});

const rest = new apigateway.RestApi(stack, "Rest", { restApiName: "Rest", cloudWatchRole: false, endpointTypes: [apigateway.EndpointType.REGIONAL] });
const backend = new apigateway.HttpIntegration("https://status.example.com");
const custom = { authorizationType: apigateway.AuthorizationType.CUSTOM };
rest.root.addResource("tokens").addMethod("GET", backend, {
  ...custom,
  authorizer: new apigateway.TokenAuthorizer(stack, "RestTokens", { authorizerName: "RestTokens", handler: check, resultsCacheTtl: Duration.seconds(0) }),
});
rest.root.addResource("clients").addMethod("GET", backend, {
  ...custom,
  authorizer: new apigateway.RequestAuthorizer(stack, "Clients", {
    authorizerName: "Clients",
    handler: check,
    identitySources: [apigateway.IdentitySource.header("X-Client")],
    resultsCacheTtl: Duration.minutes(5),
  }),
});
const document = {
  openapi: "3.0.3",
  info: { title: "Notes", version: "1" },
  paths: {
    "/status": {
      get: {
        responses: { 200: { description: "up" } },
        "x-amazon-apigateway-integration": { type: "http_proxy", httpMethod: "GET", uri: "https://status.example.com" },
      },
    },
  },
};
new apigateway.SpecRestApi(stack, "Notes", {
  apiDefinition: apigateway.ApiDefinition.fromInline(document),
  restApiName: "Notes",
  failOnWarnings: true,
  cloudWatchRole: false,
  endpointTypes: [apigateway.EndpointType.REGIONAL],
});

const invoked = new lambda.Function(stack, "UsersFunction", { ...shared, code });
const key = new Key(stack, "Codes", { enableKeyRotation: true });
key.grantDecrypt(invoked);
new cognito.UserPool(stack, "Users", {
  userPoolName: "shop",
  signInAliases: { email: true },
  signInCaseSensitive: false,
  mfa: cognito.Mfa.OFF,
  passwordPolicy: {
    minLength: 12,
    requireDigits: true,
    requireLowercase: true,
    requireSymbols: true,
    requireUppercase: true,
    tempPasswordValidity: Duration.days(7),
  },
  accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
  deletionProtection: true,
  keepOriginal: { email: true },
  featurePlan: cognito.FeaturePlan.ESSENTIALS,
  customSenderKmsKey: key,
  lambdaTriggers: { preSignUp: invoked, customEmailSender: invoked },
});

const signed = new lambda.CodeSigningConfig(stack, "Signed", {
  signingProfiles: [
    SigningProfile.fromSigningProfileAttributes(stack, "Profile", { signingProfileName: "releases", signingProfileVersion: "a1b2c3d4e5" }),
  ],
  untrustedArtifactOnDeployment: lambda.UntrustedArtifactOnDeployment.ENFORCE,
});
// The CDK makes the ARN of an imported profile for the stack's own region and account.
signed.node.defaultChild.allowedPublishers = { signingProfileVersionArns: [profile] };
const rotate = new lambda.Function(stack, "Rotate", {
  ...shared,
  code: lambda.Code.fromBucket(Bucket.fromBucketName(stack, "Releases", "releases"), "signed/rotate.zip"),
  codeSigningConfig: signed,
});
new Secret(stack, "Token").addRotationSchedule("Rotation", { rotationLambda: rotate, automaticallyAfter: Duration.days(30) });
new ManagedPolicy(stack, "Boundary", {
  path: "/shops/",
  description: "limits of shops",
  statements: [new PolicyStatement({ actions: ["s3:GetObject"], resources: ["*"] })],
});
rotate.addPermission("Rotations", { principal: new ServicePrincipal("sns.amazonaws.com"), sourceArn: "arn:aws:sns:eu-west-1:111122223333:rotations" });
const events = new LogGroup(stack, "Events", { retention: RetentionDays.ONE_MONTH });
new LogStream(stack, "Deliveries", { logGroup: events, logStreamName: "deliveries" });
new SubscriptionFilter(stack, "Failures", {
  logGroup: events,
  filterPattern: FilterPattern.anyTerm("ERROR", "WARN"),
  destination: new LambdaDestination(new lambda.Function(stack, "ReceiveFunction", { ...shared, code })),
});

new Bucket(stack, "Ledger", {
  versioned: true,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: BucketEncryption.S3_MANAGED,
  blockedEncryptionTypes: [BlockedEncryptionType.SSE_C],
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(30)),
  lifecycleRules: [{ id: "Upkeep", noncurrentVersionExpiration: Duration.days(90), expiredObjectDeleteMarker: true, abortIncompleteMultipartUploadAfter: Duration.days(7) }],
});
const orders = new Topic(stack, "Orders", { fifo: true, contentBasedDeduplication: true, enforceSSL: true });
const billing = new Queue(stack, "Billing", { fifo: true, encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, receiveMessageWaitTime: Duration.seconds(20) });
orders.addSubscription(new SqsSubscription(billing, { rawMessageDelivery: true }));
new Activity(stack, "Packing", { activityName: "packing" });

const notices = new Topic(stack, "Notices", { enforceSSL: true });
const notify = new lambda.Function(stack, "NotifyFunction", { ...shared, code });
notices.addSubscription(new LambdaSubscription(notify));
const stream = new DeliveryStream(stack, "NoticeStream", {
  encryption: kinesisfirehose.StreamEncryption.awsOwnedKey(),
  destination: new S3Bucket(Bucket.fromBucketName(stack, "Archive", "notices"), {
    loggingConfig: new kinesisfirehose.EnableLogging(logGroup),
    bufferingInterval: Duration.minutes(5),
    bufferingSize: Size.mebibytes(5),
    compression: kinesisfirehose.Compression.UNCOMPRESSED,
  }),
});
notices.addSubscription(new FirehoseSubscription(stream, { rawMessageDelivery: true }));
const entries = new Table(stack, "Entries", {
  partitionKey: { name: "id", type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  deletionProtection: true,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  stream: StreamViewType.NEW_AND_OLD_IMAGES,
});
notify.addEventSource(new DynamoEventSource(entries, { startingPosition: lambda.StartingPosition.LATEST }));
app.synth();
