//! Principals: the users of a role or resource.

use std::borrow::Cow;

use super::statement::{add_condition, one_or_many, push_unique};
use crate::core::{Arn, Data, IntoValue, Map, pseudo, sub};
use crate::kind;

/// A principal that may assume a role or use a resource.
///
/// ```
/// use infra_lib::iam::Principal;
///
/// let tasks = Principal::service("ecs-tasks.amazonaws.com");
/// let partner = Principal::account("111122223333").external_id("notes-42");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Principal {
    kind: &'static str,
    value: Data,
    assume_action: &'static str,
    conditions: Map,
}

impl Principal {
    fn new(kind: &'static str, value: Data) -> Self {
        Self {
            kind,
            value,
            assume_action: "sts:AssumeRole",
            conditions: Map::new(),
        }
    }

    /// Returns an AWS service, such as `ecs-tasks.amazonaws.com`.
    pub fn service(name: impl IntoValue<String>) -> Self {
        Self::new("Service", name.into_value().into_data())
    }

    /// Returns every principal of an account that has the permission in its own policies as well.
    pub fn account(account_id: impl IntoValue<String>) -> Self {
        let root = sub![
            "arn:",
            pseudo::partition(),
            ":iam::",
            account_id.into_value(),
            ":root"
        ];
        Self::new("AWS", root.into_data())
    }

    /// Returns the principals of the account that the stack is deployed to.
    pub fn this_account() -> Self {
        Self::account(pseudo::account_id())
    }

    /// Returns a role, user or session by its ARN.
    pub fn arn(arn: impl IntoValue<String>) -> Self {
        Self::new("AWS", arn.into_value().into_data())
    }

    /// Returns an identity provider by its ARN, as for SAML.
    pub fn federated(provider_arn: impl IntoValue<String>) -> Self {
        Self::new("Federated", provider_arn.into_value().into_data())
    }

    /// Returns every identity of an OpenID Connect provider. Narrow it with conditions on the claims of the token.
    pub fn oidc(provider: impl IntoValue<Arn<kind::iam::OidcProvider>>) -> Self {
        let mut principal = Self::new("Federated", provider.into_value().into_data());
        principal.assume_action = "sts:AssumeRoleWithWebIdentity";
        principal
    }

    /// Returns every user of a SAML provider. Narrow it with conditions on the assertion, such as `SAML:aud`.
    pub fn saml(provider: impl IntoValue<Arn<kind::iam::SamlProvider>>) -> Self {
        let mut principal = Self::new("Federated", provider.into_value().into_data());
        principal.assume_action = "sts:AssumeRoleWithSAML";
        principal
    }

    /// Returns the identities of a web identity provider that IAM knows by its name, such as
    /// `cognito-identity.amazonaws.com`. Narrow it with conditions on the claims of the token.
    pub fn web_identity(provider: impl IntoValue<String>) -> Self {
        let mut principal = Self::new("Federated", provider.into_value().into_data());
        principal.assume_action = "sts:AssumeRoleWithWebIdentity";
        principal
    }

    /// Returns any principal, including anonymous ones; for statements that deny, and for permissions with
    /// conditions.
    pub fn any() -> Self {
        Self::new("AWS", Data::from("*"))
    }

    /// Adds a condition that requests of the principal must meet.
    pub fn condition(
        mut self,
        operator: impl Into<Cow<'static, str>>,
        key: impl Into<String>,
        value: impl IntoValue<String>,
    ) -> Self {
        let value = value.into_value().into_data();
        add_condition(&mut self.conditions, &operator.into(), key.into(), value);
        self
    }

    /// Requires an external ID, which protects against the confused deputy problem with third parties.
    ///
    /// See [the confused deputy problem](https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html).
    pub fn external_id(self, id: impl IntoValue<String>) -> Self {
        self.condition("StringEquals", "sts:ExternalId", id)
    }

    /// Requires that a service acts for this account, which protects against the confused deputy problem across
    /// accounts.
    pub fn for_this_account(self) -> Self {
        self.condition("StringEquals", "aws:SourceAccount", pseudo::account_id())
    }

    /// Returns the conditions as operator, key and value.
    pub(super) fn conditions(&self) -> impl Iterator<Item = (&str, &str, &Data)> {
        self.conditions.iter().flat_map(|(operator, keys)| {
            let keys = keys.as_map().into_iter().flat_map(Map::iter);
            keys.map(move |(key, value)| (operator, key, value))
        })
    }

    /// Returns the action with which the principal assumes a role.
    pub(super) const fn assume_action(&self) -> &'static str {
        self.assume_action
    }

    /// Returns `true` if both principals can share a statement.
    pub(super) fn same_terms(&self, other: &Self) -> bool {
        self.assume_action == other.assume_action && self.conditions == other.conditions
    }

    /// Returns the `Principal` element of a statement.
    pub(super) fn render_all(principals: &[Self]) -> Map {
        let mut map = Map::new();
        for principal in principals {
            let mut values = map
                .remove(principal.kind)
                .map(super::statement::to_list)
                .unwrap_or_default();
            push_unique(&mut values, principal.value.clone());
            map.insert(principal.kind, one_or_many(values));
        }
        map
    }
}

impl Principal {
    /// Returns the account of a principal whose ARN is a literal, or `None` if it is unknown.
    pub(super) fn account_id(&self) -> Option<String> {
        let arn = self.value.as_text()?;
        let account = arn.split(':').nth(4)?;
        (account.len() == 12).then(|| account.to_owned())
    }
}

impl std::fmt::Display for Principal {
    /// Writes the principal for a message, such as `the service "events.amazonaws.com"`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match self.kind {
            "Service" => "the service",
            "Federated" => "the identity provider",
            _ => "the principal",
        };
        match self.value.as_text() {
            Some(text) => write!(f, "{kind} `{text}`"),
            None => f.write_str(kind),
        }
    }
}

impl From<Principal> for Vec<Principal> {
    fn from(principal: Principal) -> Self {
        vec![principal]
    }
}
