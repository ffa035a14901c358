//! Output of JSON documents that are committed: the same bytes on standard output and in a file.

use std::path::Path;

use serde_json::Value;

use super::exit::{Exit, print_error, print_line};

/// Writes the document with a line feed at the end, indented so that changes have readable diffs.
pub(super) fn write_json(document: &Value, to: Option<&Path>) -> Exit {
    let text = format!("{document:#}");
    let Some(path) = to else {
        print_line(&text);
        return Exit::Done;
    };
    if let Err(error) = std::fs::write(path, text + "\n") {
        print_error(&format!("error: cannot write {}: {error}", path.display()));
        return Exit::Unavailable;
    }
    Exit::Done
}
