//! Existing user pools.

use super::grants::{MANAGE_USERS, READ_USERS};
use crate::core::intrinsics::{select, split};
use crate::core::{Arn, Id, IntoValue, Resource, Value, pseudo, sub, value};
use crate::iam::{Grant, Identity};
use crate::kind;

/// An existing user pool, from [`UserPool::from_id`](super::UserPool::from_id) or
/// [`UserPool::from_arn`](super::UserPool::from_arn).
#[derive(Clone, Debug)]
pub struct ImportedUserPool {
    arn: Value<Arn<kind::cognito::UserPool>>,
    id: Value<Id<kind::cognito::UserPool>>,
    region: Value<String>,
}

impl ImportedUserPool {
    pub(super) fn from_id(id: Value<Id<kind::cognito::UserPool>>) -> Self {
        Self {
            arn: arn_of(&id).cast(),
            id,
            region: pseudo::region(),
        }
    }

    pub(super) fn from_arn(arn: Value<Arn<kind::cognito::UserPool>>) -> Self {
        let (id, region): (Value<Id<kind::cognito::UserPool>>, Value<String>) =
            match arn.as_literal() {
                Some(text) => (
                    value(text.rsplit('/').next().unwrap_or(text)),
                    value(text.split(':').nth(3).unwrap_or_default()),
                ),
                None => (
                    select::<String>(1, split("/", &arn)).cast(),
                    select(3, split(":", &arn)),
                ),
            };
        Self { arn, id, region }
    }

    /// Returns the ARN of the user pool.
    pub fn arn(&self) -> Value<Arn<kind::cognito::UserPool>> {
        self.arn.clone()
    }

    /// Returns the ID of the user pool.
    pub fn user_pool_id(&self) -> Value<Id<kind::cognito::UserPool>> {
        self.id.clone()
    }

    /// Returns the name of the pool as a provider of identities: `cognito-idp.<region>.amazonaws.com/<ID>`.
    pub fn provider_name(&self) -> Value<String> {
        sub![
            "cognito-idp.",
            self.region.clone(),
            ".amazonaws.com/",
            self.id.clone()
        ]
    }

    /// Returns the issuer of the tokens, which authorizers for JSON Web Tokens compare with the claim `iss`.
    pub fn issuer_url(&self) -> Value<String> {
        sub!["https://", self.provider_name()]
    }

    /// Allows an identity of the app to perform actions on the user pool.
    #[track_caller]
    pub fn grant<'app>(
        &self,
        to: &impl Identity<'app>,
        actions: impl IntoIterator<Item = &'static str>,
    ) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), actions)
    }

    /// Allows an identity of the app to read users and groups.
    #[track_caller]
    pub fn grant_read_users<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        self.grant(to, READ_USERS)
    }

    /// Allows an identity of the app to create, change and delete users, and to put them into groups.
    #[track_caller]
    pub fn grant_manage_users<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        self.grant(to, MANAGE_USERS)
    }
}

/// Returns the ID of the user pool to which a client or domain belongs.
pub(super) fn pool_of(member: Resource<'_>) -> Value<Id<kind::cognito::UserPool>> {
    let id = member.prop("UserPoolId");
    Value::from_data(id.expect("every client and domain is made with its pool"))
}

/// Returns the ARN of the user pool with an ID in this account and region.
pub(super) fn arn_of(id: &Value<Id<kind::cognito::UserPool>>) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":cognito-idp:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":userpool/",
        id.clone()
    ]
}

impl IntoValue<Id<kind::cognito::UserPool>> for ImportedUserPool {
    fn into_value(self) -> Value<Id<kind::cognito::UserPool>> {
        self.id
    }
}

impl IntoValue<Id<kind::cognito::UserPool>> for &ImportedUserPool {
    fn into_value(self) -> Value<Id<kind::cognito::UserPool>> {
        self.user_pool_id()
    }
}
