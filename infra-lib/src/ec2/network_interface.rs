//! The [`NetworkInterface`] construct, and existing network interfaces.

use std::borrow::Borrow;

use infra_cfn::ec2::{
    CfnNetworkInterface, CfnNetworkInterfaceAttachmentProps, CfnNetworkInterfaceAttachmentRequired,
    CfnNetworkInterfaceProps, network_interface,
};
use infra_cfn::kind;

use super::launch::outbound_of;
use super::outbound::create_group;
use super::subnet_choice::{check_zone, subnet_id, subnet_zone};
use super::{
    AsInstance, Connectable, Connections, InstanceRef, SecondaryAddresses, SecurityGroup,
    SourceDestCheck, Tier, Vpc,
};
use crate::construct::With;
use crate::{Construct, Id, IntoValue, Scope, Value, value};

crate::construct! {
    /// A network interface: private addresses that stay the same while instances are replaced, or a second network of an
    /// instance.
    ///
    /// Creates an
    /// [`AWS::EC2::NetworkInterface`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkinterface.html),
    /// and an `AWS::EC2::NetworkInterfaceAttachment` for an instance. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | subnet | the first private one | required |
    /// | inbound traffic | nothing | the default group of the VPC |
    /// | outbound traffic | HTTPS, for the APIs of AWS and packages; nothing in isolated subnets | everything |
    /// | private address | one of the subnet | one of the subnet |
    /// | secondary addresses | none | none |
    /// | source/destination check | enabled | enabled |
    /// | instance | none | none |
    /// | when its instance is terminated | kept | deleted |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::{Instance, InstanceType, MachineImage, NetworkInterface, Vpc};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Compute");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let server = Instance::builder()
    ///     .vpc(vpc)
    ///     .instance_type(InstanceType::T4G_SMALL)
    ///     .machine_image(MachineImage::amazon_linux_2023())
    ///     .build(stack, "Server");
    /// let licensed = NetworkInterface::builder()
    ///     .vpc(vpc)
    ///     .instance(server)
    ///     .build(stack, "Licensed");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct NetworkInterface<'app>: "infra-lib.ec2.NetworkInterface" {
        resource: CfnNetworkInterface<'app>,
    }

    /// Properties of a [`NetworkInterface`], set through [`NetworkInterface::builder`].
    pub struct NetworkInterfaceProps, NetworkInterfaceBuilder, network_interface_builder {
        /// VPC of the subnet. Changing it replaces the interface.
        required_handle vpc: Vpc<'app>,
        /// Tier of the subnet. Default: private, with a route out of the VPC. Changing it replaces the interface.
        default tier: Tier = Tier::PrivateWithEgress,
        /// Number of the subnet within its tier, from 0 (`INF4117`). Default: 0. Changing it replaces the interface.
        default subnet_index: usize = 0,
        /// Security groups, at most five unless the account has a higher quota. Default: a new one that allows no inbound
        /// traffic, and outbound HTTPS.
        list security_groups: SecurityGroup<'app>,
        /// Primary private IPv4 address, one of the subnet. Default: AWS chooses one. Changing it replaces the interface.
        text private_ip_address,
        /// Secondary private IPv4 addresses. Default: none, as in CloudFormation.
        default secondary_addresses: SecondaryAddresses = SecondaryAddresses::none(),
        /// Check that the interface is source or destination of its packets. Default: enabled, as in CloudFormation.
        default source_dest_check: SourceDestCheck = SourceDestCheck::Enabled,
        /// Description. Default: none, as in CloudFormation.
        text description,
        /// Instance that the interface is attached to, in the same Availability Zone (`INF4123`). Default: none. Changing it
        /// moves the interface.
        reference instance: AsInstance::as_instance => InstanceRef<'app>,
        /// Number of the interface among the additional ones of the instance, from 0; EC2 counts its primary one as well.
        /// The [limit](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html) depends on the instance
        /// type. Default: 0. Changing it replaces the attachment.
        default attachment_index: u8 = 0,
    }
}

impl<'app, S: network_interface_builder::State> NetworkInterfaceBuilder<'app, S> {
    /// Adds a security group. Without one, the interface gets a new one.
    pub fn security_group(mut self, group: impl Borrow<SecurityGroup<'app>>) -> Self {
        self.security_groups.push(*group.borrow());
        self
    }
}

