//! Connections to an endpoint, from the internet and from another endpoint.

use super::acl::acl_allows;
use super::endpoint::{Endpoint, Ports, vpc_of};
use super::group::{Flow, groups_allow};
use super::route::{Way, has_internet_route};
use super::{Peer, endpoints_of};
use crate::answer::Answer;
use crate::proof::Proof;
use crate::world::{NodeId, World};

/// Returns the ports to ask about: each that the endpoint listens on, or any.
fn ports_of(endpoint: &Endpoint) -> Vec<Option<u16>> {
    match &endpoint.ports {
        Ports::Any => vec![None],
        Ports::Some(ports) => ports.iter().copied().map(Some).collect(),
        Ports::None => Vec::new(),
    }
}

fn without_ports(world: &World, node: NodeId) -> Proof {
    Proof::at(
        world,
        Answer::No,
        node,
        "",
        format!("{} accepts no connections", world.show(node)),
    )
}

/// Returns the proof that a host of the internet can connect to an endpoint.
pub(crate) fn from_internet(world: &World, endpoint: &Endpoint) -> Proof {
    let node = endpoint.node;
    let ports = ports_of(endpoint);
    if ports.is_empty() {
        return without_ports(world, node);
    }
    let by_subnet = endpoint.subnets.iter().flat_map(|subnet| {
        ports.iter().map(move |port| {
            endpoint
                .public
                .clone()
                .then(|| match subnet {
                    Some(subnet) => has_internet_route(world, *subnet, Way::In)
                        .then(|| acl_allows(world, *subnet, Flow::Ingress, Peer::Internet, *port)),
                    None => Proof::at(
                        world,
                        Answer::Possible,
                        node,
                        "",
                        format!("a subnet of {} is not part of the app", world.show(node)),
                    ),
                })
                .then(|| groups_allow(world, endpoint, Flow::Ingress, Peer::Internet, *port))
        })
    });
    Proof::best(by_subnet)
        .unwrap_or_else(|| without_ports(world, node))
        .limited(world.node(node).exists)
}

/// Returns the proof that a request of CloudFront through a VPC origin arrives at an endpoint.
pub(super) fn from_vpc_origin(world: &World, endpoint: &Endpoint) -> Proof {
    let ports = ports_of(endpoint);
    let proofs = ports
        .into_iter()
        .map(|port| groups_allow(world, endpoint, Flow::Ingress, Peer::CloudFront, port));
    Proof::best(proofs).unwrap_or_else(|| without_ports(world, endpoint.node))
}

/// Returns the proof that a request arrives which keeps the address of its client on the internet, without a public address
/// of the endpoint itself.
pub(super) fn from_preserved(world: &World, endpoint: &Endpoint) -> Proof {
    let ports = ports_of(endpoint);
    let proofs = ports
        .into_iter()
        .map(|port| groups_allow(world, endpoint, Flow::Ingress, Peer::Internet, port));
    Proof::best(proofs).unwrap_or_else(|| without_ports(world, endpoint.node))
}

/// Returns the proof that CloudFront can connect to an endpoint over the internet.
pub(super) fn from_cloudfront(world: &World, endpoint: &Endpoint) -> Proof {
    let ports = ports_of(endpoint);
    let proofs = endpoint.subnets.iter().flat_map(|subnet| {
        ports.iter().map(move |port| {
            endpoint
                .public
                .clone()
                .then(|| match subnet {
                    Some(subnet) => has_internet_route(world, *subnet, Way::In).then(|| {
                        acl_allows(world, *subnet, Flow::Ingress, Peer::CloudFront, *port)
                    }),
                    None => Proof::of(Answer::Possible, "a subnet is not part of the app"),
                })
                .then(|| groups_allow(world, endpoint, Flow::Ingress, Peer::CloudFront, *port))
        })
    });
    Proof::best(proofs).unwrap_or_else(|| without_ports(world, endpoint.node))
}

