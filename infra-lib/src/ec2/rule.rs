//! Parts of security group rules, and the text that EC2 accepts in them.

use infra_cfn::kind;

use super::peer::PeerKind;
use super::{Peer, Port};
use crate::{Diagnostic, Id, Props, Scope, codes};

#[derive(Clone, Copy)]
pub(super) enum Direction {
    Ingress,
    Egress,
}

impl Direction {
    pub(super) const fn as_preposition(self) -> &'static str {
        match self {
            Self::Ingress => "from",
            Self::Egress => "to",
        }
    }

    pub(super) const fn opposite(self) -> Self {
        match self {
            Self::Ingress => Self::Egress,
            Self::Egress => Self::Ingress,
        }
    }
}

pub(super) fn protocol_props(port: Port) -> Props {
    let mut rule = Props::new();
    rule.set::<String>("IpProtocol", port.ip_protocol());
    rule
}

pub(super) fn with_port(mut rule: Props, port: Port) -> Props {
    if let Some((from, to)) = port.port_range() {
        rule.set::<i64>("FromPort", from);
        rule.set::<i64>("ToPort", to);
    }
    rule
}

pub(super) fn with_peer(
    mut rule: Props,
    peer: &Peer<'_>,
    direction: Direction,
    description: &str,
) -> Props {
    let ingress = matches!(direction, Direction::Ingress);
    match &peer.0 {
        PeerKind::Ipv4(block) => rule.set::<String>("CidrIp", block),
        PeerKind::Ipv6(block) => rule.set::<String>("CidrIpv6", block),
        PeerKind::PrefixList(list) => {
            rule.set::<String>(
                if ingress {
                    "SourcePrefixListId"
                } else {
                    "DestinationPrefixListId"
                },
                list,
            );
        }
        PeerKind::SecurityGroup(group) => {
            let name = if ingress {
                "SourceSecurityGroupId"
            } else {
                "DestinationSecurityGroupId"
            };
            rule.set::<Id<kind::ec2::SecurityGroup>>(name, group.id());
        }
    }
    if !description.is_empty() {
        rule.set::<String>("Description", description);
    }
    rule
}

/// Reports a port range that ends before it starts, and a description that EC2 refuses.
#[track_caller]
pub(super) fn check_rule(scope: Scope<'_>, port: Port, description: &str) {
    if port.is_backwards() {
        scope.report(
            Diagnostic::new(
                codes::BACKWARDS_PORT_RANGE,
                format!("the port range {port} ends before it starts"),
            )
            .origin(std::panic::Location::caller())
            .help("pass the lower port first"),
        );
    }
    check_text(scope, "Description", description);
}

/// Replaces characters that EC2 refuses and limits the text to 255 characters. Construct IDs may have any characters.
pub(super) fn clean_description(text: &str) -> String {
    text.chars()
        .map(|c| if is_invalid_char(c) { '_' } else { c })
        .take(255)
        .collect()
}

fn is_invalid_char(c: char) -> bool {
    !(c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c))
}

/// Reports a description that EC2 refuses.
///
/// The allowed characters are those of
/// [`CreateSecurityGroup`](https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html).
#[track_caller]
pub(super) fn check_text(scope: Scope<'_>, property: &str, text: &str) {
    if text.len() > 255 || text.contains(is_invalid_char) {
        scope.report(
            Diagnostic::new(
                codes::SECURITY_GROUP_TEXT,
                "EC2 rejects the description of a security group or rule",
            )
            .property(property)
            .actual(format!("{text:?}"))
            .expected("at most 255 characters: letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*")
            .origin(std::panic::Location::caller()),
        );
    }
}
