// Functions, APIs, a table, queues and a state machine, written with aws-cdk-lib: the peer of infra-lib's `serverless` example.
//
// usage: node serverless.mjs OUTDIR
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.INFRA_NODE_MODULES, "package.json"));
const { App, Duration, Stack } = require("aws-cdk-lib");
const { LambdaIntegration, RestApi } = require("aws-cdk-lib/aws-apigateway");
const { HttpApi, HttpMethod } = require("aws-cdk-lib/aws-apigatewayv2");
const { HttpLambdaIntegration } = require("aws-cdk-lib/aws-apigatewayv2-integrations");
const { AttributeType, BillingMode, Table } = require("aws-cdk-lib/aws-dynamodb");
const { Architecture, Alias, Code, EventSourceMapping, Function, LoggingFormat, Runtime } = require("aws-cdk-lib/aws-lambda");
const { LogGroup, RetentionDays } = require("aws-cdk-lib/aws-logs");
const { Queue, QueueEncryption } = require("aws-cdk-lib/aws-sqs");
const { Choice, Condition, DefinitionBody, Fail, QueryLanguage, StateMachine, Succeed, TaskInput } = require("aws-cdk-lib/aws-stepfunctions");
const { SqsSendMessage } = require("aws-cdk-lib/aws-stepfunctions-tasks");

const app = new App({ outdir: process.argv[2] });
const stack = new Stack(app, "Serverless");
const table = new Table(stack, "Table", {
  partitionKey: { name: "id", type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
});
const queue = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, receiveMessageWaitTime: Duration.seconds(20) };
const failed = new Queue(stack, "Failed", queue);
const jobs = new Queue(stack, "Jobs", { ...queue, deadLetterQueue: { queue: failed, maxReceiveCount: 5 } });
const logGroup = new LogGroup(stack, "Log", { retention: RetentionDays.ONE_MONTH });
const fn = new Function(stack, "Function", {
  runtime: Runtime.NODEJS_24_X,
  handler: "index.handler",
  code: Code.fromInline("exports.handler = async () => 'hello';"),
  architecture: Architecture.ARM_64,
  memorySize: 256,
  timeout: Duration.seconds(10),
  logGroup,
  loggingFormat: LoggingFormat.JSON,
  environment: { TABLE: table.tableName },
});
table.grantReadWriteData(fn);
new Alias(stack, "Alias", { aliasName: "live", version: fn.currentVersion });

const api = new HttpApi(stack, "Api");
const orders = new HttpLambdaIntegration("Orders", fn);
api.addRoutes({ path: "/orders/{id}", methods: [HttpMethod.GET], integration: orders });
api.addRoutes({ path: "/orders", methods: [HttpMethod.POST], integration: orders });

const rest = new RestApi(stack, "Rest", { cloudWatchRole: false });
rest.root.addResource("items").addMethod("GET", new LambdaIntegration(fn, { allowTestInvoke: false }));

new EventSourceMapping(stack, "Poll", { target: fn, eventSourceArn: jobs.queueArn });
jobs.grantConsumeMessages(fn);

const order = SqsSendMessage.jsonata(stack, "Order", { queue: jobs, messageBody: TaskInput.fromText("{% $states.input %}") });
const steps = Choice.jsonata(stack, "Has items?")
  .when(Condition.jsonata("{% $count($states.input.items) > 0 %}"), order.next(Succeed.jsonata(stack, "Done")))
  .otherwise(Fail.jsonata(stack, "Empty", { error: "Shop.EmptyCart" }));
new StateMachine(stack, "Machine", {
  definitionBody: DefinitionBody.fromChainable(steps),
  queryLanguage: QueryLanguage.JSONATA,
  timeout: Duration.minutes(5),
});
app.synth();
