//! `explain`: the page of a code.

use clap::Args;
use infra_console::explain;

use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;

/// The code.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The code, such as `INF1001`.
    code: Option<String>,

    /// Prints JSON: the code with its page, or all codes.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let text = explain(options.code.as_deref(), options.json).map_err(|finding| *finding)?;
    session.output.data(&text)?;
    Ok(ExitCode::Ok)
}
