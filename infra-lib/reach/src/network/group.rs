//! Rules of security groups.

use serde_json::Value as JsonValue;

use super::cidr::Cidr;
use super::endpoint::{Endpoint, GroupRef};
use super::{Peer, endpoint};
use crate::answer::Answer;
use crate::atoms::Atoms;
use crate::policy::choices;
use crate::proof::Proof;
use crate::world::{NodeId, World, scalar_text};

/// The direction of a rule.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Flow {
    Ingress,
    Egress,
}

/// A rule, borrowed from the properties that contain it.
struct Rule<'w> {
    node: NodeId,
    property: String,
    entry: &'w JsonValue,
    certain: bool,
}

/// Returns the proof that the groups of an endpoint let traffic with the peer pass on the port. `None` stands for any port.
pub(super) fn groups_allow(
    world: &World,
    endpoint: &Endpoint,
    flow: Flow,
    peer: Peer<'_>,
    port: Option<u16>,
) -> Proof {
    if endpoint.without_groups {
        return Proof::granted();
    }
    let proofs = endpoint.groups.iter().map(|(group, certain)| {
        let limit = if *certain {
            Answer::Yes
        } else {
            Answer::Possible
        };
        match group {
            GroupRef::Known(group) => group_allows(world, *group, flow, peer, port).limited(limit),
            GroupRef::Unknown => Proof::at(
                world,
                Answer::Possible,
                endpoint.node,
                "",
                "a security group that is not part of the app may allow it",
            ),
        }
    });
    Proof::best(proofs).unwrap_or_else(|| {
        Proof::at(
            world,
            Answer::Possible,
            endpoint.node,
            "",
            "the default security group of the VPC, which is not part of the app, may allow it",
        )
    })
}

fn group_allows(
    world: &World,
    group: NodeId,
    flow: Flow,
    peer: Peer<'_>,
    port: Option<u16>,
) -> Proof {
    let preposition = match flow {
        Flow::Ingress => "from",
        Flow::Egress => "to",
    };
    let on = port.map_or_else(String::new, |port| format!(" on port {port}"));
    let (rules, default) = rules_of(world, group, flow);
    let allowed = rules.iter().map(|rule| {
        let (answer, note) = rule_allows(world, rule, flow, peer, port);
        let limit = if rule.certain {
            Answer::Yes
        } else {
            Answer::Possible
        };
        let note = note.map_or_else(String::new, |note| format!(", {note}"));
        Proof::at(
            world,
            answer.and(limit),
            rule.node,
            &rule.property,
            format!(
                "{} allows traffic {preposition} {}{on}{note}",
                world.show(group),
                peer.show(world)
            ),
        )
    });
    let best = Proof::best(allowed.filter(|proof| proof.answer != Answer::No));
    let default = (default != Answer::No).then(|| {
        Proof::at(
            world,
            default,
            group,
            "",
            format!(
                "{} allows all traffic that leaves, by default",
                world.show(group)
            ),
        )
    });
    Proof::best(best.into_iter().chain(default)).unwrap_or_else(|| {
        let property = match flow {
            Flow::Ingress => "SecurityGroupIngress",
            Flow::Egress => "SecurityGroupEgress",
        };
        Proof::at(
            world,
            Answer::No,
            group,
            property,
            format!(
                "no rule of {} allows traffic {preposition} {}{on}",
                world.show(group),
                peer.show(world)
            ),
        )
    })
}

/// Returns the rules of a group, and the answer for the rule that allows everything to leave by default.
fn rules_of(world: &World, group: NodeId, flow: Flow) -> (Vec<Rule<'_>>, Answer) {
    let (inline, standalone) = match flow {
        Flow::Ingress => ("SecurityGroupIngress", "AWS::EC2::SecurityGroupIngress"),
        Flow::Egress => ("SecurityGroupEgress", "AWS::EC2::SecurityGroupEgress"),
    };
    let mut rules = Vec::new();
    let own = world.property(group, inline);
    for (index, (entry, certain)) in choices(own).into_iter().enumerate() {
        rules.push(Rule {
            node: group,
            property: format!("{inline}[{index}]"),
            entry,
            certain,
        });
    }
    let mut more = false;
    for node in world.ids() {
        let resource = world.node(node);
        if resource.type_name != standalone {
            continue;
        }
        let certain = match world.denoted_by(&resource.properties["GroupId"]) {
            Some(other) if other == group => resource.exists == Answer::Yes,
            Some(_) => continue,
            // The rule can be of any group.
            None if is_literal(&resource.properties["GroupId"]) => continue,
            None => false,
        };
        more = true;
        rules.push(Rule {
            node,
            property: String::new(),
            entry: &resource.properties,
            certain,
        });
    }
    // A group without rules of its own for leaving traffic has the default rule. A rule that is a resource removes it.
    let default = match (flow, own.is_null(), more) {
        (Flow::Egress, true, false) => Answer::Yes,
        (Flow::Egress, true, true) => Answer::Possible,
        _ => Answer::No,
    };
    (rules, default)
}