/// Returns the proof that one resource can connect to another. `port` limits it to a port, as a load balancer does.
pub(crate) fn connect(world: &World, from: NodeId, to: NodeId, port: Option<u16>) -> Proof {
    let sources = endpoints_of(world, from);
    let targets = endpoints_of(world, to);
    if targets.is_empty() {
        return without_ports(world, to);
    }
    let mut proofs = Vec::new();
    for target in &targets {
        if sources.is_empty() {
            // Functions outside of VPCs, and services of AWS, connect over the internet.
            proofs.push(from_internet(world, target));
        }
        let ports = match port {
            Some(port) => vec![Some(port)],
            None => ports_of(target),
        };
        if ports.is_empty() {
            proofs.push(without_ports(world, to));
        }
        for source in &sources {
            for port in &ports {
                proofs.push(connect_endpoints(world, source, target, *port));
            }
        }
    }
    let limit = world.node(from).exists.and(world.node(to).exists);
    Proof::best(proofs).unwrap_or_default().limited(limit)
}

fn connect_endpoints(
    world: &World,
    source: &Endpoint,
    target: &Endpoint,
    port: Option<u16>,
) -> Proof {
    let inside = reach_vpc(world, source, target).then(|| {
        groups_allow(world, source, Flow::Egress, Peer::Endpoint(target), port)
            .then(|| between_subnets(world, source, target, port))
            .then(|| groups_allow(world, target, Flow::Ingress, Peer::Endpoint(source), port))
    });
    if inside.answer != Answer::No || target.public.answer == Answer::No {
        return inside;
    }
    let outside = leaves_vpc(world, source, port).then(|| from_internet(world, target));
    Proof::best([inside, outside]).unwrap_or_default()
}

/// Returns the proof that the endpoints share a VPC, or that their VPCs may be connected.
fn reach_vpc(world: &World, source: &Endpoint, target: &Endpoint) -> Proof {
    match (vpc_of(world, source), vpc_of(world, target)) {
        (Some(one), Some(other)) if one == other => Proof::granted(),
        (Some(one), Some(other)) => {
            let connects = world
                .of_type(&[
                    "AWS::EC2::VPCPeeringConnection",
                    "AWS::EC2::TransitGatewayAttachment",
                    "AWS::EC2::TransitGatewayVpcAttachment",
                ])
                .find(|node| {
                    ["VpcId", "PeerVpcId"].iter().any(|path| {
                        let vpc = world.denoted_by(world.property(*node, path));
                        vpc == Some(one) || vpc == Some(other)
                    })
                });
            match connects {
                Some(node) => Proof::at(
                    world,
                    Answer::Possible,
                    node,
                    "",
                    format!("{} may connect the VPCs", world.show(node)),
                ),
                None => Proof::at(
                    world,
                    Answer::No,
                    one,
                    "",
                    format!(
                        "{} and {} are in different VPCs",
                        world.show(source.node),
                        world.show(target.node)
                    ),
                ),
            }
        }
        _ => Proof::of(Answer::Possible, "a VPC is not part of the app"),
    }
}

fn between_subnets(
    world: &World,
    source: &Endpoint,
    target: &Endpoint,
    port: Option<u16>,
) -> Proof {
    let pairs = source
        .subnets
        .iter()
        .flat_map(|from| target.subnets.iter().map(move |to| (*from, *to)));
    let proofs = pairs.map(|(from, to)| match (from, to) {
        // ACLs apply to traffic that enters or leaves a subnet.
        (Some(from), Some(to)) if from == to => Proof::granted(),
        (Some(from), Some(to)) => {
            acl_allows(world, from, Flow::Egress, Peer::Endpoint(target), port)
                .then(|| acl_allows(world, to, Flow::Ingress, Peer::Endpoint(source), port))
        }
        _ => Proof::of(Answer::Possible, "a subnet is not part of the app"),
    });
    Proof::best(proofs).unwrap_or_default()
}

/// Returns the proof that an endpoint can connect to hosts of the internet.
pub(crate) fn leaves_vpc(world: &World, source: &Endpoint, port: Option<u16>) -> Proof {
    let by_subnet = source.subnets.iter().map(|subnet| match subnet {
        Some(subnet) => has_internet_route(world, *subnet, Way::Out)
            .then(|| acl_allows(world, *subnet, Flow::Egress, Peer::Internet, port)),
        None => Proof::of(Answer::Possible, "a subnet is not part of the app"),
    });
    groups_allow(world, source, Flow::Egress, Peer::Internet, port)
        .then(|| Proof::best(by_subnet).unwrap_or_default())
}
