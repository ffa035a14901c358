//! Network paths: addresses, routes, network ACLs, security groups, and what forwards requests.

mod acl;
mod cidr;
mod connect;
mod endpoint;
mod forward;
mod group;
mod route;

pub(crate) use cidr::Cidr;
pub(crate) use connect::{connect, from_internet, leaves_vpc};
pub(crate) use endpoint::{Endpoint, endpoints_of, is_endpoint};
pub(crate) use forward::{forwarders_into, forwards, is_forwarder};
pub(crate) use group::open_ports;

use crate::world::World;

/// The other end of a connection, as rules see it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Peer<'e> {
    /// Any host of the internet.
    Internet,
    /// The servers of CloudFront that call origins.
    CloudFront,
    /// A resource in a VPC.
    Endpoint(&'e Endpoint),
}

impl Peer<'_> {
    fn show(self, world: &World) -> String {
        match self {
            Peer::Internet => "the internet".to_owned(),
            Peer::CloudFront => "CloudFront".to_owned(),
            Peer::Endpoint(endpoint) => world.show(endpoint.node),
        }
    }
}
