//! Network connections between constructs, instead of between security groups.

use super::{Peer, Port, SecurityGroup};
use crate::{Construct, Diagnostic, codes};

/// The network side of a construct: its security groups and the port it listens on.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Connections<'app> {
    /// Security groups of the construct's network interfaces.
    pub security_groups: Vec<SecurityGroup<'app>>,
    /// Port of [`Connectable::allow_from`], which names none.
    pub default_port: Option<Port>,
}

impl<'app> Connections<'app> {
    /// Creates the connections of a construct from its security groups and the port of [`Connectable::allow_from`].
    pub fn new(security_groups: Vec<SecurityGroup<'app>>, default_port: Option<Port>) -> Self {
        Self {
            security_groups,
            default_port,
        }
    }
}

/// A construct with security groups, between which connections can be allowed.
///
/// A connection between two constructs adds one ingress and one egress rule for each pair of groups. The rules are
/// separate resources in the stack that depends on the other, so they never make two stacks depend on each other.
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::{cidr, ec2::{Connectable, Port, SecurityGroup, Vpc}};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Network");
/// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
/// let cache = SecurityGroup::builder().vpc(vpc).build(stack, "Cache");
/// cache.allow_from_on(&api, Port::tcp(6379));
/// # assert!(!app.synth().has_errors());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no security groups, so no connection can be allowed to or from it",
    note = "services, databases, load balancers, interface endpoints and security groups are connectable",
    note = "for CIDR blocks use `allow_from_peer` with `Peer::cidr(…)`"
)]
pub trait Connectable<'app> {
    /// Returns the security groups and the default port of the construct.
    fn connections(&self) -> Connections<'app>;

    /// Allows `peer` to open connections to the port this construct listens on. A construct without default port is
    /// reported (`INF4111`); use [`allow_from_on`](Self::allow_from_on) for it.
    #[track_caller]
    fn allow_from(&self, peer: &impl Connectable<'app>)
    where
        Self: Sized,
    {
        if let Some(port) = default_port(&self.connections()) {
            self.allow_from_on(peer, port);
        }
    }

    /// Allows `peer` to open connections to this construct on the given port.
    #[track_caller]
    fn allow_from_on(&self, peer: &impl Connectable<'app>, port: Port)
    where
        Self: Sized,
    {
        allow_connections(&self.connections(), &peer.connections(), port);
    }

    /// Allows this construct to open connections to `peer` on the given port.
    #[track_caller]
    fn allow_to(&self, peer: &impl Connectable<'app>, port: Port)
    where
        Self: Sized,
    {
        allow_connections(&peer.connections(), &self.connections(), port);
    }

    /// Allows an address block, a prefix list or a security group to open connections to the port this construct
    /// listens on.
    #[track_caller]
    fn allow_from_peer(&self, peer: &Peer<'app>, description: &str) {
        let connections = self.connections();
        if let Some(port) = default_port(&connections) {
            for group in connections.security_groups {
                group.allow_ingress(peer, port, description);
            }
        }
    }

    /// Allows this construct to open connections to an address block, a prefix list or a security group.
    #[track_caller]
    fn allow_to_peer(&self, peer: &Peer<'app>, port: Port, description: &str) {
        for group in self.connections().security_groups {
            group.allow_egress(peer, port, description);
        }
    }
}

/// Allows connections from every group of `client` to every group of `server`.
#[track_caller]
fn allow_connections<'app>(server: &Connections<'app>, client: &Connections<'app>, port: Port) {
    for group in &server.security_groups {
        for peer in &client.security_groups {
            group.allow_between(*peer, port);
        }
    }
}

#[track_caller]
fn default_port(connections: &Connections<'_>) -> Option<Port> {
    if let (None, Some(group)) = (
        connections.default_port,
        connections.security_groups.first(),
    ) {
        group.scope().report(
            Diagnostic::new(
                codes::NO_DEFAULT_PORT,
                format!(
                    "`{}` does not declare the port that it listens on",
                    group.short_name()
                ),
            )
            .origin(std::panic::Location::caller())
            .help("give the port: `allow_from_on(&peer, Port::tcp(…))`"),
        );
    }
    connections.default_port
}
