// Users, APIs, connections, pipes, delivery and settings, written with aws-cdk-lib: the peer of infra-lib's `families` example.
//
// usage: node families.mjs OUTDIR
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.INFRA_NODE_MODULES, "package.json"));
const { App, CfnDynamicReference, CfnDynamicReferenceService, Duration, RemovalPolicy, SecretValue, Size, Stack } = require("aws-cdk-lib");
const { Construct } = require("constructs");
const apigateway = require("aws-cdk-lib/aws-apigateway");
const { HttpApi, HttpMethod, WebSocketApi } = require("aws-cdk-lib/aws-apigatewayv2");
const { HttpJwtAuthorizer } = require("aws-cdk-lib/aws-apigatewayv2-authorizers");
const { HttpUrlIntegration } = require("aws-cdk-lib/aws-apigatewayv2-integrations");
const { LambdaDeploymentConfig, LambdaDeploymentGroup } = require("aws-cdk-lib/aws-codedeploy");
const cognito = require("aws-cdk-lib/aws-cognito");
const { IdentityPool, UserPoolAuthenticationProvider } = require("aws-cdk-lib/aws-cognito-identitypool");
const autoscaling = require("aws-cdk-lib/aws-applicationautoscaling");
const { AttributeType, Billing, BillingMode, Capacity, InputFormat, Table, TableV2 } = require("aws-cdk-lib/aws-dynamodb");
const { ApiDestination, Authorization, Connection, Rule } = require("aws-cdk-lib/aws-events");
const targets = require("aws-cdk-lib/aws-events-targets");
const { NetworkLoadBalancer } = require("aws-cdk-lib/aws-elasticloadbalancingv2");
const { OidcProviderNative, PolicyStatement, Role, SamlMetadataDocument, SamlProvider, ServicePrincipal } = require("aws-cdk-lib/aws-iam");
const { DeliveryStream, LambdaFunctionProcessor, S3Bucket } = require("aws-cdk-lib/aws-kinesisfirehose");
const kinesisfirehose = require("aws-cdk-lib/aws-kinesisfirehose");
const { Alias, Key } = require("aws-cdk-lib/aws-kms");
const lambda = require("aws-cdk-lib/aws-lambda");
const { DataIdentifier, DataProtectionPolicy, FilterPattern, LogGroup, MetricFilter, QueryDefinition, QueryString, ResourcePolicy, RetentionDays } = require("aws-cdk-lib/aws-logs");
const { CfnPipe } = require("aws-cdk-lib/aws-pipes");
const { BlockedEncryptionType, BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, ObjectOwnership } = require("aws-cdk-lib/aws-s3");
const { Secret } = require("aws-cdk-lib/aws-secretsmanager");
const { Topic } = require("aws-cdk-lib/aws-sns");
const { UrlSubscription } = require("aws-cdk-lib/aws-sns-subscriptions");
const { Queue, QueueEncryption } = require("aws-cdk-lib/aws-sqs");
const { StringListParameter, StringParameter } = require("aws-cdk-lib/aws-ssm");
const { CfnStateMachineAlias, CfnStateMachineVersion, DefinitionBody, QueryLanguage, StateMachine, TaskInput } = require("aws-cdk-lib/aws-stepfunctions");
const { HttpInvoke } = require("aws-cdk-lib/aws-stepfunctions-tasks");

const arn = "arn:aws:lambda:eu-west-1:111122223333:function:clean";
const balancer = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/orders/50dc6c495c0c9188";
const secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:partner-AbCdEf";
const key = "arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

const reference = SecretValue.cfnDynamicReference(new CfnDynamicReference(CfnDynamicReferenceService.SECRETS_MANAGER, `${secret}:SecretString`));

const app = new App({ outdir: process.argv[2] });
const stack = new Stack(app, "Families");

