//! AWS Lambda: functions, their versions, aliases and URLs, and event source mappings.
//!
//! [`Function`] is a function with its role and log group, from [`Code`] of a folder, a ZIP archive, a bucket or the
//! program; [`RustFunction`] is one whose code is a program in Rust, and [`TypedFunction`] one whose contract names its event. [`Version`] and [`Alias`] name published states of it, [`Url`] is an HTTPS endpoint, and
//! [`EventSourceMapping`] polls a queue or stream for it. [`Permission`] lets a service invoke it. [`LayerVersion`] is a
//! version of files that functions share, [`ImageFunction`] begins a function from a container image, and
//! [`AsyncInvoke`] has the retries and destinations of asynchronous invocations.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#lambda).

mod alarm_action;
mod alias;
mod architecture;
mod async_destination;
mod async_invoke;
mod code;
mod environment;
mod event_source;
mod event_source_access;
mod event_source_checks;
mod file_system;
mod function;
mod handler;
mod image;
mod imported;
mod imported_signing;
mod insights;
mod invoke;
mod layer;
mod layer_checks;
mod log_destination;
mod logging;
mod metrics;
mod network;
#[cfg(feature = "s3")]
mod notification_target;
mod permission;
mod powertools;
#[cfg(feature = "secretsmanager")]
mod rotation;
mod runtime;
mod rust;
mod rust_function;
mod scaling;
mod settings;
mod topic_subscriber;
mod typed_function;
mod url;
mod version;

pub use alias::{Alias, AliasBuilder, AliasProps};
pub use architecture::Architecture;
pub use async_destination::{AsyncDestination, DeadLetterTopic};
pub use async_invoke::AsyncInvoke;
pub use code::Code;
pub use event_source::{
    ConnectionBuilder, EventSourceMapping, EventSourceMappingBuilder, EventSourceMappingProps,
    EventSourceMetrics, FailureReport, StartingPosition,
};
pub use event_source_access::{ProvisionedPollers, SourceAccess};
pub use file_system::{FunctionFileSystem, MountedByFunction};
pub use function::{Function, FunctionBuilder, FunctionProps};
pub use image::{FunctionImage, ImageFunction, ImageFunctionBuilder};
pub use imported::{AsFunction, FunctionRef, ImportedFunction};
pub use imported_signing::{AsCodeSigningConfig, CodeSigningConfigRef, ImportedCodeSigningConfig};
pub(crate) use invoke::Invocable;
#[cfg(feature = "iot")]
pub(crate) use invoke::Invoked;
pub use layer::{ImportedLayerVersion, LayerVersion, LayerVersionBuilder, LayerVersionProps};
pub use logging::{LogFormat, LogLevel, Tracing};
pub use metrics::{metric_claimed_account_concurrency, metric_unreserved_concurrent_executions};
pub use permission::{Permission, PermissionBuilder, PermissionProps};
pub use runtime::{Date, Runtime};
pub use rust::RustProgram;
pub use rust_function::{RustFunction, RustFunctionBuilder};
pub use settings::{
    CodeSigningConfig, CodeSigningConfigBuilder, CodeSigningConfigProps, RecursiveLoop, SnapStart,
    SystemLogLevel, UntrustedCode,
};
pub use typed_function::{EventSource, TypedFunction};
pub use url::{Cors, Url, UrlAuth, UrlBuilder, UrlProps};
pub use version::Version;
