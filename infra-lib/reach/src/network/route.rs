//! Routes of subnets.

use serde_json::Value as JsonValue;

use super::cidr::Cidr;
use crate::answer::Answer;
use crate::atoms::Atoms;
use crate::proof::Proof;
use crate::world::{NodeId, World, scalar_text};

/// The direction of traffic that a route to the internet is needed for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Way {
    /// Connections from the internet, which only an internet gateway carries.
    In,
    /// Connections to the internet: also through NAT, and by IPv6 through an egress-only gateway.
    Out,
}

/// Returns the proof that a subnet has a route to the internet.
pub(super) fn has_internet_route(world: &World, subnet: NodeId, way: Way) -> Proof {
    let association = world
        .of_type(&["AWS::EC2::SubnetRouteTableAssociation"])
        .find(|node| world.denoted_by(world.property(*node, "SubnetId")) == Some(subnet));
    let Some(association) = association else {
        return Proof::at(
            world,
            Answer::No,
            subnet,
            "",
            format!(
                "{} has the main route table of its VPC, without a route to the internet",
                world.show(subnet)
            ),
        );
    };
    let Some(table) = world.denoted_by(world.property(association, "RouteTableId")) else {
        return Proof::at(
            world,
            Answer::Possible,
            association,
            "RouteTableId",
            "the route table is not part of the app",
        );
    };
    let routes = world
        .of_type(&["AWS::EC2::Route"])
        .filter(|node| world.denoted_by(world.property(*node, "RouteTableId")) == Some(table));
    let proofs = routes.map(|route| route_leads(world, subnet, route, way));
    Proof::best(proofs.filter(|proof| proof.answer != Answer::No)).unwrap_or_else(|| {
        let gateway = match way {
            Way::In => "no route to an internet gateway",
            Way::Out => "no route to the internet",
        };
        Proof::at(
            world,
            Answer::No,
            table,
            "",
            format!("{} has {gateway}", world.show(subnet)),
        )
    })
}

fn route_leads(world: &World, subnet: NodeId, route: NodeId, way: Way) -> Proof {
    let range = ["DestinationCidrBlock", "DestinationIpv6CidrBlock"]
        .into_iter()
        .map(|path| world.property(route, path))
        .find(|value| !value.is_null());
    let by_range = match range {
        None => Answer::Possible,
        Some(value) => match scalar_text(value).and_then(|text| Cidr::parse(&text)) {
            Some(range) if range.is_everything() => Answer::Yes,
            Some(range) if range.is_private() => Answer::No,
            _ => Answer::Possible,
        },
    };
    let gateway = gateway_leads(world, world.property(route, "GatewayId"));
    let through: Answer = match way {
        Way::In => gateway,
        Way::Out => {
            let present = |path: &str| Answer::from(!world.property(route, path).is_null());
            gateway
                .or(present("NatGatewayId"))
                .or(present("EgressOnlyInternetGatewayId"))
                .or(present("TransitGatewayId").and(Answer::Possible))
                .or(present("NetworkInterfaceId").and(Answer::Possible))
                .or(present("InstanceId").and(Answer::Possible))
        }
    };
    let property = if gateway == Answer::No {
        ""
    } else {
        "GatewayId"
    };
    Proof::at(
        world,
        by_range.and(through).and(world.node(route).exists),
        route,
        property,
        format!("{} has a route to the internet", world.show(subnet)),
    )
}

fn gateway_leads(world: &World, value: &JsonValue) -> Answer {
    if value.is_null() {
        return Answer::No;
    }
    if let Some(node) = world.denoted_by(value) {
        return (world.node(node).type_name == "AWS::EC2::InternetGateway").into();
    }
    match value.as_str() {
        Some(text) if text.starts_with("igw-") => Answer::Yes,
        Some(text) if Atoms::is_known(text) => Answer::No,
        _ => Answer::Possible,
    }
}
