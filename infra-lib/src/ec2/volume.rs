//! The [`Volume`] construct, and existing volumes.

use infra_cfn::ec2::{CfnVolume, CfnVolumeProps};
use infra_cfn::kind;

use super::volume_grants::{self, ATTACH, DETACH};
use super::{AsInstance, AutoEnableIo, Instance, MultiAttach, VolumeType};
use crate::construct::With;
use crate::iam::{Grant, Grantable, Identity};
use crate::kms::{AsKey, KeyRef};
use crate::{Construct, Diagnostic, Id, IntoValue, RemovalPolicy, Scope, Size, Value, codes};

crate::construct! {
    /// An EBS volume: a disk for an instance, which outlives it.
    ///
    /// Creates an
    /// [`AWS::EC2::Volume`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-volume.html).
    /// A [`VolumeAttachment`](super::VolumeAttachment) connects it to an instance of the same Availability Zone. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | encryption | with the key of the account for EBS | depends on the account |
    /// | type | gp3, 3,000 IOPS and 125 MiB/s | gp2 |
    /// | size | required | that of the snapshot |
    /// | instances at a time | one | one |
    /// | I/O after a possible inconsistency | disabled until you enable it | disabled |
    /// | when it leaves the stack | a snapshot is taken | deleted |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::{Instance, InstanceType, MachineImage, Volume, VolumeAttachment, Vpc};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Compute");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let server = Instance::builder()
    ///     .vpc(vpc)
    ///     .instance_type(InstanceType::T4G_SMALL)
    ///     .machine_image(MachineImage::amazon_linux_2023())
    ///     .build(stack, "Server");
    /// let data = Volume::builder()
    ///     .availability_zone(server.availability_zone())
    ///     .size(Size::gib(100))
    ///     .build(stack, "Data");
    /// VolumeAttachment::builder()
    ///     .volume(data)
    ///     .instance(server)
    ///     .device("/dev/sdf")
    ///     .build(stack, "Attachment");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct Volume<'app>: "infra-lib.ec2.Volume" {
        resource: CfnVolume<'app>,
        encryption_key: Option<KeyRef<'app>>,
    }

    /// Properties of a [`Volume`], set through [`Volume::builder`].
    pub struct VolumeProps, VolumeBuilder, volume_builder {
        /// Availability Zone, that of the instance (`INF4123`), such as
        /// [`Instance::availability_zone`](super::Instance::availability_zone). Changing it replaces the volume.
        required_value availability_zone: String,
        /// Size, rounded up to GiB. It can grow without interruption, but not shrink. Limits depend on the type (`INF4122`).
        required size: Size,
        /// Type, with its IOPS and throughput (`INF4122`). Default: gp3 with 3,000 IOPS and 125 MiB/s (CloudFormation: gp2).
        default volume_type: VolumeType = VolumeType::gp3(),
        /// Key that encrypts the volume. Default: the key of the account for EBS. Changing it replaces the volume.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
        /// ID of the snapshot with the data, `snap-…`, which must not be larger than the volume. Default: an empty volume.
        /// Changing it replaces the volume.
        text snapshot_id,
        /// Rate at which the data of the snapshot is loaded, 100 to 300 MiB/s, at a price for each GiB (`INF4122`). Default:
        /// data is loaded when it is first read, as in CloudFormation.
        optional initialization_rate: u32,
        /// Number of instances that use the volume at the same time. Default: one, as in CloudFormation. Several require the
        /// type io1 or io2 (`INF4122`), and a file system for clusters.
        default multi_attach: MultiAttach = MultiAttach::Disabled,
        /// Reads and writes after EBS found that data may be inconsistent. Default: disabled until you enable them, as in
        /// CloudFormation.
        default auto_enable_io: AutoEnableIo = AutoEnableIo::Disabled,
        /// Removal policy. Default: a snapshot is taken before the volume is deleted (CloudFormation: deleted).
        default removal_policy: RemovalPolicy = RemovalPolicy::Snapshot,
    }
}

/// Availability Zone of a volume.
struct Zone(Value<String>);

