//! File systems of functions.

use crate::cfn::lambda::function::FileSystemConfig;
use crate::core::{Arn, Construct, Diagnostic, NodeId, Resource, Scope, Value, codes};
use crate::ec2::{Connections, Port, SecurityGroup};
use crate::iam::{RoleRef, Statement};
use crate::kind;

/// A construct that a function mounts as file system: an `efs::AccessPoint` or an `efs::ImportedAccessPoint`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be mounted by a function",
    label = "a function mounts an access point",
    note = "create one: `efs::AccessPoint::builder().file_system(…)`"
)]
pub trait MountedByFunction<'app> {
    /// Returns the file system, for [`FunctionBuilder::file_system`](super::FunctionBuilder::file_system).
    fn function_file_system(&self) -> FunctionFileSystem<'app>;
}

/// A file system for a function, from [`MountedByFunction::function_file_system`].
#[derive(Clone, Debug)]
pub struct FunctionFileSystem<'app> {
    pub(crate) arn: Value<Arn<kind::efs::AccessPoint>>,
    pub(crate) statement: Statement,
    pub(crate) connections: Connections<'app>,
    /// Nodes of the mount targets, without which Lambda refuses the function.
    pub(crate) before: Vec<NodeId>,
}

/// A file system with the path at which a function mounts it.
#[derive(Clone, Debug)]
pub(super) struct FileSystemMount<'app> {
    pub(super) file_system: FunctionFileSystem<'app>,
    pub(super) path: String,
}

impl FileSystemMount<'_> {
    pub(super) fn config(&self) -> FileSystemConfig {
        FileSystemConfig::new(&self.file_system.arn, &*self.path)
    }
}

/// Reports file systems that Lambda rejects (`INF4045`), and returns the one that is mounted.
pub(super) fn check_mounts<'app>(
    scope: Scope<'app>,
    mounts: Vec<FileSystemMount<'app>>,
    in_vpc: bool,
) -> Option<FileSystemMount<'app>> {
    let report = |message: &str, property: &str| {
        Diagnostic::new(codes::FUNCTION_FILE_SYSTEM, message)
            .property(property)
            .url("https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem-efs.html")
    };
    if mounts.len() > 1 {
        scope.report(
            report(
                "a function mounts one file system at most",
                "FileSystemConfigs",
            )
            .actual(mounts.len().to_string())
            .expected("1")
            .help("mount one access point with all directories that the function needs"),
        );
    }
    let mount = mounts.into_iter().next()?;
    if !in_vpc {
        scope.report(
            report(
                "a function outside a VPC cannot reach its file system",
                "VpcConfig",
            )
            .help("place it into the VPC of the mount targets: `.subnets(vpc.private())`"),
        );
    }
    let name = mount.path.strip_prefix("/mnt/").unwrap_or_default();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if name.is_empty() || !name.chars().all(allowed) || mount.path.len() > 160 {
        scope.report(
            report(
                "Lambda rejects the path of a file system",
                "FileSystemConfigs.0.LocalMountPath",
            )
            .actual(&*mount.path)
            .expected("`/mnt/` and a name of letters, digits, hyphens, underscores and dots"),
        );
        return None;
    }
    Some(mount)
}

/// Permits a function to mount its file system, and creates it after the mount targets.
pub(super) fn mount<'app>(
    mount: &FileSystemMount<'app>,
    resource: Resource<'app>,
    role: RoleRef<'app>,
    groups: &[SecurityGroup<'app>],
) {
    let file_system = &mount.file_system;
    role.add_statement(file_system.statement.clone());
    for server in &file_system.connections.security_groups {
        for client in groups {
            // The port of NFS.
            server.allow_between(*client, Port::tcp(2_049));
        }
    }
    let scope = resource.scope();
    for target in file_system.before.iter().filter_map(|id| scope.node(*id)) {
        resource.depends_on(target);
    }
}
