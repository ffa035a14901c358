//! The trait [`ImageRegistry`] for Amazon Elastic Container Registry, with the operations that a deployment uses.

use std::fmt;
use std::fmt::Debug;

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{ApiError, Page};

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

/// An image in a repository, as returned by `DescribeImages`.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct RegistryImage {
    /// Digest of the manifest, for example `sha256:9f86…`, unique within the repository.
    pub digest: String,
    /// Tags of the image. An image that others replaced, or that is part of a multi-platform image, has none.
    #[builder(default)]
    pub tags: Vec<String>,
    /// Size of the compressed layers in bytes. Layers that images share are counted for each of them.
    #[builder(default)]
    pub size: i64,
    /// Time of the push, or `None` if ECR does not return it.
    pub pushed: Option<OffsetDateTime>,
}

/// Amazon Elastic Container Registry (ECR) in one region, limited to operations for pushing, tagging and deleting images.
#[async_trait]
pub trait ImageRegistry: Debug + Send + Sync {
    /// Returns `true` if a repository contains an image with the given tag (`DescribeImages`).
    async fn has_image(&self, repository: &str, tag: &str) -> Result<bool, ApiError>;
    /// Returns credentials for the registry of the account in the region, with its host name (`GetAuthorizationToken`).
    async fn request_login(&self) -> Result<RegistryLogin, ApiError>;
    /// Returns a page of the images of a repository (`DescribeImages`).
    async fn list_images(
        &self,
        repository: &str,
        next: Option<String>,
    ) -> Result<Page<RegistryImage>, ApiError>;
    /// Adds a tag to the image with a digest (`BatchGetImage`, `PutImage`). Does nothing if the image has the tag.
    async fn tag_image(&self, repository: &str, digest: &str, tag: &str) -> Result<(), ApiError>;
    /// Removes tags from their images (`BatchDeleteImage`). ECR deletes an image with its last tag.
    async fn remove_tags(&self, repository: &str, tags: &[String]) -> Result<(), ApiError>;
    /// Deletes up to 100 images by digest, with all of their tags (`BatchDeleteImage`). Fails if any of them cannot be deleted.
    async fn delete_images(&self, repository: &str, digests: &[String]) -> Result<(), ApiError>;
}
