//! Choice of the role of a user by claims.

use crate::cfn::cognito::identity_pool_role_attachment::{
    MappingRule, MappingRuleRequired, RoleMapping as CfnRoleMapping, RulesConfigurationType,
};
use crate::core::{IntoValue, Value, value};
use crate::iam::AsRole;

/// Comparison of a claim with a text.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ClaimMatch {
    /// The claim is the text.
    Equals,
    /// The claim contains the text.
    Contains,
    /// The claim begins with the text.
    StartsWith,
    /// The claim differs from the text.
    NotEqual,
}

impl ClaimMatch {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Equals => "Equals",
            Self::Contains => "Contains",
            Self::StartsWith => "StartsWith",
            Self::NotEqual => "NotEqual",
        }
    }
}

/// Choice of the role for users of one identity provider. Users for whom it is ambiguous are refused, unless
/// [`default_role_if_ambiguous`](Self::default_role_if_ambiguous) gives them the role for authenticated users.
///
/// See [role-based access
/// control](https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html).
#[derive(Clone, Debug)]
pub struct RoleMapping {
    pub(super) key: String,
    provider: Value<String>,
    kind: &'static str,
    rules: Vec<MappingRule>,
    is_lenient: bool,
}

impl RoleMapping {
    /// Creates a mapping by the role in the token, that of the user's group. `key` is unique in the identity pool, and
    /// `provider` is the provider with its client: `cognito-idp.<region>.amazonaws.com/<pool>:<client>`.
    pub fn from_token(key: impl Into<String>, provider: impl IntoValue<String>) -> Self {
        Self {
            key: key.into(),
            provider: provider.into_value(),
            kind: "Token",
            rules: Vec::new(),
            is_lenient: false,
        }
    }

    /// Creates a mapping by rules, of which the first that matches applies, with the first rule.
    pub fn from_rule<'a>(
        key: impl Into<String>,
        provider: impl IntoValue<String>,
        claim: &str,
        comparison: ClaimMatch,
        text: &str,
        role: &impl AsRole<'a>,
    ) -> Self {
        let mut mapping = Self::from_token(key, provider);
        mapping.kind = "Rules";
        mapping.push(claim, comparison, text, role);
        mapping
    }

    /// Adds a rule to a mapping by rules. A mapping by tokens becomes one by rules.
    pub fn rule<'a>(
        mut self,
        claim: &str,
        comparison: ClaimMatch,
        text: &str,
        role: &impl AsRole<'a>,
    ) -> Self {
        self.kind = "Rules";
        self.push(claim, comparison, text, role);
        self
    }

    /// Gives users for whom the choice is ambiguous the role for authenticated users. Default: they are refused.
    pub fn default_role_if_ambiguous(mut self) -> Self {
        self.is_lenient = true;
        self
    }

    fn push<'a>(
        &mut self,
        claim: &str,
        comparison: ClaimMatch,
        text: &str,
        role: &impl AsRole<'a>,
    ) {
        self.rules.push(MappingRule::new(MappingRuleRequired {
            claim: value(claim),
            match_type: value(comparison.as_str()),
            role_arn: role.as_role().arn(),
            value: value(text),
        }));
    }

    pub(super) fn property(self) -> CfnRoleMapping {
        let resolution = if self.is_lenient {
            "AuthenticatedRole"
        } else {
            "Deny"
        };
        let mapping = CfnRoleMapping::new(self.kind)
            .identity_provider(self.provider)
            .ambiguous_role_resolution(resolution);
        if self.rules.is_empty() {
            mapping
        } else {
            mapping.rules_configuration(RulesConfigurationType::new(self.rules))
        }
    }
}
