//! A security group: which traffic its members may receive and send.

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

/// What the members of a security group may send before any rule is added.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Egress {
    /// Nothing: each destination is allowed by a rule.
    #[default]
    DenyAll,
    /// Everything, to IPv4 and IPv6 addresses.
    AllowAll,
}

/// A security group: a stateful firewall around network interfaces.
///
/// By default nothing may come in and nothing may go out. CloudFormation's own default lets everything out
/// ([`AWS::EC2::SecurityGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html)):
/// to leave that out needs a rule that allows nothing, which is written here.
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

/// What a [`SecurityGroup`] handle needs to know later.
struct State {
    id: Value<Id<kind::ec2::SecurityGroup>>,
    egress: Egress,
    origin: Provenance,
    /// The rule that allows nothing is still there.
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
    /// The VPC. Changing it replaces the group.
    #[builder(into)]
    vpc: Vpc<'app>,
    /// What the group is for, at most 255 characters. Default: the construct path. Changing it replaces the group.
    #[builder(into)]
    description: Option<String>,
    /// What members may send before rules are added. Default: nothing (CloudFormation: everything).
    #[builder(default)]
    egress: Egress,
    /// The name. Default: a generated one, so that the group can be replaced.
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
            .unwrap_or_else(|| rule::clean(&scope.path()));
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

/// The egress rule that matches no packet: without any rule EC2 adds one that allows everything.
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
    /// Starts the description of a security group.
    pub fn builder() -> SecurityGroupBuilder<'app> {
        SecurityGroupProps::builder()
    }

    /// A security group that exists already, known by its id.
    ///
    /// Rules are added to it as resources of their own; what it allows already is not known here. `egress` says
    /// whether it is known to let everything out, so that no further egress rules are needed.
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

    /// The handle of a security group by its node.
    pub(crate) const fn from_scope(scope: Scope<'app>) -> Self {
        Self { scope }
    }

    /// The id, `sg-…`.
    pub fn id(&self) -> Value<Id<kind::ec2::SecurityGroup>> {
        self.state(|state| state.id.clone())
    }

    /// Whether members may send everything everywhere.
    pub fn allows_all_egress(&self) -> bool {
        self.state(|state| state.egress == Egress::AllowAll)
    }

    /// Lets traffic in from a peer. The description says why, at most 255 characters. The same rule twice is one.
    #[track_caller]
    pub fn allow_ingress(&self, peer: &Peer<'app>, port: Port, description: &str) {
        rule::check(self.scope, port, description);
        if self.inlines(peer) {
            let rule = rule::with_port(rule::protocol(port), port);
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

    /// Lets traffic out to a peer. Nothing is added where the group lets everything out.
    #[track_caller]
    pub fn allow_egress(&self, peer: &Peer<'app>, port: Port, description: &str) {
        rule::check(self.scope, port, description);
        if self.allows_all_egress() {
            return;
        }
        if self.inlines(peer) {
            let rule = rule::with_port(rule::protocol(port), port);
            let rule = rule::with_peer(rule, peer, Direction::Egress, description);
            self.open();
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

    /// Lets members of `peer` reach members of this group: an ingress rule here and an egress rule there.
    ///
    /// Both are resources of their own, placed in one stack: the one that already reads from the other, else the one
    /// made later. So the two stacks never come to wait for each other.
    #[track_caller]
    pub(crate) fn allow_between(self, peer: Self, port: Port) {
        let (here, there) = (Peer::security_group(peer), Peer::security_group(self));
        let (from, to) = (
            rule::clean(&format!("from {}:{port}", peer.short_name())),
            rule::clean(&format!("to {}:{port}", self.short_name())),
        );
        rule::check(self.scope, port, &from);
        let host = placement::host_of(self.scope, peer.scope);
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
        // Ids as the CDK makes them, so that a stack it deployed keeps its rules.
        let (scope, id) = match location {
            Location::Own => (
                self.scope,
                format!("{} {}:{port}", direction.word(), peer_id(peer)).replace('/', "_"),
            ),
            Location::Peer => (
                other.scope,
                format!(
                    "{}:{port} {}",
                    self.unique_id(),
                    direction.opposite().word()
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

    /// The construct id, or that of the parent where it says no more than "this is a security group".
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

    /// Whether a rule is written into the group: rules between groups are not, since two groups may name each other.
    fn inlines(&self, peer: &Peer<'app>) -> bool {
        self.resource().is_some() && !matches!(peer.0, PeerKind::SecurityGroup(_))
    }

    fn resource(&self) -> Option<CfnSecurityGroup<'app>> {
        let own = self.state(|state| state.origin == Provenance::Own);
        let resource = self
            .scope
            .child("Resource")
            .filter(|_| own)?
            .as_resource()?;
        CfnSecurityGroup::from_resource(resource)
    }

    /// Takes away the rule that allows nothing, now that there is another.
    fn open(&self) {
        let Some(group) = self
            .resource()
            .filter(|_| self.state(|state| state.closed.replace(false)))
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
        let (Some(group), rule) = (self.resource(), Data::from(rule)) else {
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

    fn state<T>(&self, look: impl FnOnce(&State) -> T) -> T {
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

/// Whose scope a rule's resource is placed in.
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
