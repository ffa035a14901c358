//! Elastic Load Balancing: application load balancers, listeners with rules, and target groups.

mod action;
mod health_check;
mod listener;
mod load_balancer;
mod metrics;
mod rule;
mod target_group;

pub use action::{Action, Redirect, RedirectCode};
pub use health_check::HealthCheck;
pub use listener::{Listener, ListenerBuilder, ListenerProps, ListenerProtocol, TlsPolicy};
pub use load_balancer::{
    AccessLogs, ApplicationLoadBalancer, ApplicationLoadBalancerBuilder,
    ApplicationLoadBalancerProps, DeletionProtection, DesyncMitigation, Http2, Scheme,
    XForwardedFor,
};
pub use rule::{ListenerRule, ListenerRuleBuilder, ListenerRuleProps};
pub use target_group::{
    LoadBalancing, ProtocolVersion, Stickiness, TargetGroup, TargetGroupBuilder, TargetGroupProps,
    TargetProtocol,
};