impl<'app> Volume<'app> {
    fn create(scope: Scope<'app>, props: VolumeProps<'app>) -> Self {
        let gib = props.size.as_mib().div_ceil(1_024);
        check_limits(scope, &props, gib);
        let kind = props.volume_type;
        let resource = CfnVolumeProps::new()
            .availability_zone(&props.availability_zone)
            .encrypted(true)
            .size(gib.cast_signed())
            .volume_type(kind.cfn())
            .multi_attach_enabled(props.multi_attach == MultiAttach::Enabled)
            .with(kind.iops(), |cfn, iops| cfn.iops(i64::from(iops)))
            .with(kind.throughput(), |cfn, rate| {
                cfn.throughput(i64::from(rate))
            })
            .with(props.encryption_key, |cfn, key| {
                cfn.kms_key_id(key.arn().cast::<String>())
            })
            .with(props.snapshot_id, CfnVolumeProps::snapshot_id)
            .with(props.initialization_rate, |cfn, rate| {
                cfn.volume_initialization_rate(i64::from(rate))
            })
            .with(
                (props.auto_enable_io == AutoEnableIo::Enabled).then_some(true),
                CfnVolumeProps::auto_enable_io,
            )
            .build(scope, "Resource");
        resource.apply_removal_policy(props.removal_policy);
        scope.attach(Zone(props.availability_zone));
        Self {
            scope,
            resource,
            encryption_key: props.encryption_key,
        }
    }

    /// Imports an existing volume of this account and region by its ID, `vol-…`.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        volume_id: impl IntoValue<Id<kind::ec2::Volume>>,
    ) -> ImportedVolume<'app> {
        ImportedVolume::import(scope, id, volume_id.into_value())
    }

    /// Returns the ID of the volume, `vol-…`.
    pub fn volume_id(&self) -> Value<Id<kind::ec2::Volume>> {
        self.resource.ref_()
    }

    /// Returns the Availability Zone of the volume.
    pub fn availability_zone(&self) -> Value<String> {
        self.load_zone().0.clone()
    }

    fn load_zone(&self) -> std::rc::Rc<Zone> {
        self.scope
            .attached()
            .expect("every volume is made with its zone")
    }

    /// Returns the key that encrypts the volume, unless it is that of the account.
    pub const fn encryption_key(&self) -> Option<KeyRef<'app>> {
        self.encryption_key
    }

    /// Returns the L1 binding of the volume.
    pub fn cfn(&self) -> CfnVolume<'app> {
        self.resource
    }

    /// Allows a role to attach the volume to any instance of this account and region, with its encryption key.
    #[track_caller]
    pub fn grant_attach(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let grant = volume_grants::grant(ATTACH, to, &self.volume_id(), None).on_identity(self);
        self.with_key(to, grant)
    }

    /// Allows a role to attach the volume to one instance, with its encryption key. The role of the instance itself would
    /// depend on it in a cycle: use [`grant_attach_by_tag`](Self::grant_attach_by_tag) for it.
    #[track_caller]
    pub fn grant_attach_to(
        &self,
        to: &impl Grantable<'app>,
        instance: impl AsInstance<'app>,
    ) -> Grant<'app> {
        let id = instance.as_instance().instance_id();
        let grant = volume_grants::grant(ATTACH, to, &self.volume_id(), Some(id)).on_identity(self);
        self.with_key(to, grant)
    }

    /// Allows a role to detach the volume from any instance of this account and region.
    #[track_caller]
    pub fn grant_detach(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        volume_grants::grant(DETACH, to, &self.volume_id(), None).on_identity(self)
    }

    /// Allows a role to detach the volume from one instance.
    #[track_caller]
    pub fn grant_detach_from(
        &self,
        to: &impl Grantable<'app>,
        instance: impl AsInstance<'app>,
    ) -> Grant<'app> {
        let id = instance.as_instance().instance_id();
        volume_grants::grant(DETACH, to, &self.volume_id(), Some(id)).on_identity(self)
    }

    /// Allows a role to attach the volume to some instances, with its encryption key. Volume and instances get a tag, which
    /// the permission requires, so that it does not refer to the instances: the role may be their own.
    #[track_caller]
    pub fn grant_attach_by_tag(
        &self,
        to: &impl Grantable<'app>,
        instances: &[Instance<'app>],
    ) -> Grant<'app> {
        let tag = volume_grants::Tag::set("VolumeGrantAttach", *self, instances);
        let grant = volume_grants::grant(ATTACH, to, &self.volume_id(), None);
        self.with_key(to, tag.require(grant).on_identity(self))
    }

    /// Allows a role to detach the volume from some instances, which get a tag as for
    /// [`grant_attach_by_tag`](Self::grant_attach_by_tag).
    #[track_caller]
    pub fn grant_detach_by_tag(
        &self,
        to: &impl Grantable<'app>,
        instances: &[Instance<'app>],
    ) -> Grant<'app> {
        let tag = volume_grants::Tag::set("VolumeGrantDetach", *self, instances);
        let grant = volume_grants::grant(DETACH, to, &self.volume_id(), None);
        tag.require(grant).on_identity(self)
    }

    #[track_caller]
    fn with_key(&self, to: &impl Grantable<'app>, grant: Grant<'app>) -> Grant<'app> {
        match self.encryption_key {
            Some(key) => grant.and(volume_grants::grant_key(to, &key)),
            None => grant,
        }
    }
}