fn is_literal(value: &JsonValue) -> bool {
    value.as_str().is_some_and(Atoms::is_known)
}

fn rule_allows(
    world: &World,
    rule: &Rule<'_>,
    flow: Flow,
    peer: Peer<'_>,
    port: Option<u16>,
) -> (Answer, Option<String>) {
    let entry = rule.entry;
    if !entry.is_object() {
        return (Answer::Possible, None);
    }
    let ports = protocol_allows(entry).and(ports_allow(entry, port));
    if ports == Answer::No {
        return (Answer::No, None);
    }
    let group = match flow {
        Flow::Ingress => ["SourceSecurityGroupId", "SourceSecurityGroupName"],
        Flow::Egress => ["DestinationSecurityGroupId", "DestinationSecurityGroupName"],
    };
    let list = match flow {
        Flow::Ingress => "SourcePrefixListId",
        Flow::Egress => "DestinationPrefixListId",
    };
    let (answer, note) = if let Some(found) = entry.get("CidrIp").or(entry.get("CidrIpv6")) {
        range_allows(world, found, peer)
    } else if let Some(found) = group.iter().find_map(|name| entry.get(*name)) {
        (group_matches(world, found, peer), None)
    } else if let Some(found) = entry.get(list) {
        list_allows(world, found, peer)
    } else {
        (Answer::Possible, None)
    };
    (ports.and(answer), note)
}

/// Returns the answer for a protocol over which requests come: TCP and UDP.
fn protocol_allows(entry: &JsonValue) -> Answer {
    match scalar_text(&entry["IpProtocol"]) {
        None => Answer::Possible,
        Some(text) => match text.to_ascii_lowercase().as_str() {
            "-1" | "tcp" | "6" | "udp" | "17" | "all" => Answer::Yes,
            other if !Atoms::is_known(other) => Answer::Possible,
            _ => Answer::No,
        },
    }
}

fn ports_allow(entry: &JsonValue, port: Option<u16>) -> Answer {
    let all = scalar_text(&entry["IpProtocol"]).is_some_and(|text| text == "-1");
    let (from, to) = (&entry["FromPort"], &entry["ToPort"]);
    let Some(port) = port.filter(|_| !all) else {
        return Answer::Yes;
    };
    if from.is_null() && to.is_null() {
        return Answer::Yes;
    }
    let number = |value: &JsonValue| scalar_text(value)?.parse::<i64>().ok();
    match (number(from), number(to)) {
        (Some(-1), _) => Answer::Yes,
        (Some(from), Some(to)) => (from..=to).contains(&i64::from(port)).into(),
        (Some(from), None) if to.is_null() => (from == i64::from(port)).into(),
        _ => Answer::Possible,
    }
}

/// Returns the answer for a range of addresses.
fn range_allows(world: &World, value: &JsonValue, peer: Peer<'_>) -> (Answer, Option<String>) {
    let range = match value.as_str() {
        Some(text) if Atoms::is_known(text) => Cidr::parse(text),
        // A range of another resource, such as that of a VPC in the app.
        Some(text) => return (unknown_range(world, text, peer), None),
        None => None,
    };
    let Some(range) = range else {
        return (Answer::Possible, None);
    };
    match peer {
        _ if range.is_everything() => (Answer::Yes, None),
        Peer::Internet | Peer::CloudFront if range.is_private() => (Answer::No, None),
        Peer::Internet | Peer::CloudFront => {
            let text = value.as_str().unwrap_or_default();
            (Answer::Possible, Some(format!("for addresses of {text}")))
        }
        // A load balancer without groups passes on the addresses of its clients.
        Peer::Endpoint(endpoint) if endpoint.without_groups => (Answer::Possible, None),
        Peer::Endpoint(endpoint) => (endpoint::addresses_within(world, endpoint, range), None),
    }
}

