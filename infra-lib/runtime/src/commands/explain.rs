//! `explain`: the page of a code.

use clap::Args;
use infra_console::{ExitCode, code_page, list_codes};

use crate::session::{Failure, Session};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The code.
    pub(crate) code: Option<String>,
}

pub(super) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let text = match &options.code {
        None => list_codes(),
        Some(code) => code_page(code).map_err(|finding| *finding)?,
    };
    session.output.data(&text)?;
    Ok(ExitCode::Ok)
}