impl<'app> ImportedVolume<'app> {
    /// Allows an identity of the app to attach the volume to any instance of this account and region. A volume that is
    /// encrypted with a key of yours also requires `kms:CreateGrant` for the key.
    #[track_caller]
    pub fn grant_attach(&self, to: &impl Identity<'app>) -> Grant<'app> {
        volume_grants::grant(ATTACH, to, &self.volume_id(), None).on_identity(self)
    }

    /// Allows an identity of the app to detach the volume from any instance of this account and region.
    #[track_caller]
    pub fn grant_detach(&self, to: &impl Identity<'app>) -> Grant<'app> {
        volume_grants::grant(DETACH, to, &self.volume_id(), None).on_identity(self)
    }
}

/// Reports settings that EBS rejects for the type of the volume.
fn check_limits(scope: Scope<'_>, props: &VolumeProps<'_>, gib: u64) {
    let kind = props.volume_type;
    let name = kind.as_str();
    let limits = kind.limits();
    let report = |property: &'static str, actual: String, expected: String, help: &str| {
        scope.report(
            Diagnostic::new(
                codes::VOLUME_LIMITS,
                format!("EBS cannot create this volume of the type {name}"),
            )
            .property(property)
            .actual(actual)
            .expected(expected)
            .help(help)
            .url("https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html"),
        );
    };
    let (from, to) = limits.gib;
    if !(from..=to).contains(&gib) {
        let expected = format!("{from} to {to} GiB");
        report(
            "Size",
            format!("{gib} GiB"),
            expected,
            "set another size or type",
        );
    }
    if let Some(iops) = kind.iops() {
        let (from, to) = limits.iops;
        let highest = (gib * limits.iops_per_gib)
            .min(u64::from(to))
            .max(u64::from(from));
        if iops < from || u64::from(iops) > highest {
            let expected = format!("{from} to {highest} for {gib} GiB");
            report(
                "Iops",
                iops.to_string(),
                expected,
                "set other IOPS, or a larger size",
            );
        }
        if let Some(throughput) = kind.throughput() {
            let highest = (iops / 4).clamp(125, 2_000);
            if !(125..=highest).contains(&throughput) {
                let expected = format!("125 to {highest} MiB/s for {iops} IOPS");
                let actual = format!("{throughput} MiB/s");
                report(
                    "Throughput",
                    actual,
                    expected,
                    "set another throughput, or more IOPS",
                );
            }
        }
    }
    if props.multi_attach == MultiAttach::Enabled && !kind.supports_multi_attach() {
        let help = "choose `VolumeType::io2(…)`, or a file system that several instances can use, such as EFS";
        report(
            "MultiAttachEnabled",
            "`true`".to_owned(),
            "the type io1 or io2".to_owned(),
            help,
        );
    }
    if let Some(rate) = props.initialization_rate
        && (props.snapshot_id.is_none() || !(100..=300).contains(&rate))
    {
        report(
            "VolumeInitializationRate",
            format!("{rate} MiB/s"),
            "100 to 300 MiB/s, for a volume with a snapshot".to_owned(),
            "set `.snapshot_id(…)` and a rate within these limits, or no rate",
        );
    }
}

crate::import! {
    /// An existing volume, from [`Volume::from_id`].
    pub struct ImportedVolume<'app>: "infra-lib.ec2.ImportedVolume" {
        /// Returns the ID of the volume, `vol-…`.
        volume_id: Id<kind::ec2::Volume>,
    }

    /// A volume of the app or an existing one, from [`AsVolume::as_volume`].
    pub enum VolumeRef of Volume;

    /// A volume for builders: a [`Volume`] or an [`ImportedVolume`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no volume",
        label = "a `Volume` or an `ImportedVolume` is needed here"
    )]
    pub trait AsVolume::as_volume;
}
