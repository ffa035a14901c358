//! Roles that exist already.

use std::panic::Location;

use super::{Grantable, Grantee, Identity, ManagedPolicy, Principal, Role, Statement};
use crate::core::{Arn, Construct, Diagnostic, IntoValue, Name, codes};
use crate::import::arn_name;
use crate::kind;

crate::import! {
    /// An existing role, from [`Role::from_arn`].
    ///
    /// The policies of the role do not belong to this app. Grants go into the policy of the resource; a resource without one is
    /// reported (`INF4608`). A construct that acts with the role reports the permissions that it needs (`INF4611`).
    ///
    /// ```
    /// # use infra_lib::{App, Stack, iam::Role, kms::Key};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let role = Role::from_arn(stack, "Deploy", "arn:aws:iam::111122223333:role/deploy");
    /// Key::builder().build(stack, "Key").grant_decrypt(&role);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedRole<'app>: "infra-lib.iam.ImportedRole" {
        /// Returns the ARN of the role.
        arn: Arn<kind::iam::Role>,
        /// Returns the physical name of the role, the last part of the ARN. An ARN that is known at deployment only must
        /// have the path `/`.
        role_name: Name<kind::iam::Role>,
    }

    /// A role of the app or an existing one, from [`AsRole::as_role`].
    pub enum RoleRef of Role;

    /// A role for builders: a [`Role`] or an [`ImportedRole`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no role",
        label = "a `Role` or an `ImportedRole` is needed here",
        note = "`Role::from_arn` imports an existing role"
    )]
    pub trait AsRole::as_role;
}

impl<'app> Role<'app> {
    /// Imports an existing role by its ARN. Its policies do not belong to this app.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::iam::Role>>,
    ) -> ImportedRole<'app> {
        let arn = arn.into_value();
        let name = arn_name(&arn);
        ImportedRole::import(scope, id, arn, name)
    }
}

impl<'app> Grantable<'app> for ImportedRole<'app> {
    fn grantee(&self) -> Grantee<'app> {
        Grantee::of_imported(self.scope(), Principal::arn(self.arn()))
    }
}

impl RoleRef<'_> {
    /// Adds a statement to the inline policy of a role of the app. For an imported role, the statement is reported
    /// (`INF4611`), since the policies of the role belong to another app.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) {
        match self {
            Self::Own(role) => role.add_statement(statement),
            Self::Imported(role) => {
                let missing = format!("must allow {}", statement.describe());
                report_missing(*role, &missing, Location::caller());
            }
        }
    }

    /// Attaches a managed policy of AWS to a role of the app, by name. For an imported role, the policy is reported (`INF4611`).
    #[track_caller]
    pub(crate) fn add_aws_managed_policy(&self, name: &str) {
        match self {
            Self::Own(role) => role.add_managed_policy(ManagedPolicy::aws(name)),
            Self::Imported(role) => {
                let missing = format!("must include the managed policy `{name}`");
                report_missing(*role, &missing, Location::caller());
            }
        }
    }
}

impl<'app> Grantable<'app> for RoleRef<'app> {
    fn grantee(&self) -> Grantee<'app> {
        match self {
            Self::Own(role) => role.grantee(),
            Self::Imported(role) => role.grantee(),
        }
    }
}

/// Permissions on an imported resource that an imported role would need are reported (`INF4608`).
impl<'app> Identity<'app> for RoleRef<'app> {}

fn report_missing(role: ImportedRole<'_>, missing: &str, origin: &'static Location<'static>) {
    let diagnostic = Diagnostic::new(
        codes::IMPORTED_ROLE_POLICY,
        format!("the policies of an imported role {missing}"),
    )
    .origin(origin)
    .note("the policies belong to the app that creates the role, and this app cannot change them")
    .help("add the permissions where the role is created, then acknowledge this finding; or leave the role out, and a role with these permissions is created")
    .url("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html");
    role.scope().report(match role.arn().as_literal() {
        Some(arn) => diagnostic.actual(arn),
        None => diagnostic,
    });
}
