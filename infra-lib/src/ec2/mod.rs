//! Amazon EC2 networking: VPCs, subnets by tier, security groups, and the connections between them.
//!
//! [`Vpc`] creates a network with [public](Public), [private](PrivateWithEgress) and [isolated](Isolated) subnets, or
//! imports an existing one. [`Subnets`] carries its tier in the type, so a construct can require, for example,
//! isolated subnets at compile time. [`Connectable`] opens connections between constructs; [`SecurityGroup`] has the
//! rules behind them, and [`Peer`] and [`Port`] name the other end and the ports of a rule.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#ec2).

mod attributes;
mod cidr;
mod connections;
mod default_group;
mod endpoint_service;
mod endpoints;
mod flow_logs;
mod layout;
mod lookup;
mod network;
mod peer;
mod placement;
mod port;
mod rule;
mod security_group;
mod subnets;
mod tier;
mod vpc;
mod vpc_state;

pub use attributes::{SubnetAttributes, VpcAttributes};
pub use cidr::{Cidr, CidrError, Ipv6Cidr};
pub use connections::{Connectable, Connections};
pub use endpoint_service::{GatewayEndpointService, InterfaceEndpointService};
pub use endpoints::InterfaceEndpoint;
pub use flow_logs::FlowLogs;
pub(crate) use lookup::lookup_egress;
pub use lookup::{
    ImageLookup, SecurityGroupLookup, VpcLookup, lookup_availability_zones,
    lookup_endpoint_service_zones,
};
pub use peer::Peer;
pub use port::Port;
pub use security_group::{Egress, SecurityGroup, SecurityGroupBuilder, SecurityGroupProps};
pub use subnets::Subnets;
pub use tier::{InternalTier, Isolated, PrivateWithEgress, Public, SubnetTier, Tier};
pub use vpc::{IpProtocol, Nat, Vpc, VpcBuilder, VpcProps};
