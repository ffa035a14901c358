// Runs the cdk-nag AwsSolutions pack over templates and prints its findings as JSON.
//
// usage: INFRA_NODE_MODULES=… node nag.mjs TEMPLATE...
//   prints [{template, rule, level, resource, message}], `resource` being a logical id
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const modules = process.env.INFRA_NODE_MODULES;
const require = createRequire(join(modules, "package.json"));
const { App, CfnResource, Stack } = require("aws-cdk-lib");
const { CfnInclude } = require("aws-cdk-lib/cloudformation-include");
const { AwsSolutionsChecks } = require(join(modules, "../security/node_modules/cdk-nag"));

/** CfnInclude does not know `Fn::GetStackOutput`: a parameter is as opaque, and every rule accepts one. */
function withParameters(template) {
  const parameters = { ...template.Parameters };
  const replaced = (value) => {
    if (Array.isArray(value)) return value.map(replaced);
    if (value === null || typeof value !== "object") return value;
    if ("Fn::GetStackOutput" in value) {
      const name = `FromOtherStack${Object.keys(parameters).length}`;
      parameters[name] = { Type: "String" };
      return { Ref: name };
    }
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, replaced(v)]));
  };
  return { ...replaced(template), Parameters: parameters };
}

const folder = mkdtempSync(join(tmpdir(), "nag-"));
const findings = [];
for (const [index, file] of process.argv.slice(2).entries()) {
  const templateFile = join(folder, `${index}.json`);
  writeFileSync(templateFile, JSON.stringify(withParameters(JSON.parse(readFileSync(file, "utf8")))));
  const app = new App({ outdir: join(folder, "out") });
  const stack = new Stack(app, "Stack");
  new CfnInclude(stack, "Template", { templateFile });
  const logicalIds = new Map(stack.node.findAll().filter(CfnResource.isCfnResource).map((r) => [r.node.path, stack.resolve(r.logicalId)]));
  if (logicalIds.size === 0) throw new Error(`${file} has no resources`);
  const report = new AwsSolutionsChecks().validateScope(app);
  for (const violation of report.violations) {
    for (const { constructPath } of violation.violatingResources) {
      const resource = logicalIds.get(constructPath) ?? constructPath;
      findings.push({ template: file, rule: violation.ruleName, level: violation.severity, resource, message: violation.description });
    }
  }
}
rmSync(folder, { recursive: true });
console.log(JSON.stringify(findings, null, 1));
