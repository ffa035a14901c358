//! Permissions that an app needs beyond those of the reference architecture, for every construct that makes roles for a pipeline.

use super::boundary::{self, in_regions};
use super::{DeliveryRoles, PermissionsBoundary, PermissionsBoundaryBuilder, undoing};
use crate::core::{Arn, Scope, Value, pseudo, sub};
use crate::iam::{ManagedPolicy, Role, Statement};
use crate::kind;
use crate::s3::ReleaseLog;

/// Methods of a builder that has [`Parts`] in its field `parts`.
macro_rules! parts_of {
    ($builder:ident, $state:path) => {
        impl<S: $state> $builder<S> {
            /// Lets CloudFormation use an action, such as `sqs:*`, on any resource in the regions of the stacks. Can be repeated.
            pub fn deploys(mut self, action: impl Into<String>) -> Self {
                self.parts.deployed.push(action.into());
                self
            }

            /// Lets CloudFormation pass roles of the app to a service, such as `lambda.amazonaws.com`. Can be repeated.
            pub fn passes_roles_to(mut self, service: impl Into<String>) -> Self {
                self.parts.passed_to.push(service.into());
                self
            }

            /// Permits an action more to roles of the app, as
            /// [`PermissionsBoundaryBuilder::permits`](crate::github::PermissionsBoundaryBuilder::permits) does. Can be repeated.
            pub fn permits(mut self, action: impl Into<String>) -> Self {
                self.parts.permitted.push(action.into());
                self
            }

            /// Lets templates read parameters of that name in Parameter Store, as
            /// [`DeliveryRolesBuilder::reads_parameters`](crate::github::DeliveryRolesBuilder::reads_parameters) does. Can be repeated.
            pub fn reads_parameters(mut self, name: impl Into<String>) -> Self {
                self.parts.parameters.push(name.into());
                self
            }

            /// Names a region that stacks are in, beside that of the roles' own, such as `us-east-1` for what CloudFront uses.
            /// Can be repeated.
            pub fn stacks_in(mut self, region: impl Into<String>) -> Self {
                self.parts.regions.push(region.into());
                self
            }
        }
    };
}
pub(crate) use parts_of;

/// Parts of a delivery that are the same whoever runs the pipeline, with permissions beyond those of the reference architecture.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// Actions that CloudFormation may use, beside those of the reference architecture.
    pub(crate) deployed: Vec<String>,
    /// Actions that roles of the app may use, beside those of running services.
    pub(crate) permitted: Vec<String>,
    /// Services that roles of the app are for, beside those of the reference architecture.
    pub(crate) passed_to: Vec<String>,
    /// Names of parameters that templates read, beside those of the app and of AWS.
    pub(crate) parameters: Vec<String>,
    /// Regions of stacks, beside that of the delivery.
    pub(crate) regions: Vec<String>,
}

impl Parts {
    /// Adds boundary, roles and log of releases, and limits the roles of the whole app. `roles` makes the roles within a boundary.
    #[track_caller]
    pub(crate) fn add<'app>(
        &self,
        scope: Scope<'app>,
        prefix: &str,
        roles: impl FnOnce(Value<Arn<kind::iam::ManagedPolicy>>) -> DeliveryRoles<'app>,
    ) -> (DeliveryRoles<'app>, ReleaseLog<'app>) {
        let roles = roles(self.boundary(scope, prefix));
        // By its name: stacks of other regions cannot refer to it.
        boundary::limit_roles(scope.root(), PermissionsBoundary::arn_of(prefix));
        self.widen(prefix, &roles.execution(), &roles.execution_limit());
        let releases = ReleaseLog::builder().build(scope, "Releases");
        // Whoever plans shows which releases there are.
        releases.bucket().grant_read(&roles.plan());
        (roles, releases)
    }

    /// Adds the boundary of the roles of the app, and returns its ARN.
    #[track_caller]
    pub(super) fn boundary(
        &self,
        scope: Scope<'_>,
        prefix: &str,
    ) -> Value<Arn<kind::iam::ManagedPolicy>> {
        undoing::report_undoing(scope, &self.deployed);
        let start = PermissionsBoundary::builder();
        let start = self
            .permitted
            .iter()
            .fold(start, PermissionsBoundaryBuilder::permits);
        let start = self
            .regions
            .iter()
            .fold(start, PermissionsBoundaryBuilder::stacks_in);
        start.stack_prefix(prefix).build(scope, "Boundary").arn()
    }

    /// Lets the execution role do more than what the reference architecture needs.
    pub(super) fn widen(&self, prefix: &str, role: &Role<'_>, limit: &ManagedPolicy<'_>) {
        if !self.deployed.is_empty() {
            let more = || {
                Statement::allow()
                    .sid("More")
                    .actions(self.deployed.clone())
                    .resource("*")
            };
            role.add_statement(in_regions(more(), &self.regions));
            limit.add_statement(more());
        }
        if !self.passed_to.is_empty() {
            let pass = || {
                let roles = sub![
                    "arn:",
                    pseudo::partition(),
                    ":iam::",
                    pseudo::account_id(),
                    ":role/",
                    prefix,
                    "*"
                ];
                let statement = Statement::allow()
                    .sid("PassMoreRoles")
                    .action("iam:PassRole")
                    .resource(roles);
                self.passed_to.iter().fold(statement, |statement, service| {
                    statement.condition("StringEquals", "iam:PassedToService", service.clone())
                })
            };
            role.add_statement(pass());
            limit.add_statement(pass());
        }
    }
}
