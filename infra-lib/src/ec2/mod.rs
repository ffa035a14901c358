//! Amazon EC2: VPCs, subnets by tier, security groups, the connections between them, and instances.
//!
//! [`Vpc`] creates a network with [public](Public), [private](PrivateWithEgress) and [isolated](Isolated) subnets, or
//! imports an existing one. [`Subnets`] carries its tier in the type, so a construct can require, for example,
//! isolated subnets at compile time. [`Connectable`] opens connections between constructs; [`SecurityGroup`] has the
//! rules behind them, and [`Peer`] and [`Port`] name the other end and the ports of a rule.
//!
//! [`Instance`] is a virtual machine of an [`InstanceType`], started from a [`MachineImage`] with [`UserData`]; an
//! [`Eip`] gives it a public address that stays the same, and a [`KeyPair`] access by SSH.
//! A [`Volume`] is a disk that outlives its instances; a [`VolumeAttachment`] connects them. A [`PlacementGroup`]
//! keeps instances close together or apart, and a [`NetworkInterface`] gives them private addresses that stay the same. A [`LaunchTemplate`] describes the instances that other services start.
//!
//! A [`NetworkAcl`] filters the packets of subnets, [`DhcpOptions`] name the DNS servers of a VPC, a
//! [`VpcPeeringConnection`] connects two VPCs, and a [`VpcEndpointService`] offers a load balancer to others.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#ec2).

mod attributes;
mod cidr;
mod connections;
mod default_group;
mod dhcp_options;
mod eip_association;
mod elastic_ip;
mod endpoint_service;
mod endpoints;
mod flow_logs;
pub(crate) mod imported_groups;
mod instance;
mod instance_metrics;
mod instance_options;
mod instance_type;
mod key_pair;
mod launch;
mod launch_template;
mod layout;
mod lookup;
mod machine_image;
mod network;
mod network_acl;
mod network_acl_rule;
mod network_interface;
mod network_interface_options;
mod outbound;
mod peer;
mod peering;
mod placement;
mod placement_group;
mod port;
mod rule;
mod security_group;
mod subnet_choice;
mod subnets;
mod tier;
mod user_data;
mod volume;
mod volume_attachment;
mod volume_grants;
mod volume_metrics;
mod volume_options;
mod volume_type;
mod vpc;
mod vpc_endpoint_service;
mod vpc_state;

pub use attributes::{SubnetAttributes, VpcAttributes};
pub use cidr::{Cidr, CidrError, Ipv6Cidr};
pub use connections::{Connectable, Connections};
pub use dhcp_options::{DhcpOptions, DhcpOptionsBuilder, DhcpOptionsProps, ImportedDhcpOptions};
pub use eip_association::{
    AddressTarget, EipAssociation, EipAssociationBuilder, EipAssociationProps,
};
pub use elastic_ip::{Eip, EipBuilder, EipProps};
pub use endpoint_service::{GatewayEndpointService, InterfaceEndpointService};
pub use endpoints::InterfaceEndpoint;
#[cfg(feature = "s3")]
pub use flow_logs::FlowLogFiles;
pub use flow_logs::{AggregationInterval, FlowLogs};
pub use instance::{
    AsInstance, ImportedInstance, Instance, InstanceBuilder, InstanceProps, InstanceRef,
};
pub use instance_options::{DetailedMonitoring, SessionManager, TerminationProtection};
pub use instance_type::{Architecture, InstanceType};
pub use key_pair::{
    AsKeyPair, ImportedKeyPair, KeyFormat, KeyPair, KeyPairBuilder, KeyPairProps, KeyPairRef,
    KeySource,
};
pub(crate) use launch::require_session_manager;
pub use launch_template::{
    AsLaunchTemplate, ImportedLaunchTemplate, IntoLaunch, Launch, LaunchTemplate,
    LaunchTemplateBuilder, LaunchTemplateProps, LaunchTemplateRef,
};
pub(crate) use lookup::lookup_egress;
pub use lookup::{
    ImageLookup, SecurityGroupLookup, VpcLookup, lookup_availability_zones,
    lookup_endpoint_service_zones,
};
pub use machine_image::{MachineImage, UbuntuRelease};
pub use network_acl::{ImportedNetworkAcl, NetworkAcl, NetworkAclBuilder, NetworkAclProps};
pub use network_acl_rule::{AclBlock, AclRule};
pub use network_interface::{
    ImportedNetworkInterface, NetworkInterface, NetworkInterfaceBuilder, NetworkInterfaceProps,
};
pub use network_interface_options::{SecondaryAddresses, SourceDestCheck};
pub(crate) use outbound::{Outbound, create_group};
pub use peer::Peer;
pub use peering::{
    ImportedVpcPeeringConnection, PeerVpc, VpcPeeringConnection, VpcPeeringConnectionBuilder,
    VpcPeeringConnectionProps,
};
pub use placement_group::{
    AsPlacementGroup, ImportedPlacementGroup, PlacementGroup, PlacementGroupBuilder,
    PlacementGroupProps, PlacementGroupRef, PlacementStrategy,
};
pub use port::Port;
pub use security_group::{Egress, SecurityGroup, SecurityGroupBuilder, SecurityGroupProps};
pub use subnets::{AsSubnets, InternalSubnets, Subnets, SubnetsRef};
pub use tier::{InternalTier, Isolated, PrivateWithEgress, Public, SubnetTier, Tier};
pub use user_data::UserData;
pub use volume::{AsVolume, ImportedVolume, Volume, VolumeBuilder, VolumeProps, VolumeRef};
pub use volume_attachment::{VolumeAttachment, VolumeAttachmentBuilder, VolumeAttachmentProps};
pub use volume_options::{AutoEnableIo, MultiAttach};
pub use volume_type::VolumeType;
pub use vpc::{IpProtocol, Nat, Vpc, VpcBuilder, VpcProps};
pub use vpc_endpoint_service::{
    EndpointAcceptance, ImportedVpcEndpointService, VpcEndpointService, VpcEndpointServiceBuilder,
    VpcEndpointServiceProps,
};
