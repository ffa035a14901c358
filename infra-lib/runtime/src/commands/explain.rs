//! `explain`: the page of a code.

use clap::Args;
use infra_console::{ExitCode, code_page, codes_json, list_codes};

use crate::session::{Failure, Session};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The code.
    pub(crate) code: Option<String>,

    /// Prints JSON: the code with its page, or all codes; schemas/explain.schema.json.
    #[arg(long)]
    pub(crate) json: bool,
}

pub(super) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    if options.json {
        let json = codes_json(options.code.as_deref()).map_err(|finding| *finding)?;
        session.output.json(&json)?;
        return Ok(ExitCode::Ok);
    }
    let text = match &options.code {
        None => list_codes(),
        Some(code) => code_page(code).map_err(|finding| *finding)?,
    };
    session.output.data(&text)?;
    Ok(ExitCode::Ok)
}
