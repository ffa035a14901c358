//! Terminal conventions of the two programs of this project: an app, and the tool `infra` that deploys it.
//!
//! - [`Output`]: data on standard output, talk on standard error; [`ExitCode`]: what scripts read.
//! - [`Process`]: arguments, variables and streams as one value.
//! - [`contract`]: how an app passes a command to the tool, and how the tool asks an app for its assembly.
//! - [`documents`]: the JSON of an app's commands, with its schemas.

mod arguments;
pub mod contract;
pub mod documents;
mod exit_code;
mod explain;
mod help;
mod output;
mod process;
pub mod words;

pub use arguments::{Color, ConfigurationArguments, GlobalArguments, print_refusal};
pub use exit_code::ExitCode;
pub use explain::{code_page, codes_json, list_codes};
pub use help::group_commands;
pub use output::Output;
pub use process::{Process, find_variable, show_path};
