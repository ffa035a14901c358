//! The [`AccessPoint`] construct.

use infra_cfn::efs::{CfnAccessPoint, CfnAccessPointProps};

use super::grants::{READ, READ_WRITE, through_access_point};
use super::{AsFileSystem, FileSystemRef, PosixUser, RootDirectory};
use crate::construct::With;
use crate::iam::{Grant, Grantable};
use crate::{Arn, Id, Scope, Value, kind, value};

crate::construct! {
    /// An access point of a file system: one directory, which clients see as the root, and the user that they are.
    ///
    /// Creates an
    /// [`AWS::EFS::AccessPoint`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-efs-accesspoint.html).
    /// Changing anything but the name replaces it; files stay. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | user | that of the client | that of the client |
    /// | directory | the root of the file system | the root of the file system |
    /// | name | the construct path | none |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::ec2::Vpc;
    /// use infra_lib::efs::{AccessPoint, FileSystem, PosixUser, RootDirectory};
    /// use infra_lib::iam::{Principal, Role};
    /// use infra_lib::cidr;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Files");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let files = FileSystem::builder().subnets(vpc.private()).build(stack, "Files");
    /// let uploads = AccessPoint::builder()
    ///     .file_system(files)
    ///     .posix_user(PosixUser::new(1000, 1000))
    ///     .root_directory(RootDirectory::created("/uploads", 1000, 1000, 0o750))
    ///     .build(stack, "Uploads");
    /// let reader = Role::builder().assumed_by(Principal::service("ec2.amazonaws.com")).build(stack, "Reader");
    /// uploads.grant_read(&reader);
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct AccessPoint<'app>: "infra-lib.efs.AccessPoint" {
        resource: CfnAccessPoint<'app>,
        file_system: FileSystemRef<'app>,
    }

    /// Properties of an [`AccessPoint`], set through [`AccessPoint::builder`].
    pub struct AccessPointProps, AccessPointBuilder, access_point_builder {
        /// File system: a [`FileSystem`](super::FileSystem) or an [`ImportedFileSystem`](super::ImportedFileSystem).
        required_reference file_system: AsFileSystem::as_file_system => FileSystemRef<'app>,
        /// Name of the access point, as its tag `Name`. Default: the construct path (CloudFormation: none).
        text access_point_name,
        /// User as which EFS makes every request. Default: that of the client, as in CloudFormation.
        optional posix_user: PosixUser,
        /// Directory that clients see as the root (`INF4042` for one that EFS rejects). Default: the root of the file
        /// system, as in CloudFormation.
        optional root_directory: RootDirectory,
    }
}

impl<'app> AccessPoint<'app> {
    fn create(scope: Scope<'app>, props: AccessPointProps<'app>) -> Self {
        let directory = props
            .root_directory
            .unwrap_or_else(RootDirectory::file_system_root);
        directory.check_directory(scope);
        scope.tag(
            "Name",
            props
                .access_point_name
                .unwrap_or_else(|| value(scope.path())),
        );
        let resource = CfnAccessPointProps::new(props.file_system.file_system_id())
            .with(props.posix_user, |cfn, user| cfn.posix_user(user.to_cfn()))
            .with(
                (!directory.is_root()).then(|| directory.to_cfn()),
                CfnAccessPointProps::root_directory,
            )
            .build(scope, "Resource");
        Self {
            scope,
            resource,
            file_system: props.file_system,
        }
    }

    /// Returns the ID of the access point, `fsap-…`.
    pub fn access_point_id(&self) -> Value<Id<kind::efs::AccessPoint>> {
        self.resource.ref_()
    }

    /// Returns the ARN of the access point.
    pub fn arn(&self) -> Value<Arn<kind::efs::AccessPoint>> {
        self.resource.attr_arn()
    }

    /// Returns the file system of the access point.
    pub fn file_system(&self) -> FileSystemRef<'app> {
        self.file_system
    }

    /// Returns the L1 binding of the access point.
    pub fn cfn(&self) -> CfnAccessPoint<'app> {
        self.resource
    }

    /// Allows a principal to mount the access point and read its files.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, READ)
    }

    /// Allows a principal to mount the access point, and to read and write its files.
    #[track_caller]
    pub fn grant_read_write(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, READ_WRITE)
    }

    #[track_caller]
    fn grant(&self, to: &impl Grantable<'app>, actions: &[&'static str]) -> Grant<'app> {
        let grant = through_access_point(to, actions, &self.file_system.arn(), &self.arn());
        match &self.file_system {
            FileSystemRef::Own(file_system) => grant.on(file_system),
            FileSystemRef::Imported(_) => grant.on_identity(self),
        }
    }
}
