//! Network ACLs: the rules of subnets, in the order of their numbers.

use serde_json::Value as JsonValue;

use super::Peer;
use super::cidr::Cidr;
use super::endpoint;
use super::group::Flow;
use crate::answer::Answer;
use crate::atoms::Atoms;
use crate::proof::Proof;
use crate::world::{NodeId, World, is_true, scalar_text};

/// First of the ports from which clients connect. Replies go to them, which ACLs do not know.
///
/// AWS: <https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports>
const EPHEMERAL: (i64, i64) = (1024, 65_535);

/// Returns the proof that the ACL of a subnet lets a request pass that arrives at the port, or leaves for it, and its replies.
pub(super) fn acl_allows(
    world: &World,
    subnet: NodeId,
    flow: Flow,
    peer: Peer<'_>,
    port: Option<u16>,
) -> Proof {
    let Some(acl) = acl_of(world, subnet) else {
        // The default ACL of a VPC allows everything.
        return Proof::granted();
    };
    let ports = port.map_or((0, 65_535), |port| (i64::from(port), i64::from(port)));
    let reply = match flow {
        Flow::Ingress => Flow::Egress,
        Flow::Egress => Flow::Ingress,
    };
    rules_allow(world, acl, flow, peer, ports)
        .then(|| rules_allow(world, acl, reply, peer, EPHEMERAL))
}

fn acl_of(world: &World, subnet: NodeId) -> Option<NodeId> {
    world
        .of_type(&["AWS::EC2::SubnetNetworkAclAssociation"])
        .find(|node| world.denoted_by(world.property(*node, "SubnetId")) == Some(subnet))
        .and_then(|node| world.denoted_by(world.property(node, "NetworkAclId")))
}

fn rules_allow(world: &World, acl: NodeId, flow: Flow, peer: Peer<'_>, ports: (i64, i64)) -> Proof {
    let mut rules: Vec<(i64, NodeId)> = world
        .of_type(&["AWS::EC2::NetworkAclEntry"])
        .filter(|node| world.denoted_by(world.property(*node, "NetworkAclId")) == Some(acl))
        .filter(|node| {
            is_true(world.property(*node, "Egress"), false) != Answer::from(flow == Flow::Ingress)
        })
        .map(|node| {
            let number = world.text(node, "RuleNumber");
            (number.and_then(|text| text.parse().ok()).unwrap_or(0), node)
        })
        .collect();
    rules.sort_unstable();
    let (what, verb) = match flow {
        Flow::Ingress => ("from", "enter"),
        Flow::Egress => ("to", "leave"),
    };
    let mut possible = None;
    for (number, rule) in rules {
        let covered = rule_covers(world, rule, peer, ports);
        let allows = world.text(rule, "RuleAction").as_deref() == Some("allow");
        let say = |answer: Answer, does: &str| {
            Proof::at(
                world,
                answer,
                rule,
                "RuleAction",
                format!(
                    "rule {number} of {} {does} traffic {what} {} to {verb}",
                    world.show(acl),
                    peer.show(world)
                ),
            )
        };
        match (covered, allows) {
            (Cover::All, true) => {
                return say(Answer::Yes, "allows").limited(world.node(rule).exists);
            }
            (Cover::All, false) => {
                return possible.unwrap_or_else(|| say(Answer::No, "does not allow"));
            }
            (Cover::Part, true) => {
                possible.get_or_insert_with(|| say(Answer::Possible, "allows some"));
            }
            (Cover::Part | Cover::Nothing, _) => {}
        }
    }
    possible.unwrap_or_else(|| {
        Proof::at(
            world,
            Answer::No,
            acl,
            "",
            format!(
                "no rule of {} allows traffic {what} {} to {verb}",
                world.show(acl),
                peer.show(world)
            ),
        )
    })
}

enum Cover {
    All,
    Part,
    Nothing,
}

fn rule_covers(world: &World, rule: NodeId, peer: Peer<'_>, ports: (i64, i64)) -> Cover {
    let certain = world.node(rule).exists == Answer::Yes;
    let protocol = world.text(rule, "Protocol");
    let by_protocol = match protocol.as_deref() {
        Some("-1" | "6") => Answer::Yes,
        // A denial of UDP leaves TCP.
        Some("17") => Answer::Possible,
        Some(text) if Atoms::is_known(text) => Answer::No,
        _ => Answer::Possible,
    };
    let number = |path: &str| world.text(rule, path)?.parse::<i64>().ok();
    let by_ports = if protocol.as_deref() == Some("-1") {
        Answer::Yes
    } else {
        match (number("PortRange/From"), number("PortRange/To")) {
            (Some(from), Some(to)) if from <= ports.0 && ports.1 <= to => Answer::Yes,
            (Some(from), Some(to)) if to < ports.0 || ports.1 < from => Answer::No,
            (None, None) if world.property(rule, "PortRange").is_null() => Answer::Yes,
            _ => Answer::Possible,
        }
    };
    let range = ["CidrBlock", "Ipv6CidrBlock"]
        .into_iter()
        .map(|path| world.property(rule, path))
        .find(|value| !value.is_null());
    let by_range = range.map_or(Answer::Possible, |value| range_covers(world, value, peer));
    match by_protocol.and(by_ports).and(by_range) {
        Answer::No => Cover::Nothing,
        Answer::Yes if certain => Cover::All,
        _ => Cover::Part,
    }
}

fn range_covers(world: &World, value: &JsonValue, peer: Peer<'_>) -> Answer {
    let Some(range) = scalar_text(value).and_then(|text| Cidr::parse(&text)) else {
        return Answer::Possible;
    };
    match peer {
        // IPv4 and IPv6 have entries of their own; a request can use either.
        _ if range.is_everything() && !range.is_v6() => Answer::Yes,
        _ if range.is_everything() => Answer::Possible,
        Peer::Internet | Peer::CloudFront if range.is_private() => Answer::No,
        Peer::Internet | Peer::CloudFront => Answer::Possible,
        Peer::Endpoint(endpoint) => endpoint::addresses_within(world, endpoint, range),
    }
}
