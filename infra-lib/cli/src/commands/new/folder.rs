//! Checks the folder of a project, and writes the files into it.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use infra_core::{Diagnostic, codes};

use super::content::Files;
use crate::failure::Failure;
use crate::session::Session;

/// Refuses a folder that is not empty. The folder may be missing.
pub(super) fn check_empty(session: &Session<'_>, folder: &Path) -> Result<(), Failure> {
    let shown = session.format_path(folder);
    let message = match fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            None => return Ok(()),
            Some(_) => format!("the folder `{shown}` is not empty"),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => format!("cannot read the folder `{shown}`: {error}"),
    };
    let finding = Diagnostic::new(codes::FILE_NOT_USABLE, message);
    Err(finding
        .help("choose another name, or remove the folder first")
        .into())
}

/// Writes the files of a project; fails if one of them exists.
pub(super) fn write_files(
    session: &Session<'_>,
    folder: &Path,
    files: &Files,
) -> Result<(), Failure> {
    for (name, text) in files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        let written = fs::create_dir_all(parent)
            .and_then(|()| fs::File::create_new(&path)?.write_all(text.as_bytes()));
        written.map_err(|error| {
            let message = format!("cannot write `{}`: {error}", session.format_path(&path));
            Diagnostic::new(codes::FILE_NOT_USABLE, message)
        })?;
    }
    Ok(())
}
