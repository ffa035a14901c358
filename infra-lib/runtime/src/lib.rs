//! Turns a function that adds stacks into a program with the commands `synth`, `ls`, `validate`, `explain`, `graph` and `schema`.
//!
//! [`run_simple`] runs an app without configuration, which is a single function:
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
//! An app with configuration implements [`Configuration`] for its configuration type and calls [`run`]. Data is written to standard
//! output, messages and findings to standard error; [`ExitCode`] lists the exit codes. [`testing`] runs an app within a test.
//!
//! Commands that use AWS, such as `deploy`, are passed to the tool `infra`: the program in `INFRA_TOOL`, else the one of the app's workspace,
//! which Cargo builds, else the one next to the app, else the one in `PATH`. An app itself depends on neither an AWS SDK nor an async runtime,
//! so that it compiles in seconds.

/// Examples in the README, compiled as documentation tests.
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

/// Runs the command line of an app with a configuration for each environment, and returns the exit code for `main`.
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
    Process::run_current(|mut process| {
        program::main(&Build::with_configuration(&build), &mut process)
    })
    .into()
}

/// Returns the command line of an app with a configuration, for reference documentation and shell completions. `name` is the name of the program.
pub fn command(name: impl Into<String>) -> clap::Command {
    program::build_command(name.into(), true)
}

/// Runs the command line of an app without configuration, which has no `--env`, `--set` and `schema`. Returns the exit code for `main`.
pub fn run_simple(build: impl Fn(&App)) -> std::process::ExitCode {
    Process::run_current(|mut process| {
        program::main(&Build::without_configuration(&build), &mut process)
    })
    .into()
}
