//! The [`Instance`] construct, and existing instances.

use infra_cfn::ec2::{CfnInstance, CfnInstanceProps, instance};
use infra_cfn::kind;

use super::{
    Connectable, Connections, DetailedMonitoring, InstanceType, InterfaceEndpointService,
    MachineImage, Peer, Port, SecurityGroup, SessionManager, TerminationProtection, Tier, UserData,
    Vpc,
};
use crate::construct::With;
use crate::iam::{Grantable, Grantee, Identity, InstanceProfile, ManagedPolicy, Role};
use crate::kms::Key;
use crate::{Construct, Diagnostic, Id, IntoValue, Scope, Size, Value, codes};

crate::construct! {
    /// An EC2 instance: a virtual machine in a VPC.
    ///
    /// Creates an
    /// [`AWS::EC2::Instance`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html)
    /// with a security group, an instance profile and a role. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | subnet | the first private one | a subnet of the default VPC |
    /// | public address | none | depends on the subnet |
    /// | inbound traffic | nothing | the default group of the VPC |
    /// | outbound traffic | HTTPS, for the APIs of AWS and packages; nothing in isolated subnets | everything |
    /// | shell | Session Manager, without SSH | SSH with a key pair |
    /// | instance metadata | IMDSv2 with session tokens only | depends on image and account |
    /// | root volume | encrypted gp3, deleted with the instance | as in the image |
    /// | monitoring | every 5 minutes | every 5 minutes |
    /// | termination protection | off | off |
    ///
    /// In a VPC without NAT, Session Manager requires endpoints in the private subnets; without them the instance is
    /// reported (`INF4108`).
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::{Instance, InstanceType, MachineImage, UserData, Vpc};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Compute");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// Instance::builder()
    ///     .vpc(vpc)
    ///     .instance_type(InstanceType::T4G_SMALL)
    ///     .machine_image(MachineImage::amazon_linux_2023())
    ///     .user_data(UserData::new().command("dnf install -y nginx").command("systemctl enable --now nginx"))
    ///     .build(stack, "Server");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct Instance<'app>: "infra-lib.ec2.Instance" {
        resource: CfnInstance<'app>,
        role: Role<'app>,
        security_group: SecurityGroup<'app>,
        tier: Tier,
    }

    /// Properties of an [`Instance`], set through [`Instance::builder`].
    pub struct InstanceProps, InstanceBuilder, instance_builder {
        /// VPC of the instance. Changing it replaces the instance.
        required_handle vpc: Vpc<'app>,
        /// Instance type. Its architecture must be that of the machine image (`INF4115`). Changing it stops and starts
        /// the instance.
        required instance_type: InstanceType,
        /// Machine image. Changing it replaces the instance.
        required machine_image: MachineImage,
        /// Tier of the subnet. Default: private, with a route out of the VPC. Changing it replaces the instance.
        default tier: Tier = Tier::PrivateWithEgress,
        /// Number of the subnet within its tier, from 0 (`INF4117`). Default: 0. Changing it replaces the instance.
        default subnet_index: usize = 0,
        /// User data, at most 16 KB (`INF4116`). Default: none. Changing it restarts the instance.
        optional user_data: UserData,
        /// Role of the instance, which `ec2.amazonaws.com` must be able to assume (`INF4609`). Default: a new role.
        handle role: Role<'app>,
        /// Security group of the instance. Default: a new one that allows no inbound traffic, and outbound HTTPS.
        handle security_group: SecurityGroup<'app>,
        /// Access to a shell by Session Manager. Default: enabled (CloudFormation: a matter of the role).
        default session_manager: SessionManager = SessionManager::Enabled,
        /// Name of an existing key pair for SSH. Default: none, as in CloudFormation. Changing it replaces the instance.
        text key_name,
        /// Size of the root volume, rounded up to GiB. Default: the size of the image, as in CloudFormation.
        optional root_volume_size: Size,
        /// Key that encrypts the root volume. Default: the key of the account for EBS.
        handle encryption_key: Key<'app>,
        /// Interval of the metrics. Default: 5 minutes, as in CloudFormation.
        default detailed_monitoring: DetailedMonitoring = DetailedMonitoring::Disabled,
        /// Termination protection. Default: disabled, as in CloudFormation.
        default termination_protection: TerminationProtection = TerminationProtection::Disabled,
    }
}

