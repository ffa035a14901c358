//! The [`FileSystem`] construct.

use infra_cfn::efs::file_system::{
    BackupPolicy, BackupPolicyStatus, FileSystemProtection,
    FileSystemProtectionReplicationOverwriteProtection as ReplicationOverwriteProtection,
};
use infra_cfn::efs::{
    CfnFileSystem, CfnFileSystemProps, CfnMountTargetProps, CfnMountTargetRequired,
};

use super::grants::{READ, READ_WRITE, ROOT_ACCESS};
use super::lifecycle::Lifecycle;
use super::{AccessedFiles, FileAge, Replication, Throughput};
use crate::construct::With;
use crate::core::NodeId;
use crate::ec2::{Connectable, Connections, InternalSubnets, Port, SecurityGroup, SubnetsRef};
use crate::iam::{
    Grant, Grantable, PolicyDocument, PolicyUse, Principal, ResourcePolicy, Statement,
};
use crate::kms::{AsKey, KeyRef};
use crate::{Arn, Construct, Diagnostic, Id, RemovalPolicy, Scope, Value, codes, kind, value};

/// Port of NFS, on which mount targets listen.
pub(super) const NFS: u16 = 2_049;

/// Zones in which a file system stores its data.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FileSystemType {
    /// Several zones of the region, with a mount target in each subnet. The default here and in CloudFormation.
    #[default]
    Regional,
    /// One zone, at about half the price: that of one of the subnets, which gets the only mount target. The data is lost
    /// with the zone.
    OneZone {
        /// Number of the subnet, counted from 0 (`INF4044` if there is none).
        subnet_index: usize,
    },
}

/// Daily backups of a file system with AWS Backup, which keeps them for 35 days.
///
/// See [automatic backups](https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum AutomaticBackups {
    /// The file system is backed up every day. The default here.
    #[default]
    Enabled,
    /// Nothing is backed up. The default of CloudFormation.
    Disabled,
}

/// Clients that may mount a file system, among those that reach it through the network.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ClientAccess {
    /// Clients with IAM credentials that a grant permits. The default here.
    #[default]
    Granted,
    /// Every client, also without credentials, as in CloudFormation. TLS is required nevertheless.
    Anyone,
}

/// Protection of a file system from becoming the destination of a replication.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum OverwriteProtection {
    /// No replication may overwrite the file system. The default here and in CloudFormation.
    #[default]
    Enabled,
    /// The file system may be the destination of a replication, which overwrites its content.
    Disabled,
}

crate::construct! {
    /// A file system of Amazon EFS, which many clients mount at the same time.
    ///
    /// Creates an
    /// [`AWS::EFS::FileSystem`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-efs-filesystem.html)
    /// with a mount target in each subnet and a security group. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | encryption at rest | with the AWS managed key for EFS | none |
    /// | TLS | required by the file system policy | optional |
    /// | clients | those with a grant | every client in the network |
    /// | mount targets | one in each subnet, private or isolated | none |
    /// | security group | a separate one without rules | the default group of the VPC |
    /// | throughput | elastic | bursting |
    /// | performance mode | general purpose | general purpose |
    /// | backups | daily, kept for 35 days | none |
    /// | transitions to cheaper storage | none | none |
    /// | removal from the template | retained | deleted |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::ec2::Vpc;
    /// use infra_lib::efs::{AccessPoint, FileAge, FileSystem, PosixUser, RootDirectory};
    /// use infra_lib::lambda::{Code, Function, Runtime};
    /// use infra_lib::cidr;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Files");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let files = FileSystem::builder()
    ///     .subnets(vpc.private())
    ///     .transition_to_infrequent_access(FileAge::Days30)
    ///     .build(stack, "Files");
    /// let models = AccessPoint::builder()
    ///     .file_system(files)
    ///     .posix_user(PosixUser::new(1000, 1000))
    ///     .root_directory(RootDirectory::created("/models", 1000, 1000, 0o750))
    ///     .build(stack, "Models");
    /// Function::builder()
    ///     .runtime(Runtime::Python314)
    ///     .handler("index.handler")
    ///     .code(Code::inline("def handler(event, context): return open('/mnt/models/name').read()"))
    ///     .subnets(vpc.private())
    ///     .file_system(&models, "/mnt/models")
    ///     .build(stack, "Classifier");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct FileSystem<'app>: "infra-lib.efs.FileSystem" {
        resource: CfnFileSystem<'app>,
        security_group: SecurityGroup<'app>,
        overwrite_protection: OverwriteProtection,
    }

    /// Properties of a [`FileSystem`], set through [`FileSystem::builder`].
    pub struct FileSystemProps, FileSystemBuilder, file_system_builder {
        /// Subnets of the mount targets: private or isolated ones.
        required_reference subnets: InternalSubnets::internal_subnets => SubnetsRef<'app>,
        /// Name of the file system, as its tag `Name`. Default: the construct path (CloudFormation: none).
        text file_system_name,
        /// Zones of the data. Default: [`FileSystemType::Regional`], as in CloudFormation. Changing them replaces the file
        /// system.
        default file_system_type: FileSystemType = FileSystemType::Regional,
        /// Throughput mode. Default: elastic (CloudFormation: bursting). EFS allows a change once a day.
        default throughput: Throughput = Throughput::Elastic,
        /// Time without access after which files move to Infrequent Access. Default: they do not, as in CloudFormation.
        optional transition_to_infrequent_access: FileAge,
        /// Time without access after which files move to Archive, later than to Infrequent Access, with elastic throughput
        /// (`INF4040`). Default: they do not, as in CloudFormation.
        optional transition_to_archive: FileAge,
        /// Files in Infrequent Access or Archive that are accessed. Default: they stay, as in CloudFormation.
        default accessed_files: AccessedFiles = AccessedFiles::Stay,
        /// Daily backups. Default: enabled (CloudFormation: disabled).
        default automatic_backups: AutomaticBackups = AutomaticBackups::Enabled,
        /// Clients that may mount the file system. Default: those with a grant (CloudFormation: anyone).
        default client_access: ClientAccess = ClientAccess::Granted,
        /// Replication to another file system. Default: none, as in CloudFormation.
        optional replication: Replication<'app>,
        /// Protection from being the destination of a replication. Default: enabled, as in CloudFormation.
        default overwrite_protection: OverwriteProtection = OverwriteProtection::Enabled,
        /// KMS key that encrypts the data. Default: the AWS managed key `alias/aws/elasticfilesystem` (CloudFormation: no
        /// encryption). Changing it replaces the file system.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
        /// Security group of the mount targets. Default: a separate one without rules.
        handle security_group: SecurityGroup<'app>,
        /// Removal policy of the file system. Default: it is retained (CloudFormation: deleted with its files).
        default removal_policy: RemovalPolicy = RemovalPolicy::Retain,
    }
}

