//! File systems and access points that exist already.

use bon::Builder;

use super::file_system::NFS;
use super::grants::{READ, READ_WRITE, through_access_point};
use super::{AccessPoint, FileSystem};
use crate::core::NodeId;
use crate::ec2::imported_groups::{import_groups, imported_groups};
use crate::ec2::{Connectable, Connections, Port, SecurityGroup};
use crate::iam::{Grant, Identity};
use crate::{Arn, Construct, Id, IntoValue, Value, kind, pseudo, sub};

crate::import! {
    /// An existing file system, from [`FileSystem::from_attributes`].
    ///
    /// ```
    /// use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
    /// use infra_lib::efs::{AccessPoint, FileSystem, FileSystemAttributes};
    /// use infra_lib::{App, Stack, cidr};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Api");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let files = FileSystem::from_attributes(
    ///     stack,
    ///     "Files",
    ///     FileSystemAttributes::builder()
    ///         .file_system_id("fs-0123456789abcdef0")
    ///         .security_group_id("sg-0123456789abcdef0")
    ///         .build(),
    /// );
    /// let api = SecurityGroup::builder().vpc(vpc).build(stack, "ApiGroup");
    /// files.allow_from(&api);
    /// AccessPoint::builder().file_system(files).build(stack, "Root");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct ImportedFileSystem<'app>: "infra-lib.efs.ImportedFileSystem" {
        /// Returns the ID of the file system, `fs-…`.
        file_system_id: Id<kind::efs::FileSystem>,
        /// Returns the ARN of the file system.
        arn: Arn<kind::efs::FileSystem>,
    }

    /// A file system of the app or an existing one, from [`AsFileSystem::as_file_system`].
    pub enum FileSystemRef of FileSystem;

    /// A file system for builders: a [`FileSystem`] or an [`ImportedFileSystem`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no file system",
        label = "a `FileSystem` or an `ImportedFileSystem` is needed here"
    )]
    pub trait AsFileSystem::as_file_system;
}

crate::import! {
    /// An existing access point, from [`AccessPoint::from_id`].
    pub struct ImportedAccessPoint<'app>: "infra-lib.efs.ImportedAccessPoint" {
        /// Returns the ID of the access point, `fsap-…`.
        access_point_id: Id<kind::efs::AccessPoint>,
        /// Returns the ARN of the access point.
        arn: Arn<kind::efs::AccessPoint>,
    }

    /// An access point of the app or an existing one, from [`AsAccessPoint::as_access_point`].
    pub enum AccessPointRef of AccessPoint;

    /// An access point for builders: an [`AccessPoint`] or an [`ImportedAccessPoint`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no access point",
        label = "an `AccessPoint` or an `ImportedAccessPoint` is needed here",
        note = "functions and containers mount an access point: `AccessPoint::builder().file_system(…)`"
    )]
    pub trait AsAccessPoint::as_access_point;
}

/// Attributes of an existing file system, for [`FileSystem::from_attributes`].
#[derive(Builder, Clone, Debug)]
#[builder(builder_type(name = FileSystemAttributesBuilder))]
pub struct FileSystemAttributes {
    #[builder(field)]
    security_group_ids: Vec<Value<Id<kind::ec2::SecurityGroup>>>,
    /// ID of the file system, `fs-…`.
    #[builder(with = |id: impl IntoValue<Id<kind::efs::FileSystem>>| id.into_value())]
    file_system_id: Value<Id<kind::efs::FileSystem>>,
    /// ARN of the file system. Default: that of a file system of this account and region.
    #[builder(with = |arn: impl IntoValue<Arn<kind::efs::FileSystem>>| arn.into_value())]
    arn: Option<Value<Arn<kind::efs::FileSystem>>>,
}

impl<S: file_system_attributes_builder::State> FileSystemAttributesBuilder<S> {
    /// Adds a security group of the mount targets. Rules for connections are added to it as separate resources.
    pub fn security_group_id(mut self, id: impl IntoValue<Id<kind::ec2::SecurityGroup>>) -> Self {
        self.security_group_ids.push(id.into_value());
        self
    }
}

impl<'app> FileSystem<'app> {
    /// Imports an existing file system by its attributes; nothing is created.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        attributes: FileSystemAttributes,
    ) -> ImportedFileSystem<'app> {
        let file_system_id = attributes.file_system_id;
        let arn = attributes
            .arn
            .unwrap_or_else(|| arn_of("file-system/", file_system_id.clone().cast()).cast());
        let imported = ImportedFileSystem::import(scope, id, file_system_id, arn);
        import_groups(imported.scope(), attributes.security_group_ids);
        imported
    }
}