impl<'app> Instance<'app> {
    fn create(scope: Scope<'app>, props: InstanceProps<'app>) -> Self {
        check_architecture(scope, &props.instance_type, &props.machine_image);
        let security_group = props
            .security_group
            .unwrap_or_else(|| default_group(scope, props.vpc, props.tier));
        let profile = InstanceProfile::builder()
            .maybe_role(props.role)
            .build(scope, "InstanceProfile");
        if props.session_manager == SessionManager::Enabled {
            let policy = ManagedPolicy::aws("AmazonSSMManagedInstanceCore");
            profile.role().add_managed_policy(policy);
            if props.tier == Tier::PrivateWithEgress {
                let services = [
                    InterfaceEndpointService::SSM,
                    InterfaceEndpointService::SSM_MESSAGES,
                ];
                props.vpc.private().requires_reach(scope, &services);
            }
        }
        let architecture = props.instance_type.architecture();
        let user_data = props.user_data.and_then(|data| data.render(scope));
        let resource = CfnInstanceProps::new()
            .image_id(props.machine_image.image_id(architecture))
            .instance_type(props.instance_type.as_str())
            .iam_instance_profile(profile.instance_profile_name())
            .security_group_ids(vec![security_group.id().cast::<String>()])
            .metadata_options(
                instance::MetadataOptions::new()
                    .http_endpoint(instance::MetadataOptionsHttpEndpoint::ENABLED)
                    .http_tokens(instance::MetadataOptionsHttpTokens::REQUIRED),
            )
            .block_device_mappings(vec![
                instance::BlockDeviceMapping::new(props.machine_image.root_device())
                    .ebs(root_volume(props.root_volume_size, props.encryption_key)),
            ])
            .monitoring(props.detailed_monitoring == DetailedMonitoring::Enabled)
            .disable_api_termination(props.termination_protection == TerminationProtection::Enabled)
            .propagate_tags_to_volume_on_creation(true)
            .with(
                subnet_id(scope, props.vpc, props.tier, props.subnet_index),
                CfnInstanceProps::subnet_id,
            )
            .with(user_data, CfnInstanceProps::user_data)
            .with(props.key_name, CfnInstanceProps::key_name)
            .build(scope, "Resource");
        // User data usually installs packages, so the instance must not start before its routes.
        match props.tier {
            Tier::Public => props.vpc.public().established_before(*resource),
            Tier::PrivateWithEgress => props.vpc.private().established_before(*resource),
            Tier::Isolated => {}
        }
        Self {
            scope,
            resource,
            role: profile.role(),
            security_group,
            tier: props.tier,
        }
    }

    /// Imports an existing instance by its ID, `i-…`.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        instance_id: impl IntoValue<Id<kind::ec2::Instance>>,
    ) -> ImportedInstance<'app> {
        ImportedInstance::import(scope, id, instance_id.into_value())
    }

    /// Returns the ID of the instance, `i-…`.
    pub fn instance_id(&self) -> Value<Id<kind::ec2::Instance>> {
        self.resource.ref_()
    }

    /// Returns the private IPv4 address.
    pub fn private_ip(&self) -> Value<String> {
        self.resource.attr_private_ip()
    }

    /// Returns the private DNS name.
    pub fn private_dns_name(&self) -> Value<String> {
        self.resource.attr_private_dns_name()
    }

    /// Returns the role of the instance.
    pub fn role(&self) -> Role<'app> {
        self.role
    }

    /// Returns the security group of the instance.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }

    /// Returns the tier of the subnet.
    pub const fn tier(&self) -> Tier {
        self.tier
    }

    /// Returns the L1 binding of the instance.
    pub fn cfn(&self) -> CfnInstance<'app> {
        self.resource
    }
}

