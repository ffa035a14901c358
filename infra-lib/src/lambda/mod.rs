//! AWS Lambda: functions, their versions, aliases and URLs, and event source mappings.
//!
//! [`Function`] is a function with its role and log group, from [`Code`] of a folder, a ZIP archive, a bucket or the
//! program. [`Version`] and [`Alias`] name published states of it, [`Url`] is an HTTPS endpoint, and
//! [`EventSourceMapping`] polls a queue or stream for it. [`Permission`] lets a service invoke it.

mod alias;
mod code;
mod environment;
mod event_source;
mod event_source_checks;
mod function;
mod handler;
mod imported;
mod invoke;
mod log_destination;
mod metrics;
mod network;
mod permission;
#[cfg(feature = "secretsmanager")]
mod rotation;
mod runtime;
mod url;
mod version;

pub use alias::{Alias, AliasBuilder, AliasProps};
pub use code::Code;
pub use event_source::{
    EventSourceMapping, EventSourceMappingBuilder, EventSourceMappingProps, EventSourceMetrics,
    FailureReport, StartingPosition,
};
pub use function::{
    Architecture, Function, FunctionBuilder, FunctionProps, LogFormat, LogLevel, Tracing,
};
pub use imported::ImportedFunction;
pub use metrics::{metric_claimed_account_concurrency, metric_unreserved_concurrent_executions};
pub use permission::{Permission, PermissionBuilder, PermissionProps};
pub use runtime::{Date, Runtime};
pub use url::{Cors, Url, UrlAuth, UrlBuilder, UrlProps};
pub use version::Version;
