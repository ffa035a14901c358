//! Constructs that permissions can be granted to.

use super::Role;

/// A construct that acts with a role of this app: a role, a task definition, a service.
///
/// ```
/// use infra_lib::iam::{Principal, Role};
/// use infra_lib::{App, Stack, kms::Key};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let role = Role::builder()
///     .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
///     .build(stack, "Role");
/// Key::builder().build(stack, "Key").grant_decrypt(&role);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given permissions",
    label = "this is neither a role of the app nor a construct with a role",
    note = "permissions can be granted to a `Role`, a task definition or a service",
    note = "the policies of an imported role are managed where the role is defined: add the statement there"
)]
pub trait Grantable<'app> {
    /// Returns the role that receives the permissions.
    fn grantee(&self) -> Role<'app>;
}

impl<'app, G: Grantable<'app>> Grantable<'app> for &G {
    fn grantee(&self) -> Role<'app> {
        (**self).grantee()
    }
}
