// Asks aws-cdk-lib which logical IDs it gives to construct paths, and writes the answers as a test fixture.
//
// usage: node logical-ids.mjs FIXTURE [--check]
//   writes FIXTURE (accepted paths) and FIXTURE with `-refused` before its extension (paths the CDK refuses);
//   --check compares instead and exits 1 when the committed files are stale.
// The caller says where aws-cdk-lib is installed with INFRA_NODE_MODULES.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const modules = process.env.INFRA_NODE_MODULES;
if (!modules) {
  console.error("INFRA_NODE_MODULES is not set: run this through scripts/logical-ids");
  process.exit(2);
}
const require = createRequire(join(modules, "package.json"));
const { App, CfnResource, Stack, Stage } = require("aws-cdk-lib");
const { Construct } = require("constructs");

// Paths below the stack, by hand: each line is one shape the algorithm treats in its own way.
const WRITTEN = [
  // one component stays as it is, without a hash
  ["Bucket"], ["A"], ["ab"], ["My-Bucket"], ["My_Bucket.v2"], ["Bücher"], ["queue 1"], ["x".repeat(255)], ["x".repeat(256)], ["y-".repeat(200)],
  // ... also when `Default` leaves only one
  ["Bucket", "Default"], ["Default", "Bucket"], ["Default", "Default", "Bucket"],
  // `Resource` is hidden from the readable part and still hashed; alone it is an ordinary name
  ["Bucket", "Resource"], ["Resource"], ["Resource", "Resource"], ["Resource", "Bucket"], ["Vpc", "Resource", "Policy"], ["Resource", "Default"],
  // `Default` is neither shown nor hashed: the first two are equal
  ["Vpc", "Default", "Subnet"], ["Vpc", "Subnet"], ["Vpc", "Subnet", "Default"], ["default", "Subnet"], ["resource", "Subnet"],
  // a component that the previous one ends with is not repeated
  ["Vpc", "Vpc"], ["Vpc", "Vpc", "Vpc"], ["MyVpc", "Vpc"], ["Vpc", "MyVpc"], ["A", "AB", "B"], ["Queue", "DeadQueue", "Queue"],
  ["MyFoo", "Foo", "Resource"], ["MyFoo", "Resource", "Foo"], ["Foo", "Bar", "Foo"], ["Service", "TaskService", "Service", "Service"],
  ["My-Foo", "Foo"], ["MyFoo", "F-oo"], ["Policy", "DefaultPolicy", "Resource"],
  // non-alphanumerics: hashed, not shown
  ["My-App", "My_Db"], ["my.app", "db:main"], ["a b", "c d"], ["(x)", "[y]"], ["Site", "日本", "Bucket"], ["Zoë", "Ñandú"], ["emoji😀", "Bucket"],
  ["a--b", "c"], ["--", "Bucket"], ["Bucket", "--"], ["Bucket", "日本"],
  // digits
  ["Subnet1", "Route2"], ["Public", "1", "Subnet"], ["A1", "2", "3"], ["1"], ["1Bucket"], ["1", "Bucket"],
  // the readable part ends at 240 characters
  ["a".repeat(120), "b".repeat(119)], ["a".repeat(120), "b".repeat(120)], ["a".repeat(120), "b".repeat(121)], ["a".repeat(300), "b"], ["p".repeat(130), "-q".repeat(130)],
  Array.from({ length: 40 }, (_, i) => `Level${i}`),
  // the ids that users of L2 constructs get
  ["Vpc", "PublicSubnet1", "Subnet"], ["Vpc", "PublicSubnet1", "RouteTableAssociation"], ["Vpc", "IGW"], ["Vpc", "VPCGW"], ["Vpc", "PublicSubnet1", "NATGateway"],
  ["Db", "SubnetGroup", "Default"], ["Db", "Secret", "Resource"], ["Db", "Secret", "Attachment", "Resource"], ["Db", "Resource"],
  ["Api", "TaskDef", "ExecutionRole", "DefaultPolicy", "Resource"], ["Api", "TaskDef", "web", "LogGroup", "Resource"], ["Api", "LB", "PublicListener", "ECSGroup", "Resource"],
  ["Api", "Service", "Service"], ["Api", "Service", "SecurityGroup", "from MyStackApiLBSecurityGroup1234ABCD:8080"], ["Site", "Distribution", "Origin1", "S3OriginAccessControl"],
];

const REFUSED = [
  ["Default"], ["Default", "Default"], ["日本"], ["--"], ["😀"],
];

// Paths by a fixed pseudo-random sequence, from words that meet each other's special cases.
function drawn(count) {
  const words = ["Default", "Resource", "Vpc", "MyVpc", "Db", "db", "Api-1", "Queue", "DeadQueue", "Role", "Policy", "DefaultPolicy", "1", "é", "a.b", "Subnet", "PublicSubnet"];
  let state = 20261122;
  const next = (n) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 16) % n;
  };
  const paths = [];
  while (paths.length < count) {
    paths.push(["N" + paths.length, ...Array.from({ length: 1 + next(6) }, () => words[next(words.length)])]);
  }
  return paths;
}

/** One stack a path, so that paths cannot collide; every third one lives inside a stage, which must make no difference. */
function logicalId(path, index) {
  const app = new App({ context: { "aws:cdk:disable-version-reporting": true } });
  const scope = index % 3 === 2 ? new Stage(app, "Prod") : app;
  const stack = new Stack(scope, "Stack");
  let parent = stack;
  for (const id of path.slice(0, -1)) {
    parent = new Construct(parent, id);
  }
  const leaf = new CfnResource(parent, path.at(-1), { type: "AWS::SNS::Topic" });
  const seen = leaf.node.scopes.slice(leaf.node.scopes.indexOf(stack) + 1).map((s) => s.node.id);
  if (JSON.stringify(seen) !== JSON.stringify(path)) {
    throw new Error(`the CDK changed the path ${JSON.stringify(path)} to ${JSON.stringify(seen)}: write it that way here`);
  }
  return stack.resolve(leaf.logicalId);
}

const accepted = [...WRITTEN, ...drawn(40)].map((path, i) => ({ path, logical_id: logicalId(path, i) }));
const refused = REFUSED.map((path, i) => {
  let id;
  try {
    id = logicalId(path, i);
  } catch {
    return { path };
  }
  throw new Error(`the CDK accepts ${JSON.stringify(path)} as \`${id}\`: move it to WRITTEN`);
});

const lines = (rows) => `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(",\n")}\n]\n`;
const [fixture, mode] = process.argv.slice(2);
let stale = false;
for (const [file, rows] of [[fixture, accepted], [fixture.replace(/\.json$/, "-refused.json"), refused]]) {
  const text = lines(rows);
  if (mode === "--check") {
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
      console.error(`${file} is not what aws-cdk-lib answers: run scripts/logical-ids and look at the diff`);
      stale = true;
    }
  } else {
    writeFileSync(file, text);
  }
}
console.log(`${accepted.length} logical ids and ${refused.length} refusals ${mode === "--check" ? "compared" : "written"}`);
process.exit(stale ? 1 : 0);
