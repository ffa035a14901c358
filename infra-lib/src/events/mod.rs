//! Amazon EventBridge: event buses, rules with typed patterns, targets and archives.
//!
//! A [`Rule`] invokes up to five targets when an event matches its [`EventPattern`], or at the times of a [`Schedule`].
//! Constructs that can be targets implement [`RuleTarget`], and add the permissions that they need; [`Target`] is a target
//! by its ARN. An [`ApiDestination`] is an HTTP endpoint, with the authorization of a [`Connection`]. Patterns can be tried with [`EventPattern::matches`].
//!
//! ```
//! use infra_lib::events::{EventPattern, Rule};
//! use infra_lib::logs::LogGroup;
//! use infra_lib::{App, Stack};
//!
//! let app = App::new();
//! let stack = Stack::new(&app, "Stack");
//! let log = LogGroup::builder().build(stack, "Log");
//! Rule::on_event(EventPattern::new().source("aws.ecs").detail("lastStatus", "STOPPED"))
//!     .target(&log)
//!     .build(stack, "StoppedTasks");
//! # assert!(app.synth().findings().is_empty());
//! ```
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#events).

mod api_destination;
mod archive;
mod bus;
mod connection;
mod event_bus;
mod imported_destination;
mod imported_rule;
mod input;
mod matcher;
mod matching;
mod metrics;
mod pattern;
mod rule;
mod schedule;
mod target;
mod targets;

pub use api_destination::{
    ApiDestination, ApiDestinationBuilder, ApiDestinationProps, DestinationMethod,
};
pub use archive::{Archive, ArchiveBuilder, ArchiveProps, ArchiveRetention};
pub use bus::Bus;
pub use connection::{
    Connection, ConnectionAuthorization, ConnectionBuilder, ConnectionProps, HttpConnection,
    ImportedConnection,
};
pub use event_bus::{EventBus, EventBusBuilder, EventBusProps, ImportedEventBus};
pub use imported_destination::ImportedApiDestination;
pub use imported_rule::ImportedRule;
pub use input::TargetInput;
pub use matcher::Matcher;
pub use pattern::EventPattern;
pub use rule::{Rule, RuleBuilder, RuleProps, RuleState, Trigger};
pub use schedule::Schedule;
pub use target::{RuleTarget, Target};
