//! Implements `man`: writes manual pages, one for the tool and one for each command.

use std::path::{Path, PathBuf};

use clap::{Args, Command};
use infra_core::{Diagnostic, codes};

use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;

/// Options of `man`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The folder that the pages are written to.
    #[arg(long, short, value_name = "FOLDER", default_value = "man")]
    out: PathBuf,
}

pub(crate) fn run_man(
    session: &mut Session<'_>,
    options: &Arguments,
    command: Command,
) -> Result<ExitCode, Failure> {
    let folder = session.directory.join(&options.out);
    let written = write_pages(command, &folder).map_err(|error| {
        let message = format!(
            "cannot write to `{}`: {error}",
            session.format_path(&folder)
        );
        Diagnostic::new(codes::FILE_NOT_USABLE, message)
    })?;
    let line = format!(
        "wrote {written} pages to `{}`\n",
        session.format_path(&folder)
    );
    session.output.write_status(&line)?;
    Ok(ExitCode::Ok)
}

/// Writes the page of each command, and returns the number of files in the folder.
fn write_pages(command: Command, folder: &Path) -> std::io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(command, folder)?;
    Ok(std::fs::read_dir(folder)?.count())
}
