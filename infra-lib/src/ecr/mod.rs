//! Amazon ECR: registries of container images that can be rolled back to.

mod digest;
mod repository;
mod uri;

pub use digest::{ImageDigest, InvalidImageDigest};
pub use repository::{Repository, RepositoryBuilder, RepositoryProps, TagMutability};
pub use uri::{InvalidRepositoryUri, RepositoryUri};
