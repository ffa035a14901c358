//! The target of a stack: account and region, each either known at synthesis or decided at deployment.

use std::fmt;

/// The AWS account and region to which a stack is deployed, like `env` of the CDK's `StackProps`.
///
/// A field that is `None` is decided by the credentials of the deployment; the stack is then *environment-agnostic*. Context lookups need an account
/// and a region, and a reference to a stack in another region needs both regions.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct Environment {
    /// Account ID of twelve digits, or `None` if the credentials decide.
    pub account: Option<String>,
    /// Region code, for example `eu-west-1`, or `None` if the deployment decides.
    pub region: Option<String>,
}

impl Environment {
    /// Creates an environment with a known account and region.
    pub fn new(account: impl Into<String>, region: impl Into<String>) -> Self {
        Self {
            account: Some(account.into()),
            region: Some(region.into()),
        }
    }

    /// Creates an environment with a known region, in the account of the deployment's credentials.
    pub fn region(region: impl Into<String>) -> Self {
        Self {
            account: None,
            region: Some(region.into()),
        }
    }
}

impl fmt::Display for Environment {
    /// Writes the form of the cloud assembly, `aws://123456789012/eu-west-1`, with `unknown-account` and `unknown-region` for unknown parts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let account = self.account.as_deref().unwrap_or("unknown-account");
        let region = self.region.as_deref().unwrap_or("unknown-region");
        write!(f, "aws://{account}/{region}")
    }
}
