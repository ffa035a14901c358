//! `notes openapi`: the document, as it is committed.

use std::path::PathBuf;

use super::exit::{Exit, print, say};
use crate::http::openapi::document;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Write to this file in place of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let Ok(text) = serde_json::to_string_pretty(document()) else {
        return Exit::Defect;
    };
    match &arguments.out {
        None => print(&text),
        Some(path) => {
            if let Err(error) = std::fs::write(path, text + "\n") {
                say(&format!(
                    "error: {} cannot be written: {error}",
                    path.display()
                ));
                return Exit::Unavailable;
            }
        }
    }
    Exit::Done
}
