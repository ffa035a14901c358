//! Security groups and their rules.

use std::cell::Cell;

use bon::Builder;
use infra_cfn::ec2::security_group::Egress as EgressRule;
use infra_cfn::ec2::{
    CfnSecurityGroup, CfnSecurityGroupEgressProps, CfnSecurityGroupIngressProps,
    CfnSecurityGroupProps,
};
use infra_cfn::kind;

use super::peer::PeerKind;
use super::rule::{self, Direction};
use super::{Connectable, Connections, Peer, Port, Vpc, placement};
use crate::core::logical_id::logical_id;
use crate::{Construct, Data, Id, IntoValue, Props, Scope, Value};

/// Outbound traffic of a security group before any rule is added.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Egress {
    /// No outbound traffic; rules allow each destination.
    #[default]
    DenyAll,
    /// All outbound traffic, to IPv4 and IPv6 addresses.
    AllowAll,
}

/// A security group: a stateful firewall for network interfaces.
///
/// Creates an
/// [`AWS::EC2::SecurityGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html).
/// By default it allows no inbound and no outbound traffic. CloudFormation's default allows all outbound traffic;
/// since EC2 adds that rule to any group without egress rules, this construct writes a rule that matches no packet
/// until the first egress rule replaces it.
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | inbound | nothing | nothing |
/// | outbound | nothing | everything |
/// | description | the construct path | required |
/// | name | generated, so that the group can be replaced | generated |
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::{cidr, ec2::{Peer, Port, SecurityGroup, Vpc}};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Network");
/// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// let group = SecurityGroup::builder().vpc(vpc).description("admin page").build(stack, "Admin");
/// group.allow_ingress(&Peer::cidr(cidr!("203.0.113.0/24")), Port::HTTPS, "office");
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SecurityGroup<'app> {
    scope: Scope<'app>,
}

/// Facts that a [`SecurityGroup`] handle needs after the group was added.
struct State {
    id: Value<Id<kind::ec2::SecurityGroup>>,
    egress: Egress,
    origin: Provenance,
    /// `true` while the rule that matches no packet is in place.
    closed: Cell<bool>,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Provenance {
    Own,
    Imported,
}

/// Properties of a [`SecurityGroup`], set through [`SecurityGroup::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = SecurityGroupBuilder), finish_fn(name = props, vis = "pub(crate)"), start_fn(vis = "pub(crate)"))]
pub struct SecurityGroupProps<'app> {
    /// VPC of the group. Changing it replaces the group.
    #[builder(into)]
    vpc: Vpc<'app>,
    /// Description of the group, at most 255 characters. Default: the construct path. Changing it replaces the group.
    #[builder(into)]
    description: Option<String>,
    /// Outbound traffic that is allowed before rules are added. Default: none (CloudFormation: all).
    #[builder(default)]
    egress: Egress,
    /// Physical name of the group. Default: a generated name, so that CloudFormation can replace the group.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    group_name: Option<Value<String>>,
}

impl<'app, S: security_group_builder::IsComplete> SecurityGroupBuilder<'app, S> {
    /// Adds the security group under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> SecurityGroup<'app> {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.ec2.SecurityGroup");
        let description = props
            .description
            .unwrap_or_else(|| rule::clean_description(&scope.path()));
        rule::check_text(scope, "GroupDescription", &description);
        let mut cfn = CfnSecurityGroupProps::new(description)
            .vpc_id(props.vpc.id())
            .security_group_egress(match props.egress {
                Egress::AllowAll => vec![
                    EgressRule::new("-1")
                        .cidr_ip("0.0.0.0/0")
                        .description("Allow all outbound IPv4 traffic by default"),
                    EgressRule::new("-1")
                        .cidr_ipv6("::/0")
                        .description("Allow all outbound IPv6 traffic by default"),
                ],
                Egress::DenyAll => vec![no_traffic()],
            });
        if let Some(name) = props.group_name {
            cfn = cfn.group_name(name);
        }
        let group = cfn.build(scope, "Resource");
        scope.attach(State {
            id: group.attr_group_id(),
            egress: props.egress,
            origin: Provenance::Own,
            closed: Cell::new(props.egress == Egress::DenyAll),
        });
        SecurityGroup { scope }
    }
}

