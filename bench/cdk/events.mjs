// Users, event buses, rules, schedules and streams, written with aws-cdk-lib: the peer of infra-lib's `events` example.
//
// usage: node events.mjs OUTDIR
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.INFRA_NODE_MODULES, "package.json"));
const { App, Duration, RemovalPolicy, Stack } = require("aws-cdk-lib");
const { EventBus, Match, Rule, RuleTargetInput, Schedule: RuleSchedule } = require("aws-cdk-lib/aws-events");
const { Group, InstanceProfile, Role, User } = require("aws-cdk-lib/aws-iam");
const { Stream, StreamEncryption, StreamMode } = require("aws-cdk-lib/aws-kinesis");
const { Schedule, ScheduleExpression, ScheduleGroup, TimeWindow } = require("aws-cdk-lib/aws-scheduler");
const { TimeZone } = require("aws-cdk-lib");

const queue = "arn:aws:sqs:eu-west-1:111122223333:jobs";
const failed = "arn:aws:sqs:eu-west-1:111122223333:failed";

const app = new App({ outdir: process.argv[2] });
const stack = new Stack(app, "Events");
const group = new Group(stack, "Shops", { path: "/shops/" });
new User(stack, "Till", { userName: "till", groups: [group] });
new InstanceProfile(stack, "Profile");

const bus = new EventBus(stack, "Orders", { eventBusName: "orders", description: "orders of the shop" });
const archive = bus.archive("Archive", {
  archiveName: "orders",
  description: "orders of a month",
  eventPattern: { source: ["shop.orders"] },
  retention: Duration.days(30),
});
// An empty key means the default; ours leaves it out.
archive.node.findChild("Archive").addPropertyDeletionOverride("KmsKeyIdentifier");
new Rule(stack, "Paid", {
  eventBus: bus,
  eventPattern: {
    source: ["shop.orders"],
    detailType: Match.prefix("Order "),
    detail: { status: ["paid", "shipped"], total: Match.interval(1, 100), coupon: Match.doesNotExist() },
  },
  targets: [
    {
      bind: () => ({
        arn: queue,
        input: RuleTargetInput.fromEventPath("$.detail"),
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 600 },
        deadLetterConfig: { arn: failed },
      }),
    },
  ],
});
new Rule(stack, "Poll", {
  schedule: RuleSchedule.rate(Duration.minutes(5)),
  targets: [{ bind: () => ({ arn: queue, input: RuleTargetInput.fromObject({ job: "poll" }) }) }],
});

const reports = new ScheduleGroup(stack, "Reports", { scheduleGroupName: "reports" });
const role = Role.fromRoleArn(stack, "Role", "arn:aws:iam::111122223333:role/scheduler");
const nightly = new Schedule(stack, "Nightly", {
  schedule: ScheduleExpression.expression("cron(0 3 ? * MON-FRI *)", TimeZone.EUROPE_BERLIN),
  target: { bind: () => ({ arn: queue, role, retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 } }) },
  scheduleGroup: reports,
  timeWindow: TimeWindow.flexible(Duration.minutes(15)),
});

// A literal name does not order the schedule after its group; ours refers to the group.
nightly.node.defaultChild.groupName = reports.node.defaultChild.ref;

const stream = { encryption: StreamEncryption.MANAGED, removalPolicy: RemovalPolicy.RETAIN };
new Stream(stack, "Clicks", { ...stream, streamMode: StreamMode.ON_DEMAND, retentionPeriod: Duration.days(7) });
new Stream(stack, "Views", { ...stream, streamMode: StreamMode.PROVISIONED, shardCount: 2 });
app.synth();
