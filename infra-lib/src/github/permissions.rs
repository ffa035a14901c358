//! Permissions of the roles of a delivery, except for the role of CloudFormation.

use super::boundary::bucket_arns;
use super::reading;
use crate::core::{Arn, IntoValue, Value, pseudo, sub};
use crate::iam::{Role, Statement};
use crate::kind;

/// Actions that read stacks and change sets.
const READ: &[&str] = &[
    "cloudformation:DescribeChangeSet",
    "cloudformation:DescribeChangeSetHooks",
    "cloudformation:DescribeEvents",
    "cloudformation:DescribeStackEvents",
    "cloudformation:DescribeStackResource*",
    "cloudformation:DescribeStacks",
    "cloudformation:DetectStackDrift",
    "cloudformation:DetectStackResourceDrift",
    "cloudformation:GetStackPolicy",
    "cloudformation:GetTemplate*",
    "cloudformation:ListChangeSets",
    "cloudformation:ListStackResources",
];

/// Read actions without resource-level permissions.
const READ_ANY: &[&str] = &[
    // Drift detection reads the configuration of resource types; those of AWS have none.
    "cloudformation:BatchDescribeTypeConfigurations",
    "cloudformation:DescribeStackDriftDetectionStatus",
    "cloudformation:GetHookResult",
    "cloudformation:ListExports",
    "cloudformation:ListHookResults",
    "cloudformation:ListImports",
    "cloudformation:ListStacks",
    "cloudformation:ValidateTemplate",
];

/// Permissions of one delivery.
pub(super) struct Permissions<'a> {
    /// Prefix of the names of the stacks.
    pub(super) prefix: &'a str,
    /// Regions of stacks, in addition to the region of the roles.
    pub(super) regions: &'a [String],
    /// The only role that is passed to CloudFormation.
    pub(super) execution: Value<Arn<kind::iam::Role>>,
}

