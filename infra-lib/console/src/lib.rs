//! Terminal conventions of the two programs of this project: an app, and the tool `infra` that deploys it.
//!
//! - [`Output`]: data on standard output, talk on standard error; [`ExitCode`]: what scripts read.
//! - [`Process`]: arguments, variables and streams as one value.
//! - [`app_arguments`]: the options of the commands that an app has itself, which the tool completes and documents.
//! - [`testing`]: a command line that runs within a test, with its output.
//! - [`contract`]: how an app passes a command to the tool, and how the tool asks an app for its assembly.
//! - [`documents`]: the JSON of an app's commands, with its schemas.

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

pub use arguments::{Color, ConfigurationArguments, GlobalArguments, print_refusal};
pub use context::{CONTEXT_FILE, find_context, place_of_context};
pub use exit_code::ExitCode;
pub use explain::{code_page, explain, list_codes};
pub use help::{expand_help, group_commands};
pub use output::Output;
pub use process::{MAX_COLUMNS, Process, show_path};
pub use variables::Variables;
pub use wrap::{wrap, wrap_text};