impl<'app> FileSystem<'app> {
    fn create(scope: Scope<'app>, props: FileSystemProps<'app>) -> Self {
        let lifecycle = Lifecycle {
            infrequent_access: props.transition_to_infrequent_access,
            archive: props.transition_to_archive,
            accessed: props.accessed_files,
        };
        lifecycle.check_lifecycle(scope, props.throughput);
        props.throughput.check_throughput(scope);
        if let Some(replication) = &props.replication {
            replication.check_replication(scope, props.overwrite_protection);
        }
        scope.tag(
            "Name",
            props
                .file_system_name
                .unwrap_or_else(|| value(scope.path())),
        );
        let security_group = props.security_group.unwrap_or_else(|| {
            SecurityGroup::builder()
                .vpc(props.subnets.vpc())
                .description(format!("file system {}", scope.path()))
                .build(scope, "EfsSecurityGroup")
        });
        let mut subnets = props.subnets.id_list();
        let zone = match props.file_system_type {
            FileSystemType::Regional => None,
            FileSystemType::OneZone { subnet_index } => {
                let zone = zone_of(scope, props.subnets, subnet_index, subnets.len());
                subnets = subnets.into_iter().skip(subnet_index).take(1).collect();
                zone
            }
        };
        let backups = match props.automatic_backups {
            AutomaticBackups::Enabled => BackupPolicyStatus::ENABLED,
            AutomaticBackups::Disabled => BackupPolicyStatus::DISABLED,
        };
        let overwrite = match props.overwrite_protection {
            OverwriteProtection::Enabled => None,
            OverwriteProtection::Disabled => Some(ReplicationOverwriteProtection::DISABLED),
        };
        let cfn = CfnFileSystemProps::new()
            .encrypted(true)
            .backup_policy(BackupPolicy::new(backups))
            .file_system_policy(policy(props.client_access))
            .with(zone, CfnFileSystemProps::availability_zone_name)
            .with(lifecycle.policies(), CfnFileSystemProps::lifecycle_policies)
            .with(props.encryption_key, |cfn, key| cfn.kms_key_id(key.arn()))
            .with(overwrite, |cfn, status| {
                cfn.file_system_protection(
                    FileSystemProtection::new().replication_overwrite_protection(status),
                )
            })
            .with(props.replication, |cfn, replication| {
                cfn.replication_configuration(replication.configuration(scope))
            });
        let resource = props.throughput.apply_to(cfn).build(scope, "Resource");
        resource.apply_removal_policy(props.removal_policy);
        let mut targets = Vec::new();
        for (subnet, number) in subnets.into_iter().zip(1..) {
            let target = CfnMountTargetProps::new(CfnMountTargetRequired {
                file_system_id: resource.ref_(),
                security_groups: value(vec![security_group.id()]),
                subnet_id: subnet,
            })
            .build(scope, &format!("EfsMountTarget{number}"));
            targets.push(target);
        }
        scope.attach(MountTargets(
            targets
                .iter()
                .map(|target| target.scope().node_id())
                .collect(),
        ));
        Self {
            scope,
            resource,
            security_group,
            overwrite_protection: props.overwrite_protection,
        }
    }

