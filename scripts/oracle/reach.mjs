// Random requests and policies of IAM from a fixed seed, the answers of iam-simulate to them, and the comparison with the
// answers of infra-reach: `ask COUNT CASES` writes cases, `compare CASES ANSWERS` reads both.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const modules = process.env.INFRA_NODE_MODULES;
if (!modules) {
  console.error("INFRA_NODE_MODULES is not set: run this through scripts/reach-oracle");
  process.exit(2);
}
const { runSimulation } = createRequire(join(modules, "x.js"))("@cloud-copilot/iam-simulate");

// Mulberry32: the same numbers on every machine.
let state = 0x5eed2026;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const pick = (items) => items[below(items.length)];
const chance = (p) => random() < p;
const some = (items, most) => {
  const found = new Set();
  for (let i = 0; i <= below(most); i += 1) found.add(pick(items));
  return found.size === 1 && chance(0.5) ? [...found][0] : [...found];
};

const HERE = "111111111111";
const THERE = "222222222222";
const SERVICES = [
  {
    actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
    patterns: ["s3:*", "s3:Get*", "s3:GetObject", "s3:PutObject", "S3:getobject", "s3:?etObject", "*", "sqs:*", "s3:*Object"],
    arns: ["arn:aws:s3:::notes/a/b.txt", "arn:aws:s3:::notes/${x}", "arn:aws:s3:::notes/2026/c", "arn:aws:s3:::other/a"],
    resources: ["*", "arn:aws:s3:::notes/*", "arn:aws:s3:::notes/a/*", "arn:aws:s3:::other/*", "arn:aws:s3:::n?tes/*", "arn:aws:s3:::*/a/b.txt", "arn:aws:s3:::notes", "arn:aws:s3:::${aws:PrincipalTag/team}/*", "arn:aws:s3:::notes/${aws:username}/*"],
  },
  {
    actions: ["sqs:SendMessage", "sqs:ReceiveMessage"],
    patterns: ["sqs:*", "sqs:Send*", "sqs:SendMessage", "*", "s3:*"],
    arns: [`arn:aws:sqs:us-east-1:${HERE}:jobs`, `arn:aws:sqs:eu-west-1:${HERE}:jobs-2`],
    resources: ["*", `arn:aws:sqs:us-east-1:${HERE}:jobs`, `arn:aws:sqs:*:${HERE}:jobs*`, `arn:aws:sqs:*:*:*`, `arn:aws:sqs:us-east-1:${THERE}:jobs`],
  },
  {
    actions: ["kms:Decrypt", "kms:Encrypt"],
    patterns: ["kms:*", "kms:Decrypt", "kms:*crypt", "*", "s3:*"],
    arns: [`arn:aws:kms:us-east-1:${HERE}:key/11111111-2222-3333-4444-555555555555`],
    resources: ["*", `arn:aws:kms:us-east-1:${HERE}:key/*`, `arn:aws:kms:*:${THERE}:key/*`],
  },
];
const PRINCIPALS = [
  `arn:aws:iam::${HERE}:role/task`,
  `arn:aws:iam::${HERE}:user/ann`,
  `arn:aws:iam::${THERE}:role/visitor`,
];
const NAMED = ["*", HERE, THERE, `arn:aws:iam::${HERE}:root`, `arn:aws:iam::${THERE}:root`, ...PRINCIPALS, `arn:aws:iam::${HERE}:role/other`];
const CONDITIONS = [
  ["Bool", "aws:SecureTransport", ["true", "false"]],
  ["BoolIfExists", "aws:MultiFactorAuthPresent", ["true", "false"]],
  ["StringEquals", "aws:PrincipalTag/team", ["notes", "Notes", "${aws:PrincipalTag/team}"]],
  ["StringNotEquals", "aws:PrincipalTag/team", ["notes", "x"]],
  ["StringEqualsIgnoreCase", "aws:PrincipalTag/team", ["NOTES", "x"]],
  ["StringNotEqualsIgnoreCase", "aws:PrincipalTag/team", ["NOTES", "x"]],
  ["StringLike", "aws:PrincipalTag/team", ["no*", "n?tes", "x*"]],
  ["StringNotLike", "aws:PrincipalTag/team", ["no*", "x*"]],
  ["StringEqualsIfExists", "aws:PrincipalTag/team", ["notes", "x"]],
  ["IpAddress", "aws:SourceIp", ["203.0.113.0/24", "10.0.0.0/8", "203.0.113.9"]],
  ["NotIpAddress", "aws:SourceIp", ["203.0.113.0/24", "10.0.0.0/8"]],
  ["DateLessThan", "aws:CurrentTime", ["2027-01-01T00:00:00Z", "2020-01-01T00:00:00Z"]],
  ["DateGreaterThanEquals", "aws:CurrentTime", ["2027-01-01T00:00:00Z", "2020-01-01T00:00:00Z"]],
  ["NumericLessThan", "aws:MultiFactorAuthAge", ["100", "10"]],
  ["NumericGreaterThanEquals", "aws:MultiFactorAuthAge", ["100", "60", "10"]],
  ["Null", "aws:PrincipalTag/team", ["true", "false"]],
  ["ArnLike", "aws:SourceArn", ["arn:aws:sns:*:*:news", "arn:aws:sns:us-east-1:*:*", "arn:aws:*"]],
  ["ArnNotEquals", "aws:SourceArn", ["arn:aws:sns:*:*:news", "arn:aws:sqs:*:*:*"]],
  ["ForAllValues:StringEquals", "aws:TagKeys", ["a", "b", "c"]],
  ["ForAnyValue:StringLike", "aws:TagKeys", ["a*", "c"]],
  ["ForAnyValue:StringNotEquals", "aws:TagKeys", ["a", "b"]],
];

