//! Permissions beyond those for the contents of the app, shared by the constructs that create roles for a pipeline.

use super::boundary::{self, in_regions};
use super::handlers::Contents;
use super::{DeliveryRoles, PermissionsBoundary, PermissionsBoundaryBuilder, undoing};
use crate::core::{Arn, Scope, Value, pseudo, sub};
use crate::iam::{ManagedPolicy, Role, Statement};
use crate::kind;
use crate::s3::ReleaseLog;

/// Implements the methods of a builder that has [`Parts`] in its field `parts`.
macro_rules! parts_of {
    ($builder:ident, $state:path) => {
        impl<S: $state> $builder<S> {
            /// Allows CloudFormation to deploy the resource types of another app, as
            /// [`DeliveryRolesBuilder::deploys_app`](crate::github::DeliveryRolesBuilder::deploys_app) does. Can be
            /// repeated.
            pub fn deploys_app(mut self, app: &crate::core::App) -> Self {
                self.parts.contents.add(app.root());
                self
            }

            /// Allows CloudFormation an action on any resource in the regions of the stacks, such as one that the
            /// handlers of a resource type need but do not declare. Can be repeated.
            pub fn deploys(mut self, action: impl Into<String>) -> Self {
                self.parts.deployed.push(action.into());
                self
            }

            /// Allows CloudFormation to pass roles of the app to a further service, such as `lambda.amazonaws.com`. Can
            /// be repeated. Default: the services that roles of the app trust.
            pub fn passes_roles_to(mut self, service: impl Into<String>) -> Self {
                self.parts.passed_to.push(service.into());
                self
            }

            /// Allows roles of the app a further action, as
            /// [`PermissionsBoundaryBuilder::permits`](crate::github::PermissionsBoundaryBuilder::permits) does. Can
            /// be repeated.
            pub fn permits(mut self, action: impl Into<String>) -> Self {
                self.parts.permitted.push(action.into());
                self
            }

            /// Allows the pipeline to publish assets, such as the code of functions, to the bucket and the repository of
            /// `cdk bootstrap`. Default: the stacks have no assets.
            ///
            /// A bucket of a bootstrap stack with an own key, or with another qualifier, needs statements in addition.
            pub fn publishes_assets(mut self) -> Self {
                self.parts.has_assets = true;
                self
            }

            /// Allows templates to read the parameters with a name in Parameter Store, as
            /// [`DeliveryRolesBuilder::reads_parameters`](crate::github::DeliveryRolesBuilder::reads_parameters)
            /// does. Can be repeated.
            pub fn reads_parameters(mut self, name: impl Into<String>) -> Self {
                self.parts.parameters.push(name.into());
                self
            }

            /// Adds a region of the stacks, in addition to the region of the roles, such as `us-east-1` for
            /// CloudFront. Can be repeated.
            pub fn stacks_in(mut self, region: impl Into<String>) -> Self {
                self.parts.regions.push(region.into());
                self
            }
        }
    };
}
pub(crate) use parts_of;

/// Parts of a delivery that do not depend on the CI service, with permissions beyond those for the contents of the
/// app.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// Contents of other apps that CloudFormation deploys.
    pub(crate) contents: Contents,
    /// Further actions that CloudFormation may use.
    pub(crate) deployed: Vec<String>,
    /// Further actions that roles of the app may use.
    pub(crate) permitted: Vec<String>,
    /// Further services to which roles of the app may be passed.
    pub(crate) passed_to: Vec<String>,
    /// Names of further parameters that templates read.
    pub(crate) parameters: Vec<String>,
    /// Whether the pipeline publishes assets.
    pub(crate) has_assets: bool,
    /// Regions of stacks, in addition to the region of the delivery.
    pub(crate) regions: Vec<String>,
}

impl Parts {
    /// Adds the boundary, the roles and the log of releases, and sets the boundary of all roles of the app. `roles`
    /// creates the roles within a boundary.
    #[track_caller]
    pub(crate) fn add_parts<'app>(
        &self,
        scope: Scope<'app>,
        prefix: &str,
        roles: impl FnOnce(Value<Arn<kind::iam::ManagedPolicy>>) -> DeliveryRoles<'app>,
    ) -> (DeliveryRoles<'app>, ReleaseLog<'app>) {
        let roles = roles(self.create_boundary(scope, prefix));
        // Referenced by name, because stacks of other regions cannot refer to the resource.
        boundary::limit_roles(scope.root(), PermissionsBoundary::arn_of(prefix));
        self.widen_permissions(prefix, &roles.execution(), &roles.execution_limit());
        let releases = ReleaseLog::builder().build(scope, "Releases");
        // The plan role lists the releases.
        releases.bucket().grant_read(&roles.plan());
        (roles, releases)
    }

    /// Adds the boundary of the app's roles and returns its ARN.
    #[track_caller]
    pub(super) fn create_boundary(
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

    /// Extends the permissions of the execution role beyond those for the contents of the app.
    pub(super) fn widen_permissions(
        &self,
        prefix: &str,
        role: &Role<'_>,
        limit: &ManagedPolicy<'_>,
    ) {
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