fn unknown_range(world: &World, text: &str, peer: Peer<'_>) -> Answer {
    let vpc = world
        .denoted(text)
        .filter(|node| world.node(*node).type_name == "AWS::EC2::VPC");
    match (vpc, peer) {
        (Some(vpc), Peer::Endpoint(endpoint)) => match endpoint::vpc_of(world, endpoint) {
            Some(own) if own == vpc => Answer::Yes,
            _ => Answer::Possible,
        },
        // The addresses of a VPC of the app are private.
        (Some(_), _) => Answer::No,
        (None, _) => Answer::Possible,
    }
}

fn group_matches(world: &World, value: &JsonValue, peer: Peer<'_>) -> Answer {
    let named = world.denoted_of_type(value, &["AWS::EC2::SecurityGroup"]);
    match (peer, named) {
        // A group has members in VPCs only.
        (Peer::Internet, _) => Answer::No,
        // CloudFront creates a group of its own for VPC origins.
        (Peer::CloudFront, Some(_)) => Answer::No,
        (Peer::CloudFront, None) => Answer::Possible,
        (Peer::Endpoint(endpoint), named) => {
            let answers = endpoint.groups.iter().map(|(group, certain)| {
                let same = match (group, named) {
                    (GroupRef::Known(own), Some(named)) => Answer::from(*own == named),
                    (GroupRef::Known(_), None) if is_literal(value) => Answer::No,
                    _ => Answer::Possible,
                };
                if *certain {
                    same
                } else {
                    same.and(Answer::Possible)
                }
            });
            let any = Answer::any(answers);
            if endpoint.groups.is_empty() && named.is_none() && !endpoint.without_groups {
                Answer::Possible
            } else {
                any
            }
        }
    }
}

fn list_allows(world: &World, value: &JsonValue, peer: Peer<'_>) -> (Answer, Option<String>) {
    let lists = choices(value);
    let is_cloudfront = |value: &JsonValue| {
        value
            .as_str()
            .is_some_and(infra_schema::prefix_lists::is_cloudfront_origin_facing)
    };
    if !lists.is_empty() && lists.iter().all(|(value, _)| is_cloudfront(value)) {
        return match peer {
            Peer::CloudFront => (Answer::Yes, None),
            Peer::Internet | Peer::Endpoint(_) => (Answer::No, None),
        };
    }
    if let Some(list) = world.denoted_of_type(value, &["AWS::EC2::PrefixList"]) {
        let entries = choices(world.property(list, "Entries"));
        let answers = entries.into_iter().map(|(entry, certain)| {
            let (answer, _) = range_allows(world, &entry["Cidr"], peer);
            if certain {
                answer
            } else {
                answer.and(Answer::Possible)
            }
        });
        return (Answer::any(answers), None);
    }
    (Answer::Possible, None)
}

/// Returns the ports that rules open to the internet, for endpoints whose programs decide about their ports.
pub(crate) fn open_ports(world: &World, endpoint: &Endpoint) -> Vec<String> {
    if endpoint.ports != endpoint::Ports::Any {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (group, _) in &endpoint.groups {
        let GroupRef::Known(group) = group else {
            continue;
        };
        let (rules, _) = rules_of(world, *group, Flow::Ingress);
        for rule in &rules {
            if rule_allows(world, rule, Flow::Ingress, Peer::Internet, None).0 == Answer::No {
                continue;
            }
            let text = |name: &str| scalar_text(&rule.entry[name]);
            let protocol = text("IpProtocol").unwrap_or_default();
            let what = match (text("FromPort"), text("ToPort")) {
                _ if protocol == "-1" => "connect".to_owned(),
                (Some(from), Some(to)) if from == to => format!("port {from}"),
                (Some(from), Some(to)) => format!("ports {from}-{to}"),
                _ => "connect".to_owned(),
            };
            if !found.contains(&what) {
                found.push(what);
            }
        }
    }
    found
}
