// A synthetic app of any size, written with aws-cdk-lib's L2 constructs: the peer of infra-lib's `grow` example.
//
// usage: node grow.mjs STACKS RESOURCES OUTDIR     RESOURCES are a stack's, in units of five:
// a queue, a bucket, a topic, a role, and the policy that comes with a grant
// CDK_VALIDATION=false leaves out the built-in template validation.
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.INFRA_NODE_MODULES, "package.json"));
const { App, Stack } = require("aws-cdk-lib");
const { Role, ServicePrincipal } = require("aws-cdk-lib/aws-iam");
const { Bucket } = require("aws-cdk-lib/aws-s3");
const { Topic } = require("aws-cdk-lib/aws-sns");
const { Queue } = require("aws-cdk-lib/aws-sqs");

const [stacks, resources, outdir] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const app = new App({ outdir });
for (let s = 0; s < stacks; s++) {
  const stack = new Stack(app, `Stack${s}`);
  for (let unit = 0; unit < resources / 5; unit++) {
    const queue = new Queue(stack, `Queue${unit}`);
    new Bucket(stack, `Bucket${unit}`);
    new Topic(stack, `Topic${unit}`);
    const role = new Role(stack, `Role${unit}`, { assumedBy: new ServicePrincipal("ecs-tasks.amazonaws.com") });
    queue.grantSendMessages(role);
  }
}
app.synth();
