//! Elastic Load Balancing: application load balancers, listeners with rules, and target groups.
//!
//! An [`ApplicationLoadBalancer`] has [`Listener`]s. A listener performs its default [`Action`], or that of the first
//! matching [`ListenerRule`]; the usual action forwards requests to a [`TargetGroup`], whose targets are checked by a
//! [`HealthCheck`].
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#elbv2).

mod action;
mod health_check;
mod imported;
mod imported_listener;
mod imported_target_group;
mod listener;
mod load_balancer;
mod load_balancer_options;
mod lookup;
mod metrics;
mod rule;
mod target_group;
mod target_group_lookup;
mod target_group_options;

pub use action::{Action, Redirect, RedirectCode};
pub use health_check::HealthCheck;
pub use imported::{
    ApplicationLoadBalancerAttributes, ApplicationLoadBalancerAttributesBuilder,
    ApplicationLoadBalancerRef, AsApplicationLoadBalancer, ImportedApplicationLoadBalancer,
};
pub use imported_listener::{AsListener, ImportedListener, ListenerAttributes, ListenerRef};
pub use imported_target_group::{AsTargetGroup, ImportedTargetGroup, TargetGroupRef};
pub use listener::{Listener, ListenerBuilder, ListenerProps, ListenerProtocol, TlsPolicy};
pub use load_balancer::{
    ApplicationLoadBalancer, ApplicationLoadBalancerBuilder, ApplicationLoadBalancerProps,
};
pub use load_balancer_options::{
    AccessLogs, DeletionProtection, DesyncMitigation, Http2, Scheme, XForwardedFor,
};
pub use lookup::{ListenerLookup, LoadBalancerLookup};
pub use rule::{ListenerRule, ListenerRuleBuilder, ListenerRuleProps};
pub use target_group::{TargetGroup, TargetGroupBuilder, TargetGroupProps};
pub use target_group_lookup::TargetGroupLookup;
pub use target_group_options::{
    LoadBalancing, ProtocolVersion, Stickiness, TargetProtocol, TargetType,
};
