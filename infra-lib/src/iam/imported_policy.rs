//! Customer managed policies that exist already.

use super::ManagedPolicy;
use super::imported_group::{NAME_CHARACTERS, arn_in_account, check_name};
use crate::core::{Arn, Construct, IntoValue, Name};
use crate::import::{ArnForm, into_arn};
use crate::kind;

const ARN: ArnForm = ArnForm::new(
    "iam",
    "policy/",
    "the ARN of a managed policy, `arn:aws:iam::ACCOUNT:policy/NAME`, or `aws` in place of the account",
);

crate::import! {
    /// An existing managed policy, from [`ManagedPolicy::from_arn`] or [`ManagedPolicy::from_name`].
    ///
    /// Roles, users and groups take it as a policy and as a permissions boundary; its statements belong to the app that creates
    /// it. [`ManagedPolicy::aws`] returns one of AWS by its name.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, iam::{Group, ManagedPolicy, User}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let boundary = ManagedPolicy::from_name(stack, "Boundary", "developer-boundary");
    /// let audit = ManagedPolicy::from_arn(stack, "Audit", "arn:aws:iam::111122223333:policy/teams/audit");
    /// User::builder().permissions_boundary(boundary).managed_policy(audit).build(stack, "Auditor");
    /// Group::builder().managed_policy(audit).build(stack, "Auditors");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// AWS: [Managed policies](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html).
    pub struct ImportedManagedPolicy<'app>: "infra-lib.iam.ImportedManagedPolicy" {
        /// Returns the ARN of the policy.
        arn: Arn<kind::iam::ManagedPolicy>,
    }
}

impl<'app> ManagedPolicy<'app> {
    /// Imports an existing managed policy by its ARN, also one of AWS or with a path. Another literal is reported (`INF8026`).
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::iam::ManagedPolicy>>,
    ) -> ImportedManagedPolicy<'app> {
        let arn = arn.into_value();
        let policy = ImportedManagedPolicy::import(scope, id, arn.clone());
        ARN.check(&policy, &arn);
        policy
    }

    /// Imports an existing customer managed policy of the account by its name; its path is `/`. A literal with other characters
    /// than a name has is reported (`INF8026`).
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::iam::ManagedPolicy>>,
    ) -> ImportedManagedPolicy<'app> {
        let name = name.into_value();
        let arn = arn_in_account("policy/", &name);
        let policy = ImportedManagedPolicy::import(scope, id, arn.cast());
        check_name(&policy, &name, "a managed policy", NAME_CHARACTERS);
        policy
    }
}

into_arn!(kind::iam::ManagedPolicy: ManagedPolicy, ImportedManagedPolicy);
