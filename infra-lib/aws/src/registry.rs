//! The operations of Elastic Container Registry that are used.

use std::fmt;
use std::fmt::Debug;

use async_trait::async_trait;

use super::ApiError;

/// The login of a container tool to a registry. The password is a token of twelve hours.
#[derive(Clone, Eq, PartialEq)]
#[non_exhaustive]
pub struct RegistryLogin {
    /// The user, `AWS`.
    pub user: String,
    /// The password.
    pub password: String,
    /// The host of the registry, without a scheme.
    pub host: String,
}

impl RegistryLogin {
    /// The login of that user, with that password, to that host.
    pub fn new(
        user: impl Into<String>,
        password: impl Into<String>,
        host: impl Into<String>,
    ) -> Self {
        Self {
            user: user.into(),
            password: password.into(),
            host: host.into(),
        }
    }
}

impl Debug for RegistryLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegistryLogin")
            .field("user", &self.user)
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

/// ECR in a region.
#[async_trait]
pub trait ImageRegistry: Debug + Send + Sync {
    /// True when the repository has an image of that tag.
    async fn has_image(&self, repository: &str, tag: &str) -> Result<bool, ApiError>;
    /// The login to the registry of the account.
    async fn login(&self) -> Result<RegistryLogin, ApiError>;
}
