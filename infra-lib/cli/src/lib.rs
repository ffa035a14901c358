//! The command line that every app of this library has: `synth`, `ls`, `validate`, `explain`, `graph`, `schema`.
//!
//! An app without configuration is one function:
//!
//! ```no_run
//! use infra_core::{App, CfnResource, Stack};
//!
//! fn main() -> std::process::ExitCode {
//!     infra_cli::run_simple(|app: &App| {
//!         let stack = Stack::new(app, "Hello");
//!         CfnResource::new(stack, "Queue", "AWS::SQS::Queue", serde_json::json!({}));
//!     })
//! }
//! ```
//!
//! An app with configuration says where its environment files are and what is in them ([`Configuration`]), and
//! calls [`run`]. Data goes to standard output, talk to standard error; the exit codes are in [`ExitCode`].
//!
//! This is the only crate that prints and that reads the process's environment.

mod arguments;
mod assembly;
mod commands;
mod configuration;
mod exit_code;
mod output;
mod person;
mod process;
mod program;
mod progress;
mod reference;
mod render;
pub mod testing;

pub use configuration::Configuration;
pub use exit_code::ExitCode;
pub use reference::reference;

/// The JSON Schema of a line that `--json` writes, committed as `schemas/events.schema.json`.
pub fn events_schema() -> serde_json::Value {
    progress::record::schema()
}

/// The JSON Schema of what `diff --json` prints, committed as `schemas/review.schema.json`.
pub fn review_schema() -> serde_json::Value {
    render::schema()
}

use infra_core::App;

use process::Process;
use program::Program;

/// Runs the command line of an app whose environments are described by a configuration.
///
/// ```no_run
/// use infra_cli::Configuration;
/// use infra_core::{App, CfnResource, Stack};
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
///     infra_cli::run::<Config>(build)
/// }
/// ```
pub fn run<C: Configuration>(build: impl Fn(&App, &C)) -> std::process::ExitCode {
    Process::current(|process| program::main(&Program::configured(&build), process)).into()
}

/// Runs the command line of an app that has no configuration: there is no `--env`, no `--set`, no `schema`.
pub fn run_simple(build: impl Fn(&App)) -> std::process::ExitCode {
    Process::current(|process| program::main(&Program::simple(&build), process)).into()
}
