//! Policies with which services write to log groups.

use crate::cfn::logs::{CfnResourcePolicy, CfnResourcePolicyProps};
use crate::core::{Scope, value};
use crate::iam::{PolicyDocument, PolicyUse, Statement};
use crate::unique_name::unique_name;

/// ID of the resource, as in the CDK.
const RESOURCE: &str = "ResourcePolicy";

crate::construct! {
    /// A policy of CloudWatch Logs that lets services write to log groups of this account and region.
    ///
    /// Creates an
    /// [`AWS::Logs::ResourcePolicy`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-resourcepolicy.html).
    /// An account has at most 10 of them in a region, so that one policy for several services saves the others. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name | from stack and construct | required |
    ///
    /// ```
    /// use infra_lib::iam::{Principal, Statement};
    /// use infra_lib::logs::{LogGroup, LogResourcePolicy};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let logs = LogGroup::builder().build(stack, "Logs");
    /// LogResourcePolicy::builder()
    ///     .statement(
    ///         Statement::allow()
    ///             .principal(Principal::service("route53.amazonaws.com").for_this_account())
    ///             .actions(["logs:CreateLogStream", "logs:PutLogEvents"])
    ///             .resource(logs.arn()),
    ///     )
    ///     .build(stack, "Policy");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct LogResourcePolicy<'app>: "infra-lib.logs.LogResourcePolicy" {
        resource: CfnResourcePolicy<'app>,
    }

    /// Properties of a [`LogResourcePolicy`], set through [`LogResourcePolicy::builder`].
    pub struct LogResourcePolicyProps, LogResourcePolicyBuilder, log_resource_policy_builder {
        /// Statements of the policy.
        list statements: Statement,
        /// Name of the policy, unique in account and region. Default: one from stack and construct.
        text policy_name,
    }
}

impl<S: log_resource_policy_builder::State> LogResourcePolicyBuilder<'_, S> {
    /// Adds a statement with principals, actions and ARNs of log groups.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }
}

impl<'app> LogResourcePolicy<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: LogResourcePolicyProps<'app>) -> Self {
        let name = props
            .policy_name
            .unwrap_or_else(|| value(unique_name(scope, RESOURCE, 255)));
        let mut document = PolicyDocument::new();
        for statement in props.statements {
            statement.check_complete(PolicyUse::Resource, scope);
            document.add(statement);
        }
        let resource = CfnResourcePolicyProps::new(document, name).build(scope, RESOURCE);
        Self { scope, resource }
    }

    /// Returns the L1 binding of the policy.
    pub fn cfn(&self) -> CfnResourcePolicy<'app> {
        self.resource
    }
}