/// Creates a security group that allows connections to port 443 anywhere; in isolated subnets none, since there is no
/// way out.
fn default_group<'app>(scope: Scope<'app>, vpc: Vpc<'app>, tier: Tier) -> SecurityGroup<'app> {
    let group = SecurityGroup::builder()
        .vpc(vpc)
        .build(scope, "SecurityGroup");
    if tier != Tier::Isolated {
        let purpose = "HTTPS, for the APIs of AWS and packages";
        group.allow_egress(&Peer::any_ipv4(), Port::HTTPS, purpose);
    }
    group
}

fn root_volume(size: Option<Size>, key: Option<Key<'_>>) -> instance::Ebs {
    instance::Ebs::new()
        .volume_type(instance::EbsVolumeType::GP3)
        .encrypted(true)
        .delete_on_termination(true)
        .with(size, |ebs, size| {
            ebs.volume_size(size.as_mib().div_ceil(1_024).cast_signed())
        })
        .with(key, |ebs, key| ebs.kms_key_id(key.arn().cast::<String>()))
}

/// Returns a subnet of the tier. A number that the tier does not have is reported.
fn subnet_id<'app>(
    scope: Scope<'app>,
    vpc: Vpc<'app>,
    tier: Tier,
    index: usize,
) -> Option<Value<Id<kind::ec2::Subnet>>> {
    let ids = match tier {
        Tier::Public => vpc.public().id_list(),
        Tier::PrivateWithEgress => vpc.private().id_list(),
        Tier::Isolated => vpc.isolated().id_list(),
    };
    let count = ids.len();
    let id = ids.into_iter().nth(index);
    if id.is_none() && count > 0 {
        scope.report(
            Diagnostic::new(
                codes::INSTANCE_ZONE,
                format!("the VPC has no {tier} subnet with the number {index}"),
            )
            .property("SubnetId")
            .actual(index.to_string())
            .expected(format!("0 to {}", count - 1))
            .help("subnets are counted from 0, one for each Availability Zone"),
        );
    }
    id
}

fn check_architecture(scope: Scope<'_>, instance_type: &InstanceType, image: &MachineImage) {
    let own = instance_type.architecture();
    let Some(expected) = image.architecture().filter(|image| *image != own) else {
        return;
    };
    scope.report(
        Diagnostic::new(
            codes::IMAGE_ARCHITECTURE,
            format!("EC2 cannot start an image for {expected} on an instance for {own}"),
        )
        .property("InstanceType")
        .actual(format!("`{}`, {own}", instance_type.as_str()))
        .expected(format!("an instance type for {expected}"))
        .help("choose a type of the image's architecture, or an image for that of the type")
        .url("https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html"),
    );
}

impl<'app> Connectable<'app> for Instance<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections::new(vec![self.security_group], None)
    }
}

/// Grants permissions to the role of the instance.
impl<'app> Grantable<'app> for Instance<'app> {
    fn grantee(&self) -> Grantee<'app> {
        self.role.grantee()
    }
}

impl<'app> Identity<'app> for Instance<'app> {}

crate::import! {
    /// An existing instance, from [`Instance::from_id`].
    pub struct ImportedInstance<'app>: "infra-lib.ec2.ImportedInstance" {
        /// Returns the ID of the instance, `i-…`.
        instance_id: Id<kind::ec2::Instance>,
    }

    /// An instance of the app or an existing one, from [`AsInstance::as_instance`].
    pub enum InstanceRef of Instance;

    /// An instance for builders: an [`Instance`] or an [`ImportedInstance`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no instance",
        label = "an `Instance` or an `ImportedInstance` is needed here"
    )]
    pub trait AsInstance::as_instance;
}
