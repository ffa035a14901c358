//! Documents that are committed: to standard output or to a file, the same bytes.

use std::path::Path;

use serde_json::Value;

use super::exit::{Exit, print, say};

/// Writes it with a line end, indented so that a change is a readable diff.
pub(super) fn json(document: &Value, to: Option<&Path>) -> Exit {
    let text = format!("{document:#}");
    let Some(path) = to else {
        print(&text);
        return Exit::Done;
    };
    if let Err(error) = std::fs::write(path, text + "\n") {
        say(&format!(
            "error: {} cannot be written: {error}",
            path.display()
        ));
        return Exit::Unavailable;
    }
    Exit::Done
}