impl<'app> AccessPoint<'app> {
    /// Imports an existing access point of this account and region by its ID, with its file system.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        access_point_id: impl IntoValue<Id<kind::efs::AccessPoint>>,
        file_system: impl AsFileSystem<'app>,
    ) -> ImportedAccessPoint<'app> {
        let access_point_id = access_point_id.into_value();
        let arn = arn_of("access-point/", access_point_id.clone().cast()).cast();
        let imported = ImportedAccessPoint::import(scope, id, access_point_id, arn);
        let file_system = file_system.as_file_system();
        let groups = file_system.connections().security_groups;
        imported.scope().attach(Behind {
            file_system_id: file_system.file_system_id(),
            file_system_arn: file_system.arn(),
            security_groups: groups.iter().map(|group| group.scope().node_id()).collect(),
            mount_targets: file_system.mount_targets(),
        });
        imported
    }
}

/// Facts about the file system of an existing access point.
struct Behind {
    file_system_id: Value<Id<kind::efs::FileSystem>>,
    file_system_arn: Value<Arn<kind::efs::FileSystem>>,
    security_groups: Vec<NodeId>,
    mount_targets: Vec<NodeId>,
}

fn arn_of(kind: &'static str, id: Value<String>) -> Value<String> {
    let (partition, region, account) =
        (pseudo::partition(), pseudo::region(), pseudo::account_id());
    sub![
        "arn:",
        partition,
        ":elasticfilesystem:",
        region,
        ":",
        account,
        ":",
        kind,
        id
    ]
}

impl FileSystemRef<'_> {
    /// Returns the nodes of the mount targets; those of an existing file system are there already.
    pub(super) fn mount_targets(&self) -> Vec<NodeId> {
        match self {
            Self::Own(own) => own.mount_targets(),
            Self::Imported(_) => Vec::new(),
        }
    }
}

impl<'app> Connectable<'app> for ImportedFileSystem<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections::new(imported_groups(self.scope()), Some(Port::tcp(NFS)))
    }
}

impl<'app> Connectable<'app> for FileSystemRef<'app> {
    fn connections(&self) -> Connections<'app> {
        match self {
            Self::Own(own) => own.connections(),
            Self::Imported(imported) => imported.connections(),
        }
    }
}

impl<'app> ImportedAccessPoint<'app> {
    /// Returns the ID of the file system of the access point.
    pub fn file_system_id(&self) -> Value<Id<kind::efs::FileSystem>> {
        self.behind().file_system_id.clone()
    }

    /// Returns the ARN of the file system of the access point.
    pub fn file_system_arn(&self) -> Value<Arn<kind::efs::FileSystem>> {
        self.behind().file_system_arn.clone()
    }

    /// Allows an identity of the app to mount the access point and read its files.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Identity<'app>) -> Grant<'app> {
        through_access_point(to, READ, &self.file_system_arn(), &self.arn()).imported()
    }

    /// Allows an identity of the app to mount the access point, and to read and write its files.
    #[track_caller]
    pub fn grant_read_write(&self, to: &impl Identity<'app>) -> Grant<'app> {
        through_access_point(to, READ_WRITE, &self.file_system_arn(), &self.arn()).imported()
    }

    fn behind(&self) -> std::rc::Rc<Behind> {
        self.scope()
            .attached()
            .expect("every import has the facts of its file system")
    }
}

impl AccessPointRef<'_> {
    /// Returns the ID of the file system of the access point.
    pub fn file_system_id(&self) -> Value<Id<kind::efs::FileSystem>> {
        match self {
            Self::Own(own) => own.file_system().file_system_id(),
            Self::Imported(imported) => imported.file_system_id(),
        }
    }

    /// Returns the ARN of the file system of the access point.
    pub fn file_system_arn(&self) -> Value<Arn<kind::efs::FileSystem>> {
        match self {
            Self::Own(own) => own.file_system().arn(),
            Self::Imported(imported) => imported.file_system_arn(),
        }
    }

    /// Returns the nodes of the mount targets of the file system.
    #[cfg(any(feature = "ecs", feature = "lambda"))]
    pub(super) fn mount_targets(&self) -> Vec<NodeId> {
        match self {
            Self::Own(own) => own.file_system().mount_targets(),
            Self::Imported(imported) => imported.behind().mount_targets.clone(),
        }
    }
}

/// Connects the file system of the access point.
impl<'app> Connectable<'app> for AccessPoint<'app> {
    fn connections(&self) -> Connections<'app> {
        self.file_system().connections()
    }
}

/// Connects the file system of the access point.
impl<'app> Connectable<'app> for ImportedAccessPoint<'app> {
    fn connections(&self) -> Connections<'app> {
        let behind = self.behind();
        let groups = behind.security_groups.iter();
        let groups = groups
            .filter_map(|id| self.scope().node(*id))
            .map(SecurityGroup::from_scope);
        Connections::new(groups.collect(), Some(Port::tcp(NFS)))
    }
}

/// Connects the file system of the access point.
impl<'app> Connectable<'app> for AccessPointRef<'app> {
    fn connections(&self) -> Connections<'app> {
        match self {
            Self::Own(own) => own.connections(),
            Self::Imported(imported) => imported.connections(),
        }
    }
}
