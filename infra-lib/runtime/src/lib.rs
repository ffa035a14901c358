//! Runtime of an app: the commands `synth`, `ls`, `validate`, `explain`, `graph` and `schema`.
//!
//! An app without configuration is one function:
//!
//! ```no_run
//! use infra_core::{App, CfnResource, Stack};
//!
//! fn main() -> std::process::ExitCode {
//!     infra_runtime::run_simple(|app: &App| {
//!         let stack = Stack::new(app, "Hello");
//!         CfnResource::new(stack, "Queue", "AWS::SQS::Queue", serde_json::json!({}));
//!     })
//! }
//! ```
//!
//! An app with configuration names its folder and type in [`Configuration`] and calls [`run`]. Data goes to standard
//! output, talk to standard error; [`ExitCode`] lists the exit codes.
//!
//! Commands that talk to AWS, such as `deploy`, are passed to the tool `infra`: the program in `INFRA_TOOL`, else
//! the one of this workspace, which cargo builds, else the one beside the app, else the one on `PATH`. An app itself has neither an AWS
//! SDK nor an async runtime among its dependencies, so that it compiles in seconds.

/// The README as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub mod readme {}

mod assembly;
mod commands;
mod configuration;
mod handover;
mod program;
mod session;
pub mod testing;

pub use configuration::Configuration;
pub use infra_console::ExitCode;

use infra_console::Process;
use infra_core::App;

use session::Build;

/// Runs the command line of an app whose environments are described by a configuration.
///
/// ```no_run
/// use infra_core::{App, CfnResource, Stack};
/// use infra_runtime::Configuration;
///
/// #[derive(serde::Deserialize, schemars::JsonSchema)]
/// #[serde(deny_unknown_fields)]
/// struct Config {
///     /// Seconds that a message stays hidden.
///     delay_secs: u16,
/// }
///
/// impl Configuration for Config {
///     const FOLDER: &'static str = concat!(env!("CARGO_MANIFEST_DIR"), "/config");
/// }
///
/// fn build(app: &App, config: &Config) {
///     let stack = Stack::new(app, "Hello");
///     let properties = serde_json::json!({ "DelaySeconds": config.delay_secs });
///     CfnResource::new(stack, "Queue", "AWS::SQS::Queue", properties);
/// }
///
/// fn main() -> std::process::ExitCode {
///     infra_runtime::run::<Config>(build)
/// }
/// ```
pub fn run<C: Configuration>(build: impl Fn(&App, &C)) -> std::process::ExitCode {
    Process::current(|mut process| program::main(&Build::configured(&build), &mut process)).into()
}

/// The command line of an app that has a configuration, for its reference and for shells.
pub fn command(name: impl Into<String>) -> clap::Command {
    program::command(name.into(), true)
}

/// Runs the command line of an app without configuration: no `--env`, no `--set`, no `schema`.
pub fn run_simple(build: impl Fn(&App)) -> std::process::ExitCode {
    Process::current(|mut process| program::main(&Build::simple(&build), &mut process)).into()
}