function context() {
  const values = { "aws:SecureTransport": pick(["true", "false"]), "aws:CurrentTime": "2026-12-02T12:00:00Z" };
  const maybe = (key, items) => {
    if (chance(0.7)) values[key] = pick(items);
  };
  maybe("aws:PrincipalTag/team", ["notes", "other"]);
  maybe("aws:SourceIp", ["203.0.113.9", "10.1.2.3"]);
  maybe("aws:SourceArn", ["arn:aws:sns:us-east-1:111111111111:news", "arn:aws:sqs:us-east-1:111111111111:news"]);
  maybe("aws:MultiFactorAuthAge", ["60"]);
  if (chance(0.7)) values["aws:TagKeys"] = chance(0.5) ? ["a", "b"] : ["a"];
  return values;
}

function condition() {
  const found = {};
  for (let i = 0; i <= below(2); i += 1) {
    const [operator, key, values] = pick(CONDITIONS);
    found[operator] = { ...found[operator], [key]: some(values, 2) };
  }
  return found;
}

function statement(service, kind) {
  const made = { Effect: chance(0.75) ? "Allow" : "Deny" };
  if (kind === "resource") {
    const principal = chance(0.2) ? "*" : { AWS: some(NAMED, 2) };
    // A negated list is of use only in denials. The simulator does not take the ID of an account there for its root, as AWS does.
    if (made.Effect === "Deny" && chance(0.2)) made.NotPrincipal = { AWS: some(NAMED.filter((one) => one.startsWith("arn:")), 3) };
    else made.Principal = principal;
  }
  made[chance(0.85) ? "Action" : "NotAction"] = some(service.patterns, 2);
  made[chance(0.85) ? "Resource" : "NotResource"] = some(service.resources, 2);
  if (chance(0.35)) made.Condition = condition();
  return made;
}

function policy(service, kind) {
  const statements = [];
  for (let i = 0; i <= below(3); i += 1) statements.push(statement(service, kind));
  return { Version: "2012-10-17", Statement: statements };
}

function makeCase() {
  const service = pick(SERVICES);
  const principal = chance(0.1) ? "" : pick(PRINCIPALS);
  const made = {
    principal,
    action: pick(service.actions),
    arn: pick(service.arns).replace("${x}", "ann/1"),
    account: HERE,
    context: context(),
    identity: [],
    levels: [],
  };
  if (principal.includes(":user/")) made.context["aws:username"] = principal.split("/").at(-1);
  if (principal) {
    for (let i = 0; i < below(3); i += 1) made.identity.push(policy(service, "identity"));
    if (chance(0.25)) made.boundary = policy(service, "identity");
    if (chance(0.2)) made.levels.push([policy(service, "identity")]);
  }
  if (chance(0.6)) made.resource = policy(service, "resource");
  return made;
}

async function ask(made) {
  const named = (policies) => policies.map((one, index) => ({ name: String(index), policy: one }));
  const simulation = {
    request: {
      principal: made.principal || { type: "Anonymous" },
      action: made.action,
      resource: { resource: made.arn, accountId: made.account },
      contextVariables: made.context,
    },
    identityPolicies: named(made.identity),
    serviceControlPolicies: made.levels.map((level, index) => ({ orgIdentifier: `o-${index}`, policies: named(level) })),
    resourceControlPolicies: [],
    resourcePolicy: made.resource,
    permissionBoundaryPolicies: made.boundary ? named([made.boundary]) : undefined,
  };
  const result = await runSimulation(simulation, {});
  return result.resultType === "error" ? { error: JSON.stringify(result.errors).slice(0, 300) } : { answer: result.overallResult };
}

async function main() {
  const [mode, ...rest] = process.argv.slice(2);
  if (mode === "ask") {
    const [count, path] = rest;
    const lines = [];
    const refused = new Map();
    for (let i = 0; i < Number(count); i += 1) {
      const made = makeCase();
      const found = await ask(made);
      if (found.error) {
        refused.set(found.error, (refused.get(found.error) ?? 0) + 1);
        continue;
      }
      lines.push(JSON.stringify({ ...made, expected: found.answer === "Allowed" ? "yes" : "no" }));
    }
    for (const [error, times] of [...refused].slice(0, 5)) console.error(`${times} cases refused: ${error}`);
    writeFileSync(path, `${lines.join("\n")}\n`);
    return;
  }
  const read = (path) => readFileSync(path, "utf8").trimEnd().split("\n");
  const cases = read(rest[0]).map((line) => JSON.parse(line));
  const answers = read(rest[1]);
  let agreed = 0;
  let possible = 0;
  let allowed = 0;
  const differences = [];
  cases.forEach((one, index) => {
    if (one.expected === "yes") allowed += 1;
    if (answers[index] === one.expected) agreed += 1;
    else if (answers[index] === "possible") possible += 1;
    else differences.push({ ...one, ours: answers[index] });
  });
  console.log(`${cases.length} cases, ${allowed} allowed: ${agreed} agree, ${possible} possible here, ${differences.length} disagree`);
  for (const one of differences.slice(0, Number(process.env.SHOW ?? 3))) console.log(JSON.stringify(one, null, 1));
  process.exit(differences.length > 0 ? 1 : 0);
}

await main();
