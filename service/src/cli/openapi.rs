//! `notes openapi`: the document, as it is committed.

use std::path::PathBuf;

use super::exit::Exit;
use super::output;
use crate::http::openapi::document;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Write to this file in place of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    output::json(document(), arguments.out.as_deref())
}