    /// Returns the ID of the file system, `fs-…`.
    pub fn file_system_id(&self) -> Value<Id<kind::efs::FileSystem>> {
        self.resource.ref_()
    }

    /// Returns the ARN of the file system.
    pub fn arn(&self) -> Value<Arn<kind::efs::FileSystem>> {
        self.resource.attr_arn()
    }

    /// Returns the security group of the mount targets.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }

    /// Returns the L1 binding of the file system.
    pub fn cfn(&self) -> CfnFileSystem<'app> {
        self.resource
    }

    /// Creates `construct` after the mount targets, without which it could not mount the file system. Functions and tasks
    /// that mount an access point need no call.
    pub fn mount_targets_before(&self, construct: impl Construct<'app>) {
        let scope = construct.scope();
        for target in self.mount_targets() {
            if let Some(target) = scope.node(target) {
                scope.depends_on(target);
            }
        }
    }

    /// Returns the nodes of the mount targets.
    pub(super) fn mount_targets(&self) -> Vec<NodeId> {
        let targets = self.scope.attached::<MountTargets>();
        targets.map(|targets| targets.0.clone()).unwrap_or_default()
    }

    pub(super) fn overwrite_protection(&self) -> OverwriteProtection {
        self.overwrite_protection
    }

    /// Allows a principal to mount the file system and read its files.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, READ)
    }

    /// Allows a principal to mount the file system, and to read and write its files.
    #[track_caller]
    pub fn grant_read_write(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, READ_WRITE)
    }

    /// Allows a principal to mount the file system, and to read and write its files as root, whatever their permissions.
    #[track_caller]
    pub fn grant_root_access(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, ROOT_ACCESS)
    }

    #[track_caller]
    fn grant(&self, to: &impl Grantable<'app>, actions: &[&'static str]) -> Grant<'app> {
        Grant::to(to)
            .actions(actions.iter().copied())
            .resource(self.arn())
            .on(self)
    }
}

/// Nodes of the mount targets, stored with that of the file system.
struct MountTargets(Vec<NodeId>);

/// Returns the zone of a One Zone file system. A subnet that does not exist, or whose zone is not known, is reported.
fn zone_of<'app>(
    scope: Scope<'app>,
    subnets: SubnetsRef<'app>,
    index: usize,
    count: usize,
) -> Option<Value<String>> {
    let zone = subnets.zone(index);
    if zone.is_none() && count > 0 {
        let tier = subnets.tier();
        let finding = Diagnostic::new(
            codes::ONE_ZONE_SUBNET,
            "the zone of a One Zone file system is not known",
        )
        .property("AvailabilityZoneName")
        .actual(format!("{tier} subnet {index}"));
        scope.report(if index < count {
            finding.help("name the zone of the imported subnet: `SubnetAttributes::new(…).availability_zone(\"…\")`")
        } else {
            finding
                .expected(format!("0 to {}", count - 1))
                .help("subnets are counted from 0, one for each Availability Zone")
        });
    }
    zone
}

/// Returns the file system policy. A policy without a permission for everybody makes EFS ask for IAM credentials.
fn policy(access: ClientAccess) -> PolicyDocument {
    let plaintext = Statement::deny()
        .principal(Principal::any())
        // Those of clients only: the API has no address without TLS, and a refusal of all actions looks like a lockout.
        .actions(ROOT_ACCESS.iter().copied())
        .condition("Bool", "aws:SecureTransport", "false");
    let document = PolicyDocument::new().statement(plaintext);
    match access {
        ClientAccess::Granted => document,
        ClientAccess::Anyone => document.statement(
            Statement::allow()
                .principal(Principal::any())
                .actions(ROOT_ACCESS.iter().copied())
                // Mount targets are in the VPC, so the permission is none for the internet.
                .condition("Bool", "elasticfilesystem:AccessedViaMountTarget", "true"),
        ),
    }
}

/// Uses the port of NFS as default port.
impl<'app> Connectable<'app> for FileSystem<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections::new(vec![self.security_group], Some(Port::tcp(NFS)))
    }
}

impl<'app> ResourcePolicy<'app> for FileSystem<'app> {
    /// Adds a statement to the file system policy.
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Resource, self.scope);
        PolicyDocument::add_to(*self.resource, "FileSystemPolicy", statement);
    }

    /// Returns nothing: a file system policy applies to its file system, and has no `Resource`.
    fn policy_resources(&self, _: Vec<Value<String>>) -> Vec<Value<String>> {
        Vec::new()
    }
}