impl<'app> NetworkInterface<'app> {
    fn create(scope: Scope<'app>, props: NetworkInterfaceProps<'app>) -> Self {
        let (vpc, tier) = (props.vpc, props.tier);
        let mut groups = props.security_groups;
        if groups.is_empty() {
            groups.push(create_group(
                scope,
                "SecurityGroup",
                vpc,
                outbound_of(Some(tier)),
            ));
        }
        let ids: Vec<Value<String>> = groups.iter().map(|group| group.id().cast()).collect();
        // A number without a subnet is reported; the text keeps the rest of the template complete.
        let subnet = subnet_id(scope, vpc, tier, props.subnet_index);
        let subnet = subnet.unwrap_or_else(|| value::<String>("subnet-unknown").cast());
        let cfn = CfnNetworkInterfaceProps::new(subnet)
            .group_set(ids)
            .source_dest_check(props.source_dest_check == SourceDestCheck::Enabled)
            .with(
                props.private_ip_address,
                CfnNetworkInterfaceProps::private_ip_address,
            )
            .with(props.description, CfnNetworkInterfaceProps::description)
            .with(props.secondary_addresses.count, |cfn, count| {
                cfn.secondary_private_ip_address_count(i64::from(count))
            });
        let fixed = props.secondary_addresses.fixed.into_iter();
        let fixed: Vec<_> = fixed
            .map(|address| network_interface::PrivateIpAddressSpecification::new(false, address))
            .collect();
        let resource = cfn
            .with((!fixed.is_empty()).then_some(fixed), |cfn, fixed| {
                cfn.private_ip_addresses(fixed)
            })
            .build(scope, "Resource");
        scope.attach(Groups(
            groups.iter().map(|group| group.scope().node_id()).collect(),
        ));
        let interface = Self { scope, resource };
        if let Some(instance) = props.instance {
            if let Some(zone) = subnet_zone(vpc, tier, props.subnet_index) {
                check_zone(scope, "network interface", &interface, &zone, &instance);
            }
            CfnNetworkInterfaceAttachmentProps::new(CfnNetworkInterfaceAttachmentRequired {
                device_index: value((u16::from(props.attachment_index) + 1).to_string()),
                instance_id: instance.instance_id().cast(),
                network_interface_id: interface.network_interface_id().cast(),
            })
            .delete_on_termination(false)
            .build(scope, "Attachment");
        }
        interface
    }

    /// Imports an existing network interface by its ID, `eni-…`.
    ///
    /// `security_group` is that of the interface, so that connections to it can be allowed.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        network_interface_id: impl IntoValue<Id<kind::ec2::NetworkInterface>>,
        security_group: SecurityGroup<'app>,
    ) -> ImportedNetworkInterface<'app> {
        let interface = network_interface_id.into_value();
        let imported = ImportedNetworkInterface::import(scope, id, interface);
        let groups = vec![security_group.scope().node_id()];
        imported.scope().attach(Groups(groups));
        imported
    }

    /// Returns the ID of the network interface, `eni-…`.
    pub fn network_interface_id(&self) -> Value<Id<kind::ec2::NetworkInterface>> {
        self.resource.attr_id()
    }

    /// Returns the primary private IPv4 address.
    pub fn private_ip(&self) -> Value<String> {
        self.resource.attr_primary_private_ip_address()
    }

    /// Returns the L1 binding of the network interface.
    pub fn cfn(&self) -> CfnNetworkInterface<'app> {
        self.resource
    }
}

/// Nodes of the security groups of an interface.
struct Groups(Vec<crate::core::NodeId>);

/// Returns the connections to the security groups that are attached to a scope.
fn connections_of(scope: Scope<'_>) -> Connections<'_> {
    let groups = scope.attached::<Groups>();
    let nodes = groups.iter().flat_map(|groups| &groups.0);
    let groups = nodes.filter_map(|id| scope.node(*id));
    Connections::new(groups.map(SecurityGroup::from_scope).collect(), None)
}

impl<'app> Connectable<'app> for NetworkInterface<'app> {
    fn connections(&self) -> Connections<'app> {
        connections_of(self.scope)
    }
}

impl<'app> Connectable<'app> for ImportedNetworkInterface<'app> {
    fn connections(&self) -> Connections<'app> {
        connections_of(self.scope())
    }
}

crate::import! {
    /// An existing network interface, from [`NetworkInterface::from_id`].
    pub struct ImportedNetworkInterface<'app>: "infra-lib.ec2.ImportedNetworkInterface" {
        /// Returns the ID of the network interface, `eni-…`.
        network_interface_id: Id<kind::ec2::NetworkInterface>,
    }
}
