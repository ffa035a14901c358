//! Options of target groups.

use std::fmt;

use crate::Duration;

/// Kind of the targets in a group.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TargetType {
    /// IP addresses, for Fargate tasks and instances.
    #[default]
    Ip,
    /// Instances, for Auto Scaling groups and instances.
    Instance,
}

impl fmt::Display for TargetType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ip => "IP addresses",
            Self::Instance => "instances",
        })
    }
}

/// Protocol between load balancer and targets.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TargetProtocol {
    /// HTTP without TLS, inside the VPC.
    #[default]
    Http,
    /// HTTPS; the certificates of targets are not verified.
    Https,
}

/// Version of HTTP between load balancer and targets.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ProtocolVersion {
    /// HTTP/1.1, for any listener.
    #[default]
    Http1,
    /// HTTP/2; listeners must use HTTPS (`INF4311`).
    Http2,
    /// gRPC over HTTP/2; listeners must use HTTPS (`INF4311`).
    Grpc,
}

/// Stickiness of clients to a target.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Stickiness {
    /// No stickiness: each request can go to any target.
    #[default]
    Off,
    /// Stickiness by a cookie of the load balancer with the given lifetime, from 1 second to 7 days.
    Cookie(Duration),
}

/// Algorithm that selects the target of a request.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LoadBalancing {
    /// The targets take turns (`round_robin`).
    #[default]
    RoundRobin,
    /// The target with the fewest outstanding requests. Cannot be combined with slow start.
    LeastOutstandingRequests,
}