const users = new cognito.UserPool(stack, "Users", {
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
});
users.addResourceServer("Orders", { identifier: "orders", scopes: [{ scopeName: "read", scopeDescription: "Read orders" }] });
const web = users.addClient("Web", { userPoolClientName: "web", preventUserExistenceErrors: true, disableOAuth: true, enableTokenRevocation: true, authFlows: { userSrp: true } });
users.addDomain("Domain", { cognitoDomain: { domainPrefix: "shop-accounts" } });
new cognito.UserPoolGroup(stack, "Staff", { userPool: users, groupName: "staff", precedence: 1 });
new cognito.CfnManagedLoginBranding(new Construct(stack, "Style"), "Resource", {
  userPoolId: users.userPoolId,
  clientId: web.userPoolClientId,
  useCognitoProvidedValues: true,
});
new cognito.UserPoolIdentityProviderGoogle(stack, "Google", {
  userPool: users,
  clientId: "shop",
  clientSecretValue: reference,
  scopes: ["openid", "profile", "email"],
});
new IdentityPool(stack, "Identities", {
  authenticationProviders: { userPools: [new UserPoolAuthenticationProvider({ userPool: users, userPoolClient: web })] },
});

const rest = new apigateway.RestApi(stack, "Rest", { restApiName: "Rest", cloudWatchRole: false, endpointTypes: [apigateway.EndpointType.REGIONAL] });
const signedIn = new apigateway.CognitoUserPoolsAuthorizer(stack, "SignedIn", { cognitoUserPools: [users], authorizerName: "SignedIn" });
const link = new apigateway.VpcLink(stack, "Link", {
  vpcLinkName: "orders",
  targets: [NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, "Balancer", { loadBalancerArn: balancer })],
});
const validator = rest.addRequestValidator("Validator", { validateRequestBody: false, validateRequestParameters: true });
rest.addModel("Order", { modelName: "Order", schema: { type: apigateway.JsonSchemaType.OBJECT } });
rest.root.addResource("orders").addMethod(
  "GET",
  new apigateway.Integration({
    type: apigateway.IntegrationType.HTTP_PROXY,
    integrationHttpMethod: "GET",
    uri: "http://orders.example.com",
    options: { connectionType: apigateway.ConnectionType.VPC_LINK, vpcLink: link },
  }),
  { authorizer: signedIn, authorizationType: apigateway.AuthorizationType.COGNITO, requestValidator: validator, apiKeyRequired: true },
);
rest.addGatewayResponse("Errors", { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders: { "Access-Control-Allow-Origin": "'*'" } });
const plan = rest.addUsagePlan("Plan", { name: "partners" });
plan.addApiStage({ api: rest, stage: rest.deploymentStage });
plan.addApiKey(new apigateway.ApiKey(rest, "Partner"));

const api = new HttpApi(stack, "Api", { apiName: "Api" });
api.addRoutes({
  path: "/status",
  methods: [HttpMethod.GET],
  integration: new HttpUrlIntegration("Status", "https://status.example.com"),
  authorizer: new HttpJwtAuthorizer("Tokens", `https://${users.userPoolProviderName}`, { jwtAudience: ["web"], authorizerName: "Tokens" }),
});
new WebSocketApi(stack, "Chat", { apiName: "Chat" });

const partner = new Connection(stack, "Partner", { authorization: Authorization.apiKey("X-Api-Key", reference) });
const destination = new ApiDestination(stack, "Destination", { connection: partner, endpoint: "https://api.example.com/orders" });
new Rule(stack, "Forward", { eventPattern: { source: ["shop.orders"] }, targets: [new targets.ApiDestination(destination)] });
const order = HttpInvoke.jsonata(stack, "Order", {
  connection: partner,
  apiRoot: "https://api.example.com",
  apiEndpoint: TaskInput.fromText("orders"),
  method: TaskInput.fromText("POST"),
  body: TaskInput.fromText("{% $states.input %}"),
});
const machine = new StateMachine(stack, "Machine", { definitionBody: DefinitionBody.fromChainable(order), queryLanguage: QueryLanguage.JSONATA });
const version = new CfnStateMachineVersion(new Construct(stack, "Version"), "Resource", {
  stateMachineArn: machine.stateMachineArn,
  stateMachineRevisionId: machine.stateMachineRevisionId,
});
version.applyRemovalPolicy(RemovalPolicy.RETAIN);
new CfnStateMachineAlias(new Construct(stack, "LiveMachine"), "Resource", {
  name: "live",
  routingConfiguration: [{ stateMachineVersionArn: version.ref, weight: 100 }],
});
const queue = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, receiveMessageWaitTime: Duration.seconds(20) };
const source = new Queue(stack, "Source", queue);
const copies = new Queue(stack, "Copies", queue);
// There are only L1 constructs of pipes in aws-cdk-lib.
const pipe = new Construct(stack, "Pipe");
const pipeRole = new Role(pipe, "Role", { assumedBy: new ServicePrincipal("pipes.amazonaws.com", { conditions: { StringEquals: { "aws:SourceAccount": stack.account } } }) });
const pipeLog = new LogGroup(pipe, "LogGroup", { retention: RetentionDays.ONE_MONTH });
pipeLog.grantWrite(pipeRole);
pipeRole.addToPolicy(new PolicyStatement({ actions: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], resources: [source.queueArn] }));
pipeRole.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [copies.queueArn] }));
new CfnPipe(pipe, "Resource", {
  roleArn: pipeRole.roleArn,
  source: source.queueArn,
  target: copies.queueArn,
  desiredState: "RUNNING",
  logConfiguration: { level: "ERROR", cloudwatchLogsLogDestination: { logGroupArn: pipeLog.logGroupArn } },
});
const topic = new Topic(stack, "Topic", { enforceSSL: true });
topic.addSubscription(new UrlSubscription("https://hooks.example.com/orders"));

