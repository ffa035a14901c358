//! The traits [`Identities`] and [`Topics`] with the read operations that a check of a delivery uses: IAM roles, policies and OIDC providers, and SNS
//! subscriptions.

use std::fmt::Debug;

use async_trait::async_trait;
use serde_json::Value as JsonValue;

use super::ApiError;

/// An IAM role with its trust policy and permissions boundary, as returned by `GetRole`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Role {
    /// Name of the role, unique within the account regardless of its path.
    pub name: String,
    /// Path of the role, for example `/delivery/`, or `/` for a role without one.
    pub path: String,
    /// Trust policy as JSON, which lists the principals that may assume the role.
    pub trust: JsonValue,
    /// ARN of the policy that is the permissions boundary of the role, or `None` for a role without one.
    pub boundary: Option<String>,
}

impl Role {
    /// Creates a role without a permissions boundary from its name, path and trust policy.
    pub fn new(name: impl Into<String>, path: impl Into<String>, trust: JsonValue) -> Self {
        Self {
            name: name.into(),
            path: path.into(),
            trust,
            boundary: None,
        }
    }

    /// Sets the ARN of the policy that is the permissions boundary, or removes it with `None`.
    #[must_use]
    pub fn boundary(mut self, arn: Option<String>) -> Self {
        self.boundary = arn;
        self
    }
}

/// An SNS subscription whose endpoint has not confirmed it. It receives no notifications until then.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct UnconfirmedSubscription {
    /// ARN of the topic to which the endpoint is subscribed once it confirms.
    pub topic: String,
    /// Endpoint of the subscription: an email address, a URL, a phone number or an ARN.
    pub endpoint: String,
}

impl UnconfirmedSubscription {
    /// Creates a subscription from the ARN of its topic and its endpoint, for implementations of [`Topics`].
    pub fn new(topic: impl Into<String>, endpoint: impl Into<String>) -> Self {
        Self {
            topic: topic.into(),
            endpoint: endpoint.into(),
        }
    }
}

/// AWS Identity and Access Management (IAM), which is global within a partition. Methods read every page of a list.
#[async_trait]
pub trait Identities: Debug + Send + Sync {
    /// Returns the ARNs of the OpenID Connect (OIDC) providers of the account (`ListOpenIDConnectProviders`).
    async fn list_oidc_providers(&self) -> Result<Vec<String>, ApiError>;
    /// Returns the audiences (client IDs) that an OIDC provider accepts, by its ARN (`GetOpenIDConnectProvider`).
    async fn list_oidc_audiences(&self, provider: &str) -> Result<Vec<String>, ApiError>;
    /// Returns the role with the given name, or `None` if it does not exist.
    async fn get_role(&self, name: &str) -> Result<Option<Role>, ApiError>;
    /// Returns the names of the roles whose path and name start with a prefix: `notes-` matches `/notes-api` and `/notes-x/api`.
    async fn list_roles_by_prefix(&self, prefix: &str) -> Result<Vec<String>, ApiError>;
    /// Returns the ARNs of the managed policies attached to the role with the given name (`ListAttachedRolePolicies`).
    async fn list_attached_policies(&self, role: &str) -> Result<Vec<String>, ApiError>;
    /// Returns the documents of the inline policies of the role with the given name (`ListRolePolicies`, `GetRolePolicy`).
    async fn list_role_policies(&self, role: &str) -> Result<Vec<JsonValue>, ApiError>;
    /// Returns the default version of a managed policy, or `None` if the policy does not exist.
    async fn get_policy(&self, arn: &str) -> Result<Option<JsonValue>, ApiError>;
}

/// Amazon Simple Notification Service (SNS) in one region. Methods read every page of a list.
#[async_trait]
pub trait Topics: Debug + Send + Sync {
    /// Returns the subscriptions of the account in the region that are not confirmed (`ListSubscriptions`).
    async fn list_unconfirmed(&self) -> Result<Vec<UnconfirmedSubscription>, ApiError>;
}
