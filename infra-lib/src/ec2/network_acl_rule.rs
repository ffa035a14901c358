//! Rules of network ACLs.

use std::cell::RefCell;
use std::rc::Rc;

use infra_cfn::ec2::{CfnNetworkAclEntryProps, CfnNetworkAclEntryRequired, network_acl_entry};
use infra_cfn::kind;

use super::{Cidr, Ipv6Cidr, Port};
use crate::core::Origin;
use crate::{Diagnostic, Id, IntoValue, Scope, Value, codes, value};

/// Largest number of a rule; the rule that denies everything else is `*`, 32,767.
///
/// <https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html>
const LAST_NUMBER: u16 = 32_766;

/// An address block in a rule of a [`NetworkAcl`](super::NetworkAcl). A [`Cidr`], an [`Ipv6Cidr`], and the text of an
/// IPv4 block that is known only at deployment, such as [`Vpc::cidr_block`](super::Vpc::cidr_block), convert into it.
///
/// Network ACLs know neither security groups nor prefix lists.
#[derive(Clone, Debug)]
pub struct AclBlock(Block);

#[derive(Clone, Debug)]
enum Block {
    Ipv4(Value<String>),
    Ipv6(Value<String>),
}

impl From<Cidr> for AclBlock {
    fn from(block: Cidr) -> Self {
        Self(Block::Ipv4(block.into_value()))
    }
}

impl From<Ipv6Cidr> for AclBlock {
    fn from(block: Ipv6Cidr) -> Self {
        Self(Block::Ipv6(block.into_value()))
    }
}

impl From<Value<String>> for AclBlock {
    fn from(block: Value<String>) -> Self {
        Self(Block::Ipv4(block))
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Action {
    Allow,
    Deny,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Direction {
    Inbound,
    Outbound,
}

impl Direction {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
        }
    }
}

/// A rule of a [`NetworkAcl`](super::NetworkAcl): number, action, address block and ports.
///
/// The number is from 1 to 32,766; rules are tried in ascending order, for each direction. Leave gaps, as 100, 200 and so
/// on, for rules that come later. The ports are those of the destination.
///
/// ```
/// use infra_lib::ec2::{AclRule, Cidr, Port};
/// use infra_lib::cidr;
///
/// let blocked = AclRule::deny_inbound(50, cidr!("203.0.113.0/24"), Port::all_traffic());
/// let https = AclRule::allow_inbound(100, Cidr::ANY, Port::HTTPS);
/// let replies = AclRule::allow_outbound(100, Cidr::ANY, Port::tcp_range(1024, 65535));
/// ```
#[derive(Clone, Debug)]
#[must_use = "a rule has no effect until it is added to a network ACL"]
pub struct AclRule {
    direction: Direction,
    number: u16,
    action: Action,
    block: AclBlock,
    port: Port,
}

impl AclRule {
    /// Returns a rule that allows packets from a block into the subnets.
    pub fn allow_inbound(number: u16, from: impl Into<AclBlock>, port: Port) -> Self {
        Self::new(Direction::Inbound, number, Action::Allow, from.into(), port)
    }

    /// Returns a rule that drops packets from a block to the subnets.
    pub fn deny_inbound(number: u16, from: impl Into<AclBlock>, port: Port) -> Self {
        Self::new(Direction::Inbound, number, Action::Deny, from.into(), port)
    }

    /// Returns a rule that allows packets from the subnets to a block.
    pub fn allow_outbound(number: u16, to: impl Into<AclBlock>, port: Port) -> Self {
        Self::new(Direction::Outbound, number, Action::Allow, to.into(), port)
    }

    /// Returns a rule that drops packets from the subnets to a block.
    pub fn deny_outbound(number: u16, to: impl Into<AclBlock>, port: Port) -> Self {
        Self::new(Direction::Outbound, number, Action::Deny, to.into(), port)
    }

    const fn new(
        direction: Direction,
        number: u16,
        action: Action,
        block: AclBlock,
        port: Port,
    ) -> Self {
        Self {
            direction,
            number,
            action,
            block,
            port,
        }
    }
}

/// A rule that was added, for checks.
struct Entry {
    direction: Direction,
    number: u16,
    action: Action,
    origin: Origin,
}

/// Rules of a network ACL, in the order in which they were added.
#[derive(Default)]
pub(super) struct Entries(RefCell<Vec<Entry>>);

impl Entries {
    /// Attaches an empty list to a network ACL of the app, and checks at synthesis that replies can pass.
    pub(super) fn watch(scope: Scope<'_>) {
        Self::attach(scope);
        scope.add_validator(|scope| {
            if let Some(entries) = scope.attached::<Self>() {
                entries.report_one_way(scope);
            }
        });
    }

