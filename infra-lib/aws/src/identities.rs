//! Roles, policies and identity providers, and subscriptions of topics: what a check of a delivery reads.

use std::fmt::Debug;

use async_trait::async_trait;
use serde_json::Value as JsonValue;

use super::ApiError;

/// A role.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Role {
    /// The name.
    pub name: String,
    /// The path, such as `/delivery/`.
    pub path: String,
    /// The policy that says who assumes it.
    pub trust: JsonValue,
    /// The ARN of its permissions boundary.
    pub boundary: Option<String>,
}

impl Role {
    /// A role without a permissions boundary.
    pub fn new(name: impl Into<String>, path: impl Into<String>, trust: JsonValue) -> Self {
        Self {
            name: name.into(),
            path: path.into(),
            trust,
            boundary: None,
        }
    }

    /// Sets the ARN of the permissions boundary.
    #[must_use]
    pub fn boundary(mut self, arn: Option<String>) -> Self {
        self.boundary = arn;
        self
    }
}

/// A subscription of a topic that nobody has confirmed.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct UnconfirmedSubscription {
    /// The ARN of the topic.
    pub topic: String,
    /// The mail address, or another endpoint.
    pub endpoint: String,
}

impl UnconfirmedSubscription {
    /// A subscription of a topic.
    pub fn new(topic: impl Into<String>, endpoint: impl Into<String>) -> Self {
        Self {
            topic: topic.into(),
            endpoint: endpoint.into(),
        }
    }
}

/// Identity and Access Management, which has no region.
#[async_trait]
pub trait Identities: Debug + Send + Sync {
    /// The ARNs of the identity providers of the account.
    async fn oidc_providers(&self) -> Result<Vec<String>, ApiError>;
    /// The audiences whose tokens an identity provider takes.
    async fn oidc_audiences(&self, provider: &str) -> Result<Vec<String>, ApiError>;
    /// The role of that name; `None` where there is none.
    async fn role(&self, name: &str) -> Result<Option<Role>, ApiError>;
    /// The names of the roles whose path and name begin with a text, such as `notes-` for `/notes-api` and `/notes-x/api`.
    async fn roles_named(&self, prefix: &str) -> Result<Vec<String>, ApiError>;
    /// The ARNs of the managed policies that are attached to a role.
    async fn attached_policies(&self, role: &str) -> Result<Vec<String>, ApiError>;
    /// The documents of the policies that are part of a role.
    async fn role_policies(&self, role: &str) -> Result<Vec<JsonValue>, ApiError>;
    /// The document of the default version of a managed policy; `None` where there is no such policy.
    async fn policy(&self, arn: &str) -> Result<Option<JsonValue>, ApiError>;
}

/// Simple Notification Service in a region.
#[async_trait]
pub trait Topics: Debug + Send + Sync {
    /// The subscriptions of the account that nobody has confirmed.
    async fn unconfirmed(&self) -> Result<Vec<UnconfirmedSubscription>, ApiError>;
}
