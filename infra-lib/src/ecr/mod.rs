//! Amazon ECR: repositories of container images, identified by digest.
//!
//! [`Repository`] creates a repository, [`RepositoryUri`] refers to one of another stack or account, and
//! [`ImageDigest`] identifies an image.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#ecr).

mod digest;
mod imported;
mod lookup;
mod repository;
mod uri;

pub use digest::{ImageDigest, InvalidImageDigest};
pub use imported::{AsRepository, ImportedRepository, RepositoryRef};
pub use repository::{Repository, RepositoryBuilder, RepositoryProps, TagMutability};
pub use uri::{InvalidRepositoryUri, RepositoryUri};
