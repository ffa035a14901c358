//! Implements `explain`: prints the page of a code.

use clap::Args;
use infra_console::explain_code;

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

pub(crate) fn run_explain(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let text = explain_code(options.code.as_deref(), options.json).map_err(|finding| *finding)?;
    session.output.write_data(&text)?;
    Ok(ExitCode::Ok)
}
