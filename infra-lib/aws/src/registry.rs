//! The trait [`ImageRegistry`] for Amazon Elastic Container Registry, with the operations that a deployment uses.

use std::fmt;
use std::fmt::Debug;

use async_trait::async_trait;

use super::ApiError;

/// Credentials with which a container tool logs in to a registry. They are valid for twelve hours.
#[derive(Clone, Eq, PartialEq)]
#[non_exhaustive]
pub struct RegistryLogin {
    /// User name for the login at the registry, which is always `AWS`.
    pub user: String,
    /// Password for the login, an authorization token. `Debug` does not show it.
    pub password: String,
    /// Host name of the registry without a scheme, to which images are pushed.
    pub host: String,
}

impl RegistryLogin {
    /// Creates credentials for a registry host from user name, password and host, for implementations of [`ImageRegistry`].
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

/// Amazon Elastic Container Registry (ECR) in one region, limited to operations for pushing images.
#[async_trait]
pub trait ImageRegistry: Debug + Send + Sync {
    /// Returns `true` if a repository contains an image with the given tag (`DescribeImages`).
    async fn has_image(&self, repository: &str, tag: &str) -> Result<bool, ApiError>;
    /// Returns credentials for the registry of the account in the region, with its host name (`GetAuthorizationToken`).
    async fn request_login(&self) -> Result<RegistryLogin, ApiError>;
}
