//! The tool `infra`: reviews, deploys and operates the CloudFormation stacks of an app.
//!
//! The program is [`run_tool`]. The tool does not depend on constructs: it runs the app that a project file names and reads the cloud
//! assembly that the app wrote, which may be one of the CDK in any language.
//!
//! Modules depend on each other in one direction: `program` → `commands` → `policy` → `progress`, `render` → `session` → `app` → `child`.

mod app;
mod availability;
mod child;
mod commands;
mod context;
mod failure;
mod lookups;
mod person;
mod policy;
mod process;
mod program;
mod progress;
mod render;
mod session;
pub mod testing;

pub use infra_console::ExitCode;

/// Returns the complete command line, with the options of the app's commands, for reference documentation and shell completions.
pub fn build_command() -> clap::Command {
    program::full_command(infra_console::MAX_COLUMNS)
}

/// Runs the command line of this process and returns its exit code. Arguments, environment, terminal and standard streams are those of the process.
pub fn run_tool() -> std::process::ExitCode {
    process::Process::run_with_current(program::main).into()
}

/// Returns the JSON Schema of a line that `--json` writes, committed as `schemas/events.schema.json`.
pub fn events_schema() -> serde_json::Value {
    progress::record::record_schema()
}

/// Returns the JSON Schema of a review that `diff --json` prints, committed as `schemas/review.schema.json`.
pub fn review_schema() -> serde_json::Value {
    render::review_schema()
}

/// Returns the names and JSON Schemas of everything that the tool and an app write as JSON, and of the files that the tool reads. Each is committed
/// as `schemas/NAME.schema.json`. The schema of an app's configuration is not included; `infra schema` of that app prints it.
pub fn list_schemas() -> Vec<(&'static str, serde_json::Value)> {
    commands::list_schemas()
}