    /// Attaches an empty list to an imported network ACL.
    pub(super) fn attach(scope: Scope<'_>) {
        scope.attach(Self::default());
    }

    /// Reports a network ACL that allows nothing in one direction, or in both.
    fn report_one_way(&self, scope: Scope<'_>) {
        let entries = self.0.borrow();
        let allows = |direction| {
            let mut allowed = entries.iter().filter(|one| one.action == Action::Allow);
            allowed.any(|one| one.direction == direction)
        };
        let message = match (allows(Direction::Inbound), allows(Direction::Outbound)) {
            (true, true) => return,
            (true, false) => "a network ACL lets packets in, but no replies out",
            (false, true) => "a network ACL lets packets out, but no replies in",
            (false, false) => "a network ACL without rules cuts its subnets off",
        };
        scope.report(
            Diagnostic::new(codes::NETWORK_ACL_ONE_WAY, message)
                .expected("a rule that allows traffic for each direction")
                .note("network ACLs are stateless: replies are packets of the other direction, to ports 1024 to 65535")
                .help("add the missing rule, such as `AclRule::allow_outbound(100, block, Port::tcp_range(1024, 65535))`")
                .url("https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html"),
        );
    }
}

/// Adds a rule to the network ACL of `scope`, after checks of its number and ports.
pub(super) fn add_entry(
    scope: Scope<'_>,
    id: &str,
    network_acl_id: &Value<Id<kind::ec2::NetworkAcl>>,
    rule: AclRule,
) {
    let entries = scope.attached::<Entries>();
    let scope = scope.library_construct(id, "infra-lib.ec2.NetworkAclEntry");
    check_rule(scope, &rule, entries.as_ref());
    let cfn = CfnNetworkAclEntryProps::new(CfnNetworkAclEntryRequired {
        network_acl_id: network_acl_id.clone().cast(),
        protocol: value(rule.port.protocol_number()),
        rule_action: value(match rule.action {
            Action::Allow => network_acl_entry::RuleAction::ALLOW,
            Action::Deny => network_acl_entry::RuleAction::DENY,
        }),
        rule_number: value(i64::from(rule.number)),
    })
    .egress(rule.direction == Direction::Outbound);
    let cfn = match rule.block.0 {
        Block::Ipv4(block) => cfn.cidr_block(block),
        Block::Ipv6(block) => cfn.ipv6_cidr_block(block),
    };
    let cfn = match rule.port.port_range() {
        None => cfn,
        // All types and codes of ICMP.
        Some((-1, _)) => cfn.icmp(network_acl_entry::Icmp::new().code(-1).type_(-1)),
        Some((from, to)) => cfn.port_range(
            network_acl_entry::PortRange::new()
                .from_(i64::from(from))
                .to(i64::from(to)),
        ),
    };
    cfn.build(scope, "Resource");
}

fn check_rule(scope: Scope<'_>, rule: &AclRule, entries: Option<&Rc<Entries>>) {
    let direction = rule.direction.as_str();
    if !(1..=LAST_NUMBER).contains(&rule.number) {
        scope.report(
            Diagnostic::new(
                codes::NETWORK_ACL_RULE,
                format!(
                    "an {direction} rule of a network ACL cannot have the number {}",
                    rule.number
                ),
            )
            .property("RuleNumber")
            .actual(rule.number.to_string())
            .expected("1 to 32766")
            .help("rules are tried in ascending order; leave gaps for later ones: 100, 200, …"),
        );
    }
    if rule.port.is_backwards() {
        scope.report(
            Diagnostic::new(
                codes::BACKWARDS_PORT_RANGE,
                format!(
                    "the port range {} of a rule ends before it starts",
                    rule.port
                ),
            )
            .property("PortRange")
            .help("exchange both numbers"),
        );
    }
    let Some(entries) = entries else { return };
    let mut entries = entries.0.borrow_mut();
    let same = |one: &&Entry| one.direction == rule.direction && one.number == rule.number;
    if let Some(first) = entries.iter().find(same) {
        scope.report(
            Diagnostic::new(
                codes::NETWORK_ACL_NUMBER,
                format!(
                    "two {direction} rules of a network ACL have the number {}",
                    rule.number
                ),
            )
            .property("RuleNumber")
            .actual(rule.number.to_string())
            .related("the other rule is added here", first.origin)
            .help("give each rule of a direction a number of its own"),
        );
    }
    entries.push(Entry {
        direction: rule.direction,
        number: rule.number,
        action: rule.action,
        origin: scope.origin(),
    });
}
