// Nested stacks that read values of each other, written with aws-cdk-lib: the peer of infra-lib's `nested` example.
//
// usage: node nested.mjs OUTDIR
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.INFRA_NODE_MODULES, "package.json"));
const { App, CfnParameter, Duration, NestedStack, RemovalPolicy, Stack } = require("aws-cdk-lib");
const { CfnHostedZone, CfnRecordSet } = require("aws-cdk-lib/aws-route53");
const { CfnTopic } = require("aws-cdk-lib/aws-sns");
const { Construct } = require("constructs");

const topic = (scope, id, displayName) => new CfnTopic(scope, id, { displayName });
const servers = (scope, id, resourceRecords) =>
  new CfnRecordSet(scope, id, { hostedZoneId: "Z1", name: "a.example", type: "NS", ttl: "60", resourceRecords });

const app = new App({ outdir: process.argv[2] });
const root = new Stack(app, "Root");
const name = new CfnParameter(root, "Name", { type: "String", default: "x" });
const above = topic(root, "Above");
const one = new NestedStack(root, "One", { description: "the first", timeout: Duration.minutes(5), removalPolicy: RemovalPolicy.RETAIN });
const inner = new NestedStack(one, "Inner");
const two = new NestedStack(new Construct(root, "Group"), "Two", { notificationArns: [above.ref] });

const deep = topic(inner, "Deep", above.attrTopicName);
topic(inner, "Given", name.valueAsString);
topic(root, "Up", deep.attrTopicName);
topic(one, "FromChild", deep.ref);
topic(two, "Across", deep.attrTopicName);
const zone = new CfnHostedZone(one, "Zone", { name: "a.example" });
servers(root, "ListUp", zone.attrNameServers);
servers(two, "ListAcross", zone.attrNameServers);
topic(two, "Late").addResourceDependency(topic(root, "Early"));

const other = new Stack(app, "Other");
topic(other, "Imported", deep.attrTopicName);
topic(new NestedStack(other, "Child"), "Imported", deep.attrTopicName);
app.synth();
