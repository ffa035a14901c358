//! Actions of clients, and the permissions for one access point.

use super::ImportedFileSystem;
#[cfg(any(feature = "ecs", feature = "lambda"))]
use crate::iam::Statement;
use crate::iam::{Grant, GrantBuilder, Grantable, Identity};
use crate::{Arn, Value, kind};

pub(super) const READ: &[&str] = &["elasticfilesystem:ClientMount"];

pub(super) const READ_WRITE: &[&str] = &[
    "elasticfilesystem:ClientMount",
    "elasticfilesystem:ClientWrite",
];

pub(super) const ROOT_ACCESS: &[&str] = &[
    "elasticfilesystem:ClientMount",
    "elasticfilesystem:ClientWrite",
    "elasticfilesystem:ClientRootAccess",
];

const ACCESS_POINT: &str = "elasticfilesystem:AccessPointArn";

/// Begins a grant of actions through one access point.
pub(super) fn through_access_point<'app>(
    to: &impl Grantable<'app>,
    actions: &[&'static str],
    file_system: &Value<Arn<kind::efs::FileSystem>>,
    access_point: &Value<Arn<kind::efs::AccessPoint>>,
) -> GrantBuilder<'app> {
    Grant::to(to)
        .actions(actions.iter().copied())
        .resource(file_system)
        .condition("StringEquals", ACCESS_POINT, access_point)
}

/// Returns the statement with which a client mounts one access point.
#[cfg(any(feature = "ecs", feature = "lambda"))]
pub(super) fn mount_statement(
    actions: &[&'static str],
    file_system: &Value<Arn<kind::efs::FileSystem>>,
    access_point: &Value<Arn<kind::efs::AccessPoint>>,
) -> Statement {
    Statement::allow()
        .actions(actions.iter().copied())
        .resource(file_system)
        .condition("StringEquals", ACCESS_POINT, access_point)
}

impl<'app> ImportedFileSystem<'app> {
    /// Allows an identity of the app to mount the file system and read its files.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), READ.iter().copied())
    }

    /// Allows an identity of the app to mount the file system, and to read and write its files.
    #[track_caller]
    pub fn grant_read_write(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), READ_WRITE.iter().copied())
    }

    /// Allows an identity of the app to mount the file system, and to read and write its files as root, whatever their
    /// permissions.
    #[track_caller]
    pub fn grant_root_access(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), ROOT_ACCESS.iter().copied())
    }
}