/// Returns the egress rule that matches no packet. EC2 adds a rule for all outbound traffic to a group without egress
/// rules.
fn no_traffic() -> EgressRule {
    EgressRule::new("icmp")
        .cidr_ip("255.255.255.255/32")
        .description("Disallow all traffic")
        .from_port(252)
        .to_port(86)
}

impl<'app> Construct<'app> for SecurityGroup<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl<'app> SecurityGroup<'app> {
    /// Returns a builder for a security group.
    pub fn builder() -> SecurityGroupBuilder<'app> {
        SecurityGroupProps::builder()
    }

    /// Imports an existing security group by its ID; the group itself is not changed.
    ///
    /// Rules are added to it as separate resources; its present rules are not known. Pass [`Egress::AllowAll`] if the
    /// group already allows all outbound traffic, so that no egress rules are added.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        group_id: impl IntoValue<Id<kind::ec2::SecurityGroup>>,
        egress: Egress,
    ) -> Self {
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.ec2.SecurityGroup");
        scope.attach(State {
            id: group_id.into_value(),
            egress,
            origin: Provenance::Imported,
            closed: Cell::new(false),
        });
        Self { scope }
    }

    /// Returns the handle of the security group at a construct.
    pub(crate) const fn from_scope(scope: Scope<'app>) -> Self {
        Self { scope }
    }

    /// Returns the ID of the group, `sg-…`.
    pub fn id(&self) -> Value<Id<kind::ec2::SecurityGroup>> {
        self.with_state(|state| state.id.clone())
    }

    /// Returns `true` if the group allows all outbound traffic.
    pub fn allows_all_egress(&self) -> bool {
        self.with_state(|state| state.egress == Egress::AllowAll)
    }

    /// Allows inbound traffic from a peer. The description states the purpose, at most 255 characters (`INF4112`
    /// otherwise). Adding the same rule twice has no effect.
    #[track_caller]
    pub fn allow_ingress(&self, peer: &Peer<'app>, port: Port, description: &str) {
        rule::check_rule(self.scope, port, description);
        if self.is_inline_peer(peer) {
            let rule = rule::with_port(rule::protocol_props(port), port);
            let rule = rule::with_peer(rule, peer, Direction::Ingress, description);
            return self.push_rule("SecurityGroupIngress", rule);
        }
        self.rule_resource(
            *self,
            Direction::Ingress,
            peer,
            port,
            description,
            Location::Own,
        );
    }

    /// Allows outbound traffic to a peer. Adds nothing if the group allows all outbound traffic.
    #[track_caller]
    pub fn allow_egress(&self, peer: &Peer<'app>, port: Port, description: &str) {
        rule::check_rule(self.scope, port, description);
        if self.allows_all_egress() {
            return;
        }
        if self.is_inline_peer(peer) {
            let rule = rule::with_port(rule::protocol_props(port), port);
            let rule = rule::with_peer(rule, peer, Direction::Egress, description);
            self.remove_deny_rule();
            return self.push_rule("SecurityGroupEgress", rule);
        }
        self.rule_resource(
            *self,
            Direction::Egress,
            peer,
            port,
            description,
            Location::Own,
        );
    }

    /// Allows members of `peer` to reach members of this group: an ingress rule here and an egress rule there.
    ///
    /// Both are separate resources in one stack: the one that already reads from the other, otherwise the one created
    /// later. The two stacks therefore never depend on each other.
    #[track_caller]
    pub(crate) fn allow_between(self, peer: Self, port: Port) {
        let (here, there) = (Peer::security_group(peer), Peer::security_group(self));
        let (from, to) = (
            rule::clean_description(&format!("from {}:{port}", peer.short_name())),
            rule::clean_description(&format!("to {}:{port}", self.short_name())),
        );
        rule::check_rule(self.scope, port, &from);
        let host = placement::stack_for_rule(self.scope, peer.scope);
        let at = |group: Self| {
            if group.scope.stack().map(|s| s.scope()) == host {
                Location::Own
            } else {
                Location::Peer
            }
        };
        self.rule_resource(peer, Direction::Ingress, &here, port, &from, at(self));
        if !peer.allows_all_egress() {
            peer.rule_resource(self, Direction::Egress, &there, port, &to, at(peer));
        }
    }

    /// Adds a rule as a resource, in the scope of this group or of `other`.
    #[track_caller]
    fn rule_resource(
        self,
        other: Self,
        direction: Direction,
        peer: &Peer<'app>,
        port: Port,
        description: &str,
        location: Location,
    ) {
        // IDs are those of the CDK, so that a stack that it deployed keeps its rules.
        let (scope, id) = match location {
            Location::Own => (
                self.scope,
                format!("{} {}:{port}", direction.as_preposition(), peer_id(peer))
                    .replace('/', "_"),
            ),
            Location::Peer => (
                other.scope,
                format!(
                    "{}:{port} {}",
                    self.unique_id(),
                    direction.opposite().as_preposition()
                ),
            ),
        };
        if scope.child(&id).is_some() {
            return;
        }
        let scope = scope.at_caller();
        match direction {
            Direction::Ingress => {
                let rule =
                    CfnSecurityGroupIngressProps::new(port.ip_protocol()).group_id(self.id());
                let rule = rule::with_peer(
                    rule::with_port(rule.into_props(), port),
                    peer,
                    direction,
                    description,
                );
                CfnSecurityGroupIngressProps::from_props(rule).build(scope, &id);
            }
            Direction::Egress => {
                let rule = CfnSecurityGroupEgressProps::new(self.id(), port.ip_protocol());
                let rule = rule::with_peer(
                    rule::with_port(rule.into_props(), port),
                    peer,
                    direction,
                    description,
                );
                CfnSecurityGroupEgressProps::from_props(rule).build(scope, &id);
            }
        }
    }

    /// Returns the construct ID, or the parent's if the ID is `SecurityGroup`.
    pub(crate) fn short_name(&self) -> String {
        let id = self.scope.id();
        match self.scope.parent() {
            Some(parent) if id == "SecurityGroup" && !parent.id().is_empty() => parent.id(),
            _ => id,
        }
    }

    fn unique_id(&self) -> String {
        logical_id(&self.scope.path().split('/').collect::<Vec<_>>())
    }

    /// Returns `true` if a rule can be inlined into the group. Rules between groups are separate resources, since two
    /// groups may refer to each other.
    fn is_inline_peer(&self, peer: &Peer<'app>) -> bool {
        self.own_resource().is_some() && !matches!(peer.0, PeerKind::SecurityGroup(_))
    }

    fn own_resource(&self) -> Option<CfnSecurityGroup<'app>> {
        let own = self.with_state(|state| state.origin == Provenance::Own);
        let resource = self
            .scope
            .child("Resource")
            .filter(|_| own)?
            .as_resource()?;
        CfnSecurityGroup::from_resource(resource)
    }

    /// Removes the rule that matches no packet, before another egress rule is added.
    fn remove_deny_rule(&self) {
        let Some(group) = self
            .own_resource()
            .filter(|_| self.with_state(|state| state.closed.replace(false)))
        else {
            return;
        };
        group.modify_props(|props| {
            props
                .as_map_mut()
                .insert("SecurityGroupEgress", Data::List(Vec::new()));
        });
    }

    fn push_rule(&self, property: &'static str, rule: Props) {
        let (Some(group), rule) = (self.own_resource(), Data::from(rule)) else {
            return;
        };
        let known = group.prop(property);
        if known
            .as_ref()
            .and_then(Data::as_list)
            .is_none_or(|rules| !rules.contains(&rule))
        {
            group.push_prop(property, rule);
        }
    }

    fn with_state<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        let state = self.scope.attached::<State>();
        look(&state.expect("every security group is made with its state"))
    }
}

impl<'app> Connectable<'app> for SecurityGroup<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections {
            security_groups: vec![*self],
            default_port: None,
        }
    }
}

/// Scope that holds the resource of a rule.
#[derive(Clone, Copy)]
enum Location {
    Own,
    Peer,
}

fn peer_id(peer: &Peer<'_>) -> String {
    match &peer.0 {
        PeerKind::SecurityGroup(group) => group.unique_id(),
        PeerKind::Ipv4(value) | PeerKind::Ipv6(value) => {
            value.as_literal().unwrap_or("{IndirectPeer}").to_owned()
        }
        PeerKind::PrefixList(value) => value.as_literal().unwrap_or("{IndirectPeer}").to_owned(),
    }
}
