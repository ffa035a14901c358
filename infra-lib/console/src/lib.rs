//! Command-line conventions shared by the two programs of this project: an app, and the tool `infra` that deploys it.
//!
//! - [`Output`] writes data to standard output and messages to standard error; [`ExitCode`] is the result for scripts.
//! - [`Process`] contains the arguments, variables and streams of a command, so that tests can run it in their process.
//! - [`app_arguments`] defines the options of the commands that an app implements, which the tool documents and completes.
//! - [`contract`] defines how an app passes a command to the tool, and how the tool requests an assembly from an app.
//! - [`documents`] contains the JSON documents of an app's commands, with their schemas.
//! - [`testing`] runs a command line inside a test and captures its output.
//! - [`words`] formats counts and durations, and cleans foreign text for the terminal.

pub mod app_arguments;
mod arguments;
mod context;
pub mod contract;
pub mod documents;
mod exit_code;
mod explain;
mod help;
mod output;
mod process;
pub mod testing;
mod variables;
pub mod words;
mod wrap;

pub use arguments::{Color, ConfigurationArguments, GlobalArguments, print_usage_error};
pub use context::{CONTEXT_FILE, find_context, locate_context_file};
pub use exit_code::ExitCode;
pub use explain::{code_page, explain_code, list_codes};
pub use help::{expand_help, group_commands};
pub use output::Output;
pub use process::{MAX_COLUMNS, Process, show_path};
pub use variables::Variables;
pub use wrap::{wrap_pieces, wrap_text};
