//! What can be chosen for a target group.

use crate::Duration;

/// How the load balancer talks to targets.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TargetProtocol {
    /// HTTP.
    #[default]
    Http,
    /// HTTPS; the targets' certificates are not checked.
    Https,
}

/// The version of HTTP that targets speak.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ProtocolVersion {
    /// HTTP/1.1.
    #[default]
    Http1,
    /// HTTP/2; listeners must use HTTPS.
    Http2,
    /// gRPC over HTTP/2; listeners must use HTTPS.
    Grpc,
}

/// Whether a client stays with one target.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Stickiness {
    /// No: each request goes to any target.
    #[default]
    Off,
    /// By a cookie of the load balancer's, for so long: from 1 second to 7 days.
    Cookie(Duration),
}

/// Which target the next request goes to.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LoadBalancing {
    /// One after the other.
    #[default]
    RoundRobin,
    /// The one with the fewest requests under way. Not together with slow start.
    LeastOutstandingRequests,
}
