//! `explain`: the page of a code.

use clap::Args;
use infra_console::{ExitCode, explain};

use crate::session::{Failure, Session};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The code.
    pub(crate) code: Option<String>,

    /// Prints JSON: the code with its page, or all codes.
    #[arg(long)]
    pub(crate) json: bool,
}

pub(super) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let text = explain(options.code.as_deref(), options.json).map_err(|finding| *finding)?;
    session.output.data(&text)?;
    Ok(ExitCode::Ok)
}
