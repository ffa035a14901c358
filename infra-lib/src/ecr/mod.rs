//! Amazon ECR: registries of container images that can be rolled back to.

mod digest;
mod repository;

pub use digest::{ImageDigest, InvalidImageDigest};
pub use repository::{Repository, RepositoryBuilder, RepositoryProps, TagMutability};
