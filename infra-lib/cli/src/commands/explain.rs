//! Implements `explain`: prints the page of a code.

use clap::Args;
use infra_console::explain;

use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;

/// Options of `explain`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The code, such as `INF1001`. Default: lists all codes.
    code: Option<String>,

    /// Prints the code with its page, or all codes, as JSON: schemas/explain.schema.json.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let text = explain(options.code.as_deref(), options.json).map_err(|finding| *finding)?;
    session.output.data(&text)?;
    Ok(ExitCode::Ok)
}
