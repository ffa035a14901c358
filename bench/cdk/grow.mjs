// A synthetic app of any size, written with aws-cdk-lib: the peer of infra-lib's `grow` example.
//
// usage: node grow.mjs STACKS RESOURCES OUTDIR l1|l2     RESOURCES are a stack's, in units of five:
// a queue, a bucket, a topic, a role, and a policy that lets the role use the other three.
// `l1` makes the very resources our example makes; `l2` is how users of the CDK write them.
// CDK_VALIDATION=false leaves out the built-in template validation.
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.INFRA_NODE_MODULES, "package.json"));
const { App, Stack } = require("aws-cdk-lib");
const { CfnRole, CfnRolePolicy, Role, ServicePrincipal } = require("aws-cdk-lib/aws-iam");
const { Bucket, CfnBucket } = require("aws-cdk-lib/aws-s3");
const { CfnTopic, Topic } = require("aws-cdk-lib/aws-sns");
const { CfnQueue, Queue } = require("aws-cdk-lib/aws-sqs");
const { Construct } = require("constructs");

function l1(scope, unit) {
  const queue = new CfnQueue(scope, "Queue", { visibilityTimeout: 60, kmsMasterKeyId: "alias/aws/sqs" });
  const bucket = new CfnBucket(scope, "Bucket");
  const topic = new CfnTopic(scope, "Topic", { displayName: `topic of unit ${unit}` });
  const allow = (Action, Resource) => ({ Effect: "Allow", Action, Resource });
  const role = new CfnRole(scope, "Role", {
    assumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }],
    },
  });
  new CfnRolePolicy(scope, "Policy", {
    policyName: "unit",
    roleName: role.ref,
    policyDocument: {
      Version: "2012-10-17",
      Statement: [
        allow(["sqs:SendMessage", "sqs:GetQueueUrl"], queue.attrArn),
        allow(["s3:GetObject", "s3:ListBucket"], bucket.attrArn),
        allow(["sns:Publish", "sns:GetTopicAttributes"], topic.ref),
      ],
    },
  });
}

function l2(scope, unit) {
  const queue = new Queue(scope, "Queue");
  const bucket = new Bucket(scope, "Bucket");
  const topic = new Topic(scope, "Topic", { displayName: `topic of unit ${unit}` });
  const role = new Role(scope, "Role", { assumedBy: new ServicePrincipal("ecs-tasks.amazonaws.com") });
  queue.grantSendMessages(role);
  bucket.grantRead(role);
  topic.grantPublish(role);
}

const [stacks, resources, outdir, level] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4], process.argv[5]];
const addUnit = { l1, l2 }[level];
const app = new App({ outdir });
for (let s = 0; s < stacks; s++) {
  const stack = new Stack(app, `Stack${s}`);
  for (let unit = 0; unit < resources / 5; unit++) {
    addUnit(new Construct(stack, `Unit${unit}`), unit);
  }
}
app.synth();
