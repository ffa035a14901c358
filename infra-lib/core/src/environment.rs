//! Where a stack is deployed: account and region, each known or left to the deployment.

use std::fmt;

/// The target of a stack.
///
/// What is `None` is decided by the credentials of the deployment; the stack is then *environment-agnostic*.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct Environment {
    /// Twelve-digit account.
    pub account: Option<String>,
    /// Region such as `eu-west-1`.
    pub region: Option<String>,
}

impl Environment {
    /// A known account and region.
    pub fn new(account: impl Into<String>, region: impl Into<String>) -> Self {
        Self {
            account: Some(account.into()),
            region: Some(region.into()),
        }
    }

    /// A known region in the account of the deployment.
    pub fn region(region: impl Into<String>) -> Self {
        Self {
            account: None,
            region: Some(region.into()),
        }
    }
}

impl fmt::Display for Environment {
    /// As the cloud assembly writes it: `aws://123456789012/eu-west-1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let account = self.account.as_deref().unwrap_or("unknown-account");
        let region = self.region.as_deref().unwrap_or("unknown-region");
        write!(f, "aws://{account}/{region}")
    }
}
