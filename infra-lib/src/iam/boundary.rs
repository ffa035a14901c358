//! Permissions boundaries for every role and user of a scope.

use crate::cfn::iam::{CfnRoleProps, CfnUserProps};
use crate::core::{Arn, Construct, IntoValue, Value};
use crate::kind;

/// Sets the permissions boundary of every role and user in `scope`, at any depth, including those that are added later.
///
/// A role or user with a boundary of its own keeps it; otherwise, the innermost scope takes precedence. In the CDK, `PermissionsBoundary.of(scope)` replaces the
/// boundary of a role: remove it from the role for the same result.
///
/// ```
/// use infra_lib::iam::{ManagedPolicy, Principal, Role, Statement, apply_permissions_boundary};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let boundary = ManagedPolicy::builder()
///     .statement(Statement::allow().action("s3:*").resource("arn:aws:s3:::reports/*"))
///     .build(stack, "Boundary");
/// apply_permissions_boundary(stack, boundary.arn());
/// Role::builder().assumed_by(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Role");
/// let template = app.synth().stacks()[0].template.to_json();
/// assert!(template["Resources"]["Role1ABCC5F0"]["Properties"]["PermissionsBoundary"].is_object());
/// ```
///
/// AWS: [Permissions boundaries](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
#[track_caller]
pub fn apply_permissions_boundary<'app>(
    scope: impl Construct<'app>,
    policy: impl IntoValue<Arn<kind::iam::ManagedPolicy>>,
) {
    let scope = scope.scope();
    let for_roles: Value<Arn<kind::iam::ManagedPolicy>> = policy.into_value();
    let for_users = for_roles.clone();
    scope.default_each(move |role: CfnRoleProps| role.permissions_boundary(&for_roles));
    scope.default_each(move |user: CfnUserProps| user.permissions_boundary(&for_users));
}
