//! Reads, checks and writes files that options name; findings contain the path.

use std::path::Path;

use infra_core::{Diagnostic, codes};

use crate::failure::Failure;
use crate::session::Session;

/// Reads a file as text.
pub(super) fn read_text(session: &Session<'_>, path: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(session.directory.join(path));
    text.map_err(|error| {
        let message = format!("cannot read `{}`: {error}", session.format_path(path));
        Diagnostic::new(codes::FILE_NOT_USABLE, message).into()
    })
}

/// Refuses a path that cannot be written later, before the command does any work.
pub(super) fn check_writable(session: &Session<'_>, path: &Path) -> Result<(), Failure> {
    let absolute = session.directory.join(path);
    let folder = absolute.parent();
    let why = if absolute.is_dir() {
        "it is a folder"
    } else if !folder.is_some_and(Path::is_dir) {
        "its folder does not exist"
    } else {
        return Ok(());
    };
    let message = format!("cannot write `{}`: {why}", session.format_path(path));
    Err(Diagnostic::new(codes::FILE_NOT_USABLE, message).into())
}

/// Writes a file, replacing an existing one.
pub(super) fn write_text(session: &Session<'_>, path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(session.directory.join(path), text).map_err(|error| {
        let message = format!("cannot write `{}`: {error}", session.format_path(path));
        Diagnostic::new(codes::FILE_NOT_USABLE, message).into()
    })
}
