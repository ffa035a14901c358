//! The [`Instance`] construct, and existing instances.

use infra_cfn::ec2::{CfnInstance, CfnInstanceProps, instance};
use infra_cfn::kind;

use super::launch::{
    Surroundings, create_surroundings, launch_properties, require_session_manager,
    set_launch_properties,
};
use super::subnet_choice;
use super::{
    AsKeyPair, AsPlacementGroup, Connectable, Connections, DetailedMonitoring, SecurityGroup,
    SessionManager, TerminationProtection, Tier, Vpc,
};
use crate::construct::With;
use crate::iam::{AsRole, Grantable, Grantee, Identity, RoleRef};
use crate::kms::AsKey;
use crate::{Construct, Id, IntoValue, Scope, Value};

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
    /// Session Manager requires endpoints in the private subnets of a VPC without NAT; without them the instance is
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
        role: RoleRef<'app>,
        security_group: SecurityGroup<'app>,
        vpc: Vpc<'app>,
        tier: Tier,
        subnet_index: usize,
    }

    /// Properties of an [`Instance`], set through [`Instance::builder`].
    pub struct InstanceProps, InstanceBuilder, instance_builder {
        shared launch_properties,
        /// Tier of the subnet. Default: private, with a route out of the VPC. Changing it replaces the instance.
        default tier: Tier = Tier::PrivateWithEgress,
        /// Number of the subnet within its tier, from 0 (`INF4117`). Default: 0. Changing it replaces the instance.
        default subnet_index: usize = 0,
        /// Termination protection. Default: disabled, as in CloudFormation.
        default termination_protection: TerminationProtection = TerminationProtection::Disabled,
    }
}

impl<'app> Instance<'app> {
    fn create(scope: Scope<'app>, props: InstanceProps<'app>) -> Self {
        let Surroundings {
            security_group,
            role,
            profile,
        } = create_surroundings(
            scope,
            props.vpc,
            Some(props.tier),
            props.security_group,
            props.role,
            props.session_manager,
            "InstanceProfile",
        );
        if props.session_manager == SessionManager::Enabled {
            require_session_manager(scope, props.vpc, props.tier);
        }
        let (vpc, tier, subnet_index) = (props.vpc, props.tier, props.subnet_index);
        let cfn = CfnInstanceProps::new()
            .iam_instance_profile(profile.ref_())
            .security_group_ids(vec![security_group.id().cast::<String>()])
            .monitoring(props.detailed_monitoring == DetailedMonitoring::Enabled)
            .disable_api_termination(props.termination_protection == TerminationProtection::Enabled)
            .propagate_tags_to_volume_on_creation(true)
            .with(props.placement_group, |cfn, group| {
                cfn.placement_group_name(group.placement_group_name())
            })
            .with(
                subnet_choice::subnet_id(scope, vpc, tier, subnet_index),
                CfnInstanceProps::subnet_id,
            );
        let resource = set_launch_properties!(
            cfn,
            instance,
            "",
            instance::BlockDeviceMapping::new,
            scope,
            props
        )
        .build(scope, "Resource");
        // User data usually installs packages, so the instance must not start before its routes.
        if tier != Tier::Isolated {
            vpc.add_route_dependency(tier, *resource);
        }
        Self {
            scope,
            resource,
            role,
            security_group,
            vpc,
            tier,
            subnet_index,
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

    /// Returns the Availability Zone: that of the subnet where it is known, so that a resource in the same zone does not
    /// depend on the instance.
    pub fn availability_zone(&self) -> Value<String> {
        subnet_choice::subnet_zone(self.vpc, self.tier, self.subnet_index)
            .unwrap_or_else(|| self.resource.attr_availability_zone())
    }

    /// Returns the VPC of the instance.
    pub const fn vpc(&self) -> Vpc<'app> {
        self.vpc
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
    pub fn role(&self) -> RoleRef<'app> {
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
