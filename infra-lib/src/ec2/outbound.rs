//! Security groups that constructs create for themselves: without inbound traffic, and with HTTPS at most.

use super::{Egress, Peer, Port, SecurityGroup, Vpc};
use crate::Scope;

/// Outbound traffic of a new security group.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Outbound {
    /// Port 443 anywhere, for the purpose that the rule names. AWS publishes no shorter list of the addresses of its APIs.
    Https(&'static str),
    /// Nothing, since there is no way out.
    Nothing,
}

/// Creates a security group without inbound traffic.
#[track_caller]
pub(crate) fn create_group<'app>(
    scope: Scope<'app>,
    id: &str,
    vpc: Vpc<'app>,
    outbound: Outbound,
) -> SecurityGroup<'app> {
    let group = SecurityGroup::builder()
        .vpc(vpc)
        .egress(Egress::DenyAll)
        .build(scope, id);
    if let Outbound::Https(purpose) = outbound {
        group.allow_egress(&Peer::any_ipv4(), Port::HTTPS, purpose);
    }
    group
}