impl Permissions<'_> {
    /// Returns the ARNs of resources of the stacks in every region with stacks, by the kind before the prefix and the
    /// text after it.
    fn arns_in_all_regions(&self, service: &str, kind: &str, rest: &str) -> Vec<Value<String>> {
        let here = pseudo::region();
        let others = self
            .regions
            .iter()
            .map(|region| region.clone().into_value());
        std::iter::once(here)
            .chain(others)
            .map(|region| {
                sub![
                    "arn:",
                    pseudo::partition(),
                    ":",
                    service,
                    ":",
                    region,
                    ":",
                    pseudo::account_id(),
                    ":",
                    kind,
                    self.prefix,
                    rest
                ]
            })
            .collect()
    }

    /// Allows a role to create change sets with the given name, with the execution role only, and to compare them
    /// with deployed resources.
    pub(super) fn grant_plan(&self, role: &Role<'_>, change_sets: &'static str) {
        let stacks = || self.arns_in_all_regions("cloudformation", "stack/", "*/*");
        role.add_statement(
            Statement::allow()
                .sid("Read")
                .actions(READ.iter().copied())
                .resources(stacks()),
        );
        role.add_statement(
            Statement::allow()
                .sid("ReadAny")
                .actions(READ_ANY.iter().copied())
                .resource("*"),
        );
        reading::grant_drift_detection(role, self.prefix);
        role.add_statement(
            Statement::allow()
                .sid("ReadReleases")
                .action("s3:GetObject")
                .resource(sub![bucket_arns(self.prefix), "/releases/*"]),
        );
        role.add_statement(
            Statement::allow()
                .sid("CreateChangeSets")
                .action("cloudformation:CreateChangeSet")
                .resources(stacks())
                .condition("StringLike", "cloudformation:ChangeSetName", change_sets)
                .condition(
                    "StringEquals",
                    "cloudformation:RoleArn",
                    self.execution.clone(),
                ),
        );
        // Required for change sets of stacks with tags; the action supports none of the conditions.
        role.add_statement(
            Statement::allow()
                .sid("TagStacks")
                .action("cloudformation:TagResource")
                .resources(stacks()),
        );
        role.add_statement(
            Statement::allow()
                .sid("DeleteChangeSets")
                .action("cloudformation:DeleteChangeSet")
                .resources(stacks())
                .condition("StringLike", "cloudformation:ChangeSetName", change_sets),
        );
        role.add_statement(
            Statement::allow()
                .sid("PassExecutionRole")
                .action("iam:PassRole")
                .resource(self.execution.clone())
                .condition(
                    "StringEquals",
                    "iam:PassedToService",
                    "cloudformation.amazonaws.com",
                ),
        );
    }

    /// Allows a role to execute change sets, run migrations, publish the site and read logs.
    pub(super) fn grant_deploy(&self, role: &Role<'_>) {
        let prefix = self.prefix;
        let stacks = || self.arns_in_all_regions("cloudformation", "stack/", "*/*");
        let tasks = Statement::allow()
            .sid("Tasks")
            .actions([
                "ecs:ContinueServiceDeployment",
                "ecs:DescribeServiceDeployments",
                "ecs:DescribeServiceRevisions",
                "ecs:DescribeServices",
                "ecs:DescribeTasks",
                "ecs:ListServiceDeployments",
                "ecs:ListTasks",
                "ecs:RunTask",
                "ecs:StopServiceDeployment",
                "ecs:StopTask",
            ])
            .resource("*");
        let clusters = self.arns_in_all_regions("ecs", "cluster/", "*").into_iter();
        let tasks = clusters.fold(tasks, |tasks, cluster| {
            tasks.condition("ArnLike", "ecs:cluster", cluster)
        });
        role.add_statement(
            Statement::allow()
                .sid("Deploy")
                .actions([
                    "cloudformation:CancelUpdateStack",
                    "cloudformation:ContinueUpdateRollback",
                    "cloudformation:ExecuteChangeSet",
                    "cloudformation:RollbackStack",
                    "cloudformation:SetStackPolicy",
                    "cloudformation:UpdateTerminationProtection",
                ])
                .resources(stacks()),
        );
        role.add_statement(tasks);
        role.add_statement(
            Statement::allow()
                .sid("TaskDefinitions")
                .actions(["ecs:DescribeTaskDefinition", "ecs:ListTaskDefinitions"])
                .resource("*"),
        );
        role.add_statement(
            Statement::allow()
                .sid("PassTaskRoles")
                .action("iam:PassRole")
                .resource(sub![
                    "arn:",
                    pseudo::partition(),
                    ":iam::",
                    pseudo::account_id(),
                    ":role/",
                    prefix,
                    "*"
                ])
                .condition(
                    "StringEquals",
                    "iam:PassedToService",
                    "ecs-tasks.amazonaws.com",
                ),
        );
        role.add_statement(
            Statement::allow()
                .sid("Logs")
                .actions([
                    "logs:FilterLogEvents",
                    "logs:GetLogEvents",
                    "logs:StartLiveTail",
                ])
                .resources(self.arns_in_all_regions("logs", "log-group:", "*")),
        );
        role.add_statement(
            Statement::allow()
                .sid("PublishSite")
                .actions([
                    "s3:DeleteObject",
                    "s3:GetObject",
                    "s3:ListBucket",
                    "s3:PutObject",
                ])
                .resource(bucket_arns(prefix)),
        );
        role.add_statement(
            Statement::allow()
                .sid("Invalidate")
                .actions([
                    "cloudfront:CreateInvalidation",
                    "cloudfront:GetDistribution",
                    "cloudfront:GetInvalidation",
                ])
                .resource(sub![
                    "arn:",
                    pseudo::partition(),
                    ":cloudfront::",
                    pseudo::account_id(),
                    ":distribution/*"
                ]),
        );
    }
}
