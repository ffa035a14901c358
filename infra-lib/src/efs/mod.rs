//! Amazon EFS: file systems that many clients share, and access points into them.
//!
//! A [`FileSystem`] has a mount target in each subnet of a VPC, and accepts clients with TLS and a grant. An
//! [`AccessPoint`] shows a client one directory, as one user; functions and containers mount it.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#efs).

mod access_point;
mod directory;
mod file_system;
mod grants;
mod imported;
mod lifecycle;
mod metrics;
#[cfg(any(feature = "ecs", feature = "lambda"))]
mod mount;
mod replication;
mod throughput;

pub use access_point::{AccessPoint, AccessPointBuilder, AccessPointProps};
pub use directory::{PosixUser, RootDirectory};
pub use file_system::{
    AutomaticBackups, ClientAccess, FileSystem, FileSystemBuilder, FileSystemProps, FileSystemType,
    OverwriteProtection,
};
pub use imported::{
    AccessPointRef, AsAccessPoint, AsFileSystem, FileSystemAttributes, FileSystemAttributesBuilder,
    FileSystemRef, ImportedAccessPoint, ImportedFileSystem,
};
pub use lifecycle::{AccessedFiles, FileAge};
pub use metrics::StorageClass;
pub use replication::Replication;
pub use throughput::Throughput;
