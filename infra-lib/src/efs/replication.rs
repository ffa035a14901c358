//! Replication of file systems.

use infra_cfn::efs::file_system::{ReplicationConfiguration, ReplicationDestination};

use super::file_system::OverwriteProtection;
use super::imported::{AsFileSystem, FileSystemRef};
use crate::construct::With;
use crate::kms::{AsKey, KeyRef};
use crate::{Construct, Diagnostic, IntoValue, Scope, Stack, Value, codes};

/// Replication of a file system to another one, within minutes of each change.
///
/// See [replicating file systems](https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html).
#[derive(Clone, Debug)]
#[must_use = "a replication has no effect until it is passed to a file system"]
pub struct Replication<'app> {
    destination: Destination<'app>,
    key: Option<KeyRef<'app>>,
}

#[derive(Clone, Debug)]
enum Destination<'app> {
    New {
        region: Value<String>,
        zone: Option<Value<String>>,
    },
    Existing(FileSystemRef<'app>),
}

impl<'app> Replication<'app> {
    /// Creates a replication to a new regional file system, which EFS creates in a region. It is read-only, encrypted, and
    /// stays when the replication is removed.
    pub fn to_region(region: impl IntoValue<String>) -> Self {
        Self::to_new(region.into_value(), None)
    }

    /// Creates a replication to a new One Zone file system, which EFS creates in a zone of a region.
    pub fn to_zone(region: impl IntoValue<String>, zone: impl IntoValue<String>) -> Self {
        Self::to_new(region.into_value(), Some(zone.into_value()))
    }

    /// Creates a replication to an existing file system, whose content is overwritten. It needs
    /// [`OverwriteProtection::Disabled`] (`INF4043`).
    pub fn to_file_system(destination: impl AsFileSystem<'app>) -> Self {
        Self {
            destination: Destination::Existing(destination.as_file_system()),
            key: None,
        }
    }

    fn to_new(region: Value<String>, zone: Option<Value<String>>) -> Self {
        Self {
            destination: Destination::New { region, zone },
            key: None,
        }
    }

    /// Sets the KMS key that encrypts a new file system, a key of its region. Default: the AWS managed key for EFS.
    pub fn encryption_key(mut self, key: impl AsKey<'app>) -> Self {
        self.key = Some(key.as_key());
        self
    }

    pub(super) fn configuration(&self, scope: Scope<'app>) -> ReplicationConfiguration {
        let destination = match &self.destination {
            Destination::New { region, zone } => ReplicationDestination::new()
                .region(region)
                .with(
                    zone.as_ref(),
                    ReplicationDestination::availability_zone_name,
                )
                .with(self.key, |destination, key| {
                    destination.kms_key_id(key.arn())
                }),
            Destination::Existing(file_system) => ReplicationDestination::new()
                .file_system_id(file_system.file_system_id().cast::<String>())
                .region(region_of(scope, file_system)),
        };
        ReplicationConfiguration::new().destinations(vec![destination])
    }

    pub(super) fn check_replication(&self, scope: Scope<'app>, source: OverwriteProtection) {
        let report = |message: &str| {
            Diagnostic::new(codes::FILE_SYSTEM_REPLICATION, message)
                .property("ReplicationConfiguration")
                .url("https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html")
        };
        if source == OverwriteProtection::Disabled {
            scope.report(
                report("a file system that may be overwritten cannot be replicated itself")
                    .help("omit `.overwrite_protection(…)` at the source of the replication"),
            );
        }
        if let Destination::Existing(FileSystemRef::Own(file_system)) = &self.destination
            && file_system.overwrite_protection() == OverwriteProtection::Enabled
        {
            scope.report(
                report("the destination of a replication is protected from being overwritten")
                    .related("the destination is defined here", file_system.scope().origin())
                    .help("set `.overwrite_protection(OverwriteProtection::Disabled)` at the destination"),
            );
        }
    }
}

/// Returns the region of a file system: that of its stack, unless it is imported or the region is not known.
fn region_of(scope: Scope<'_>, file_system: &FileSystemRef<'_>) -> Value<String> {
    let own = match file_system {
        FileSystemRef::Own(own) => Stack::of(own.scope()),
        FileSystemRef::Imported(_) => Stack::of(scope),
    };
    match own.and_then(|stack| stack.environment().region) {
        Some(region) => region.into_value(),
        None => crate::pseudo::region(),
    }
}