const bucket = { versioned: true, enforceSSL: true, blockPublicAccess: BlockPublicAccess.BLOCK_ALL, encryption: BucketEncryption.S3_MANAGED, blockedEncryptionTypes: [BlockedEncryptionType.SSE_C], minimumTLSVersion: 1.2, objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED };
const upkeep = { id: "Upkeep", noncurrentVersionExpiration: Duration.days(90), expiredObjectDeleteMarker: true, abortIncompleteMultipartUploadAfter: Duration.days(7) };
const replicas = new Bucket(stack, "Replicas", { ...bucket, lifecycleRules: [upkeep] });
const lake = new Bucket(stack, "Lake", {
  ...bucket,
  cors: [{ allowedMethods: [HttpMethods.GET], allowedOrigins: ["https://shop.example.com"] }],
  lifecycleRules: [upkeep, { id: "logs", prefix: "logs/", expiration: Duration.days(30) }],
  replicationRules: [{ destination: replicas, id: "Rule1", priority: 1 }],
});
// The CDK sets notifications with a custom resource; ours are a property of the bucket (ADR 0073).
lake.node.defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
new Table(stack, "Notes", {
  partitionKey: { name: "id", type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
  importSource: { bucket: Bucket.fromBucketName(stack, "Seed", "seed"), inputFormat: InputFormat.csv({ delimiter: "," }) },
});
const stock = new Table(stack, "Stock", {
  partitionKey: { name: "article", type: AttributeType.STRING },
  readCapacity: 5,
  writeCapacity: 5,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
});
stock.addGlobalSecondaryIndex({ indexName: "byShelf", partitionKey: { name: "shelf", type: AttributeType.STRING } });
const follow = (capacity, targetUtilizationPercent) => {
  capacity.scaleOnUtilization({ targetUtilizationPercent, scaleOutCooldown: Duration.minutes(1), scaleInCooldown: Duration.minutes(5) });
  return capacity;
};
follow(stock.autoScaleReadCapacity({ minCapacity: 5, maxCapacity: 100 }), 70).scaleOnSchedule("Morning", {
  schedule: autoscaling.Schedule.cron({ minute: "0", hour: "7", weekDay: "MON-FRI" }),
  minCapacity: 50,
  maxCapacity: 100,
});
follow(stock.autoScaleWriteCapacity({ minCapacity: 5, maxCapacity: 50 }), 60);
follow(stock.autoScaleGlobalSecondaryIndexReadCapacity("byShelf", { minCapacity: 5, maxCapacity: 100 }), 70);
follow(stock.autoScaleGlobalSecondaryIndexWriteCapacity("byShelf", { minCapacity: 5, maxCapacity: 50 }), 70);
const log = new LogGroup(stack, "Log", { retention: RetentionDays.ONE_MONTH });
new DeliveryStream(stack, "Clicks", {
  encryption: kinesisfirehose.StreamEncryption.awsOwnedKey(),
  destination: new S3Bucket(lake, {
    bufferingInterval: Duration.minutes(5),
    bufferingSize: Size.mebibytes(5),
    compression: kinesisfirehose.Compression.UNCOMPRESSED,
    loggingConfig: new kinesisfirehose.EnableLogging(log),
    processors: [new LambdaFunctionProcessor(lambda.Function.fromFunctionAttributes(stack, "Clean", { functionArn: arn, sameEnvironment: true }))],
  }),
});
new MetricFilter(stack, "Errors", { logGroup: log, filterPattern: FilterPattern.allTerms("ERROR"), metricNamespace: "Shop", metricName: "Errors" });
new QueryDefinition(stack, "Slow", {
  queryDefinitionName: "slow",
  queryString: new QueryString({ fields: ["@timestamp"], sort: "@timestamp desc" }),
  logGroups: [log],
});

new StringParameter(stack, "Region", { parameterName: "/shop/region", stringValue: "eu" });
new StringListParameter(stack, "Zones", { stringListValue: ["a", "b"] });
new Secret(stack, "Token", { replicaRegions: [{ region: "eu-central-1" }] });
new ResourcePolicy(stack, "Queries", {
  resourcePolicyName: "queries",
  policyStatements: [new PolicyStatement({ principals: [new ServicePrincipal("route53.amazonaws.com")], actions: ["logs:PutLogEvents"], resources: ["*"] })],
});
new Alias(stack, "Alias", { aliasName: "alias/shop", targetKey: Key.fromKeyArn(stack, "Key", key) });
new OidcProviderNative(stack, "Oidc", { url: "https://login.example.com", clientIds: ["sts.amazonaws.com"] });
new SamlProvider(stack, "Saml", { name: "company", metadataDocument: SamlMetadataDocument.fromXml("<md:EntityDescriptor/>".repeat(60)) });
const layer = new lambda.LayerVersion(stack, "Layer", {
  code: lambda.Code.fromBucket(Bucket.fromBucketName(stack, "Releases", "releases"), "shared.zip"),
  compatibleRuntimes: [lambda.Runtime.NODEJS_24_X],
  removalPolicy: RemovalPolicy.DESTROY,
});
const fn = new lambda.Function(stack, "Function", {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: "index.handler",
  code: lambda.Code.fromInline("exports.handler = async () => 'hello';"),
  architecture: lambda.Architecture.ARM_64,
  loggingFormat: lambda.LoggingFormat.JSON,
  logGroup: new LogGroup(stack, "FunctionLog", {
    retention: RetentionDays.ONE_MONTH,
    dataProtectionPolicy: new DataProtectionPolicy({ identifiers: [DataIdentifier.EMAILADDRESS] }),
  }),
  layers: [layer],
});
const live = new lambda.Alias(stack, "Live", { aliasName: "live", version: fn.currentVersion });
new LambdaDeploymentGroup(stack, "Rollout", { alias: live, deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES });
fn.configureAsyncInvoke({ retryAttempts: 1 });
new lambda.EventSourceMapping(stack, "Kafka", {
  target: fn,
  kafkaBootstrapServers: ["kafka.example.com:9092"],
  kafkaTopic: "orders",
  kafkaConsumerGroupId: "shop",
  startingPosition: lambda.StartingPosition.TRIM_HORIZON,
  sourceAccessConfigurations: [{ type: lambda.SourceAccessConfigurationType.SASL_SCRAM_512_AUTH, uri: secret }],
});
fn.addFunctionUrl({ invokeMode: lambda.InvokeMode.BUFFERED });
const regions = new Stack(app, "Regions", { env: { account: "111122223333", region: "eu-west-1" } });
new TableV2(regions, "Ledger", {
  partitionKey: { name: "account", type: AttributeType.STRING },
  sortKey: { name: "number", type: AttributeType.NUMBER },
  globalSecondaryIndexes: [{ indexName: "byDay", partitionKey: { name: "day", type: AttributeType.STRING } }],
  billing: Billing.provisioned({
    readCapacity: Capacity.autoscaled({ maxCapacity: 10 }),
    writeCapacity: Capacity.autoscaled({ minCapacity: 2, maxCapacity: 20, targetUtilizationPercent: 60 }),
  }),
  timeToLiveAttribute: "expires",
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
  replicas: [{ region: "eu-central-1", deletionProtection: false }],
});
app.synth();
