//! What the roles of a delivery may do, other than the one of CloudFormation.

use super::boundary::buckets;
use super::reading;
use crate::core::{Arn, IntoValue, Value, pseudo, sub};
use crate::iam::{Role, Statement};
use crate::kind;

/// What reads stacks and change sets and changes nothing.
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

/// What reads and knows no resource.
const READ_ANY: &[&str] = &[
    // Detection of drift asks for the settings of resource types, which those of AWS do not have.
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
    /// Regions of stacks beside that of the roles' own.
    pub(super) regions: &'a [String],
    /// The one role that is passed to CloudFormation.
    pub(super) execution: Value<Arn<kind::iam::Role>>,
}

impl Permissions<'_> {
    /// Resources of the stacks in every region that has some, by how their names begin and end.
    fn everywhere(&self, service: &str, kind: &str, rest: &str) -> Vec<Value<String>> {
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

    /// Change sets of that name, made with the execution role only, and what comparing them with what is there needs.
    pub(super) fn plan(&self, role: &Role<'_>, change_sets: &'static str) {
        let stacks = || self.everywhere("cloudformation", "stack/", "*/*");
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
        reading::permit(role, self.prefix, self.regions);
        role.add_statement(
            Statement::allow()
                .sid("ReadReleases")
                .action("s3:GetObject")
                .resource(sub![buckets(self.prefix), "/releases/*"]),
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
        // Change sets of stacks with tags demand it, and it knows none of the conditions.
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

    /// Execution of change sets, and what follows: migration, site, logs.
    pub(super) fn deploy(&self, role: &Role<'_>) {
        let prefix = self.prefix;
        let stacks = || self.everywhere("cloudformation", "stack/", "*/*");
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
        let clusters = self.everywhere("ecs", "cluster/", "*").into_iter();
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
                .resources(self.everywhere("logs", "log-group:", "*")),
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
                .resource(buckets(prefix)),
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
