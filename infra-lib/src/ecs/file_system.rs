//! File systems of containers.

use super::container::ContainerDefinition;
use super::parts::Mount;
use crate::cfn::ecs::CfnTaskDefinition;
use crate::cfn::ecs::task_definition as cfn;
use crate::core::{Construct, Id, NodeId, Value};
use crate::iam::{Role, Statement};
use crate::kind;

/// A construct that a container mounts as file system: an `efs::AccessPoint` or an `efs::ImportedAccessPoint`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be mounted by a container",
    label = "a container mounts an access point",
    note = "create one: `efs::AccessPoint::builder().file_system(…)`"
)]
pub trait MountedByContainer {
    /// Returns the file system, for [`ContainerDefinition::file_system`](super::ContainerDefinition::file_system).
    fn container_file_system(&self) -> ContainerFileSystem;
}

/// A file system for a container, from [`MountedByContainer::container_file_system`].
#[derive(Clone, Debug)]
pub struct ContainerFileSystem {
    pub(crate) file_system_id: Value<Id<kind::efs::FileSystem>>,
    pub(crate) access_point_id: Value<Id<kind::efs::AccessPoint>>,
    /// Permission to mount and read.
    pub(crate) read: Statement,
    /// Permission to mount, read and write.
    pub(crate) read_write: Statement,
    /// Nodes of the mount targets, without which tasks do not start.
    pub(crate) before: Vec<NodeId>,
}

impl ContainerFileSystem {
    /// Returns the volume of a task, which ECS mounts with TLS and the task role.
    pub(super) fn volume(&self, name: &str) -> cfn::Volume {
        let authorization = cfn::AuthorizationConfig::new()
            .access_point_id(&self.access_point_id)
            .iam(cfn::AuthorizationConfigIam::ENABLED);
        let configuration = cfn::EfsVolumeConfiguration::new(&self.file_system_id)
            .authorization_config(authorization)
            .transit_encryption(cfn::EfsVolumeConfigurationTransitEncryption::ENABLED);
        cfn::Volume::new()
            .name(name)
            .efs_volume_configuration(configuration)
    }
}

/// Permits a task to mount the file systems of its containers.
pub(super) fn allow_mounts(role: &Role<'_>, containers: &[ContainerDefinition]) {
    for (file_system, writable) in mounted(containers) {
        let statement = if writable {
            &file_system.read_write
        } else {
            &file_system.read
        };
        role.add_statement(statement.clone());
    }
}

/// Registers a task definition after the mount targets of its file systems, so that tasks start after them.
pub(super) fn register_after_mount_targets(
    task_definition: CfnTaskDefinition<'_>,
    containers: &[ContainerDefinition],
) {
    let scope = task_definition.scope();
    for (file_system, _) in mounted(containers) {
        for target in file_system.before.iter().filter_map(|id| scope.node(*id)) {
            task_definition.depends_on(target);
        }
    }
}

fn mounted(
    containers: &[ContainerDefinition],
) -> impl Iterator<Item = (&ContainerFileSystem, bool)> {
    containers
        .iter()
        .flat_map(|container| &container.mounts)
        .filter_map(|mount| match mount {
            Mount::FileSystem {
                file_system,
                writable,
                ..
            } => Some((&**file_system, *writable)),
            Mount::Tmpfs { .. } | Mount::Scratch { .. } => None,
        })
}
