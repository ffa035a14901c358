//! `notes contract`: prints the contract between the service and its infrastructure, the same bytes as the committed file.

use std::path::PathBuf;

use super::exit::Exit;
use super::output;
use crate::contract::document;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Write the document to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    output::json(&document(), arguments.out.as_deref())
}
