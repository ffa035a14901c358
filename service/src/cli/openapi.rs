//! `notes openapi`: prints the OpenAPI document, the same bytes as the committed file.

use std::path::PathBuf;

use super::exit::Exit;
use super::output;
use crate::http::openapi::build_document;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Write the document to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn write_openapi(arguments: &Arguments) -> Exit {
    output::write_json(&build_document(), arguments.out.as_deref())
}
